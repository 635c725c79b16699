import { describe, expect, it } from 'vitest';
import { deviceName } from './domain';
import { isolate } from './direction';
import { fill } from './index.svelte';

describe('isolate', () => {
  it('leaves text that runs from left to right as it is', () => {
    for (const text of ['Li Wei', '李伟', '+49 176 1234567', '😀']) expect(isolate(text)).toBe(text);
  });
  it('keeps what runs from right to left by itself', () => {
    expect(isolate('\u0639\u0644\u064A')).toBe('\u2068\u0639\u0644\u064A\u2069');
    expect(isolate('\u05D0\u05D1 2')).toBe('\u2068\u05D0\u05D1 2\u2069');
    expect(isolate('\u202Eiew iL')).toBe('\u2068\u202Eiew iL\u2069');
  });
  it('holds for names in sentences and for names of devices', () => {
    expect(fill('{name}: {n}', { name: '\u0639\u0644\u064A', n: 2 })).toBe('\u2068\u0639\u0644\u064A\u2069: 2');
    expect(deviceName({ brand: '\u0639\u0644\u064A', model: 'X 1' })).toBe('\u2068\u0639\u0644\u064A\u2069 X 1');
  });
});
