import { defineConfig } from 'vitest/config';

/** Real Chromium against a running server; one file at a time, because they share that server's day. */
export default defineConfig({
  test: { include: ['e2e/**/*.test.ts'], environment: 'node', fileParallelism: false, testTimeout: 120_000, hookTimeout: 120_000, reporters: ['verbose'] },
});
