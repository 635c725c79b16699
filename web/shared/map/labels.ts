import type { Map as MapLibre } from 'maplibre-gl';
import { dark, light } from './theme';

/** Makes the picture of a name when the style first asks for it: `label:<theme>:<kind>:<text>`. */
export function serveLabels(map: MapLibre): void {
  map.setMissingStyleImageResolver((id) => {
    const [scheme, theme, kind, ...rest] = id.split(':');
    if (scheme !== 'label' || map.hasImage(id)) return;
    const ratio = Math.min(3, Math.ceil(devicePixelRatio || 1));
    const image = draw(rest.join(':'), kind ?? '', theme === 'dark' ? 'dark' : 'light', ratio);
    if (image) map.addImage(id, image, { pixelRatio: ratio });
  });
}

function draw(text: string, kind: string, themeName: 'light' | 'dark', ratio: number): ImageData | undefined {
  const theme = themeName === 'dark' ? dark : light;
  const district = kind === 'district';
  const size = district ? 12 : 11.5;
  const font = `${district ? 600 : 'italic 500'} ${size}px ${getComputedStyle(document.body).fontFamily}`;
  const ascii = /^[\x20-\x7e]*$/.test(text);
  const spacing = district ? (ascii ? 1.1 : 3) : 0.4;
  const shown = district && ascii ? text.toUpperCase() : text;
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return undefined;
  const dress = () => {
    context.font = font;
    context.letterSpacing = `${spacing}px`;
    context.textBaseline = 'middle';
    context.lineJoin = 'round';
  };
  dress();
  const width = Math.ceil(context.measureText(shown).width) + 10;
  const height = size * 2;
  canvas.width = width * ratio;
  canvas.height = height * ratio;
  context.scale(ratio, ratio);
  dress();
  context.strokeStyle = theme.halo;
  context.globalAlpha = 0.9;
  context.lineWidth = 3.2;
  context.strokeText(shown, 5, height / 2);
  context.globalAlpha = 1;
  context.fillStyle = kind === 'park' ? theme.parkLabel : district ? theme.label : theme.waterLabel;
  context.fillText(shown, 5, height / 2);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}
