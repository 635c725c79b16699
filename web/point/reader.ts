/** Reads codes from pictures: the browser's own reader where it knows both of ours, otherwise one of our own files, loaded only then. */
export interface CodeReader {
  detect(source: HTMLVideoElement | ImageBitmapSource): Promise<readonly { rawValue: string }[]>;
}

const formats = ['code_128', 'qr_code'] as const;

interface Native {
  new (options: { formats: readonly string[] }): CodeReader;
  getSupportedFormats(): Promise<string[]>;
}

export async function openReader(): Promise<CodeReader> {
  const native = (globalThis as { BarcodeDetector?: Native }).BarcodeDetector;
  const known = await native?.getSupportedFormats().catch((): string[] => []);
  if (native && formats.every((f) => known?.includes(f))) return new native({ formats });
  const [{ BarcodeDetector, prepareZXingModule }, { default: url }] = await Promise.all([import('barcode-detector/ponyfill'), import('zxing-wasm/reader/zxing_reader.wasm?url')]);
  await prepareZXingModule({ overrides: { locateFile: () => url }, fireImmediately: true });
  return new BarcodeDetector({ formats: [...formats] });
}
