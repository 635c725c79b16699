import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

const root = join(import.meta.dirname, '..', '..', '..');
/** Dots per millimetre: 203 dpi, what label printers do. */
const DOTS = 8;

/** The codes of a label as a printer would put them on paper: filled rectangles on white. */
function print(svg: string): ImageData {
  const [width, height] = [105 * DOTS, 148 * DOTS];
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (const [, path] of svg.matchAll(/<path [^>]*d="([^"]+)"/g))
    for (const [, x, y, w, h] of path!.matchAll(/M([\d.]+) ([\d.]+)h([\d.]+)v([\d.]+)h-[\d.]+z/g)) {
      const [left, top, right, bottom] = [Number(x), Number(y), Number(x) + Number(w), Number(y) + Number(h)].map((n) => Math.round(n * DOTS)) as [number, number, number, number];
      for (let row = top; row < bottom; row++) for (let column = left; column < right; column++) data.fill(0, (row * width + column) * 4, (row * width + column) * 4 + 3);
    }
  return { data, width, height, colorSpace: 'srgb' } as ImageData;
}

describe('the label as it is printed', () => {
  beforeAll(async () => {
    const file = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
    await prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(readFileSync(file)).buffer }, fireImmediately: true });
  });

  it('says the same waybill in both of its codes', async () => {
    const label = readFileSync(join(root, 'tests', 'System.Tests', 'Api', 'Labels', 'label.svg'), 'utf8');
    const found = await readBarcodes(print(label), { formats: ['QRCode', 'Code128'] });
    expect(found.map((f) => [f.format, f.text]).sort()).toEqual([['Code128', 'DP00000000001AB'], ['QRCode', 'DP00000000001AB']]);
  });
});
