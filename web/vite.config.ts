import { resolve } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type Plugin } from 'vite';

const root = import.meta.dirname;
const pages = ['.', 'console', 'technician', 'point', 'request', 'track', 'outbox', 'desk', 'help', 'register'];

/** The built pages say themselves that nothing may come from, or go to, another origin; the dev server needs inline scripts, so not there. */
function contentPolicy(): Plugin {
  const policy = (scripts: string) => [
    "default-src 'none'",
    `script-src ${scripts}`,
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return {
    name: 'content-policy',
    apply: 'build',
    // The point's page reads codes by camera with WebAssembly of our own, which a policy must allow by name.
    transformIndexHtml: (_, { path }) => [{ tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: policy(path.includes('/point/') ? "'self' 'wasm-unsafe-eval'" : "'self'") }, injectTo: 'head-prepend' }],
  };
}

/** In development, as on the server: whatever the token, /track/{token} is the tracking page. */
function trackingLinks(): Plugin {
  return {
    name: 'tracking-links',
    apply: 'serve',
    configureServer: (server) =>
      void server.middlewares.use((request, _, next) => {
        if (/^\/track\/[^/.]+(\?|$)/.test(request.url ?? '')) request.url = '/track/index.html';
        next();
      }),
  };
}

export default defineConfig({
  root,
  base: '/',
  plugins: [svelte(), contentPolicy(), trackingLinks()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1400, // MapLibre is one module; pages load it only where they show a map
    rollupOptions: { input: Object.fromEntries(pages.map((p) => [p === '.' ? 'landing' : p, resolve(root, p, 'index.html')])) },
  },
  server: {
    port: 5173,
    proxy: Object.fromEntries(
      ['/v1', '/hub', '/openapi', '/health'].map((path) => [path, { target: process.env['DISPATCH_URL'] ?? 'http://127.0.0.1:8080', ws: path === '/hub' }]),
    ),
  },
  test: { include: ['{shared,console,technician,track,point,outbox,desk,help,register}/**/*.test.ts'], environment: 'node' },
} as Parameters<typeof defineConfig>[0]);
