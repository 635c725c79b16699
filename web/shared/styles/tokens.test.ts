import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { glyphs } from '../ui/glyphs';

const [lightCss = '', darkCss = ''] = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8').split('@media (prefers-color-scheme: dark)');
const tokens = (css: string) => Object.fromEntries([...css.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map((m) => [m[1]!, m[2]!]));
const grounds = ['bg', 'surface', 'surface-2', 'surface-3', 'accent-soft'];
const inks = ['text', 'text-2', 'text-3', 'accent-text', 'danger', 'warn', 'good', ...Object.keys(glyphs).map((look) => `st-${look}`)];

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

describe.each([['light', tokens(lightCss)], ['dark', tokens(darkCss)]] as const)('%s colours', (_, colours) => {
  it('can be read on every ground (4.5 to 1)', () => {
    const weak = inks.flatMap((ink) => grounds.filter((ground) => contrast(colours[ink]!, colours[ground]!) < 4.5).map((ground) => `${ink} on ${ground}`));
    expect(weak).toEqual([]);
  });
  it('can be read on coloured buttons and soft grounds', () => {
    for (const [ink, ground] of [['accent-ink', 'accent'], ['danger-ink', 'danger'], ['danger', 'danger-soft'], ['warn', 'warn-soft'], ['good', 'good-soft']] as const) expect(contrast(colours[ink]!, colours[ground]!), `${ink} on ${ground}`).toBeGreaterThan(4.5);
  });
});
