import { glyphOf, glyphs, type Look } from '../shared/ui/glyphs';
import type { Doing } from './model';

interface Colours {
  readonly surface: string;
  readonly text: string;
  readonly text2: string;
  readonly accent: string;
  readonly danger: string;
  readonly line: string;
  readonly enRoute: string;
  readonly working: string;
  readonly free: string;
  readonly look: Record<Look, string>;
}

/** Pixels of a job's mark where there is room. */
export const FULL = 20;
const paths = new Map<string, Path2D>();
const path = (d: string): Path2D => {
  let made = paths.get(d);
  if (!made) paths.set(d, (made = new Path2D(d)));
  return made;
};

/** Draws marks in CSS pixels on one canvas; job marks come from small pictures made once per look and size. */
export class Painter {
  private readonly context: CanvasRenderingContext2D;
  private colours: Colours;
  private ratio = 1;
  private readonly sprites = new Map<string, HTMLCanvasElement>();
  private readonly font: string;

  constructor(private readonly canvas: HTMLCanvasElement) {
    this.context = canvas.getContext('2d')!;
    this.font = getComputedStyle(document.body).fontFamily;
    this.colours = readColours();
  }

  recolour(): void {
    this.colours = readColours();
    this.sprites.clear();
  }

  begin(): { width: number; height: number } {
    const ratio = Math.min(3, devicePixelRatio || 1);
    const [width, height] = [this.canvas.clientWidth, this.canvas.clientHeight];
    if (this.canvas.width !== Math.round(width * ratio) || this.canvas.height !== Math.round(height * ratio)) {
      this.canvas.width = Math.round(width * ratio);
      this.canvas.height = Math.round(height * ratio);
    }
    if (ratio !== this.ratio) this.sprites.clear();
    this.ratio = ratio;
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.context.clearRect(0, 0, width, height);
    return { width, height };
  }

  job(x: number, y: number, look: Look, o: { size: number; urgent: boolean; hover: boolean; chosen?: boolean; number: number | undefined }): void {
    const c = this.context;
    if (o.chosen) {
      this.disc(x, y, 21, this.colours.look[look], 0.18);
      this.ring(x, y, 17, this.colours.look[look], 2.5);
    } else if (o.hover) this.disc(x, y, 16, this.colours.look[look], 0.22);
    else if (o.urgent && o.size > 12 && look !== 'closed' && look !== 'cancelled') this.ring(x, y, o.size / 2 + 4, this.colours.danger, 1.6);
    const sprite = this.sprite(look, o.hover ? Math.max(o.size, 15) : o.size);
    const side = sprite.width / this.ratio;
    c.drawImage(sprite, x - side / 2, y - side / 2, side, side);
    if (o.number !== undefined) this.badge(x + 10, y - 11, String(o.number));
  }

  technician(x: number, y: number, doing: Doing, o: { heading: number; name: string; initials: string; chosen: boolean; hover: boolean }): void {
    const c = this.context;
    const colour = doing === 'enRoute' ? this.colours.enRoute : doing === 'working' ? this.colours.working : doing === 'free' ? this.colours.text : this.colours.text2;
    const radius = o.chosen ? 13 : 11;
    if (o.chosen || o.hover) this.disc(x, y, radius + 8, colour, 0.2);
    if (doing === 'enRoute' && !Number.isNaN(o.heading)) {
      const a = ((o.heading - 90) * Math.PI) / 180;
      c.beginPath();
      c.moveTo(x + (radius + 7) * Math.cos(a), y + (radius + 7) * Math.sin(a));
      c.lineTo(x + (radius + 1) * Math.cos(a - 0.62), y + (radius + 1) * Math.sin(a - 0.62));
      c.lineTo(x + (radius + 1) * Math.cos(a + 0.62), y + (radius + 1) * Math.sin(a + 0.62));
      c.closePath();
      c.fillStyle = colour;
      c.fill();
    }
    // Free is an outline, at work is full: the difference does not hang on colour.
    this.disc(x, y, radius + 1.5, this.colours.surface, 1);
    const full = doing === 'enRoute' || doing === 'working';
    if (full) this.disc(x, y, radius, colour, 1);
    else this.ring(x, y, radius - 1, colour, 2);
    c.font = `650 ${o.initials.length > 1 ? 9 : 11}px ${this.font}`;
    c.textAlign = 'center';
    c.textBaseline = 'middle';
    c.fillStyle = full ? this.colours.surface : colour;
    c.fillText(o.initials, x, y + 0.5);
    if (o.name) this.caption(x, y + radius + 10, o.name, o.chosen);
  }

  cluster(x: number, y: number, count: number, busyShare: number): void {
    const c = this.context;
    const radius = count < 10 ? 15 : count < 100 ? 18 : 22;
    this.disc(x, y, radius + 2, this.colours.surface, 0.96);
    this.ring(x, y, radius - 1, this.colours.line, 4);
    c.beginPath();
    c.arc(x, y, radius - 1, -Math.PI / 2, -Math.PI / 2 + busyShare * 2 * Math.PI);
    c.strokeStyle = this.colours.enRoute;
    c.lineWidth = 4;
    c.stroke();
    c.font = `650 12px ${this.font}`;
    c.textAlign = 'center';
    c.textBaseline = 'middle';
    c.fillStyle = this.colours.text;
    c.fillText(count > 999 ? `${Math.round(count / 100) / 10}k` : String(count), x, y + 0.5);
  }

  depot(x: number, y: number, name: string): void {
    const c = this.context;
    c.beginPath();
    c.roundRect(x - 12, y - 12, 24, 24, 6);
    c.fillStyle = this.colours.text;
    c.fill();
    c.lineWidth = 2;
    c.strokeStyle = this.colours.surface;
    c.stroke();
    c.save();
    c.translate(x - 8.5, y - 8.5);
    c.scale(0.85, 0.85);
    c.lineWidth = 1.9;
    c.lineJoin = 'round';
    c.stroke(path('M2.5 8.5 10 3.5l7.5 5V17h-15ZM6.5 17v-6h7v6'));
    c.restore();
    if (name) this.caption(x, y + 22, name, false);
  }

  /** A service point: a workbench in a frame, how full today is below it, and how many devices lie there. */
  point(x: number, y: number, o: { name: string; devices: number; load: number; chosen: boolean; hover: boolean }): void {
    const c = this.context;
    if (o.chosen || o.hover) this.disc(x, y, 24, this.colours.accent, 0.2);
    c.beginPath();
    c.roundRect(x - 14, y - 14, 28, 28, 8);
    c.fillStyle = this.colours.surface;
    c.fill();
    c.lineWidth = o.chosen ? 3 : 2.2;
    c.strokeStyle = this.colours.accent;
    c.stroke();
    c.save();
    c.translate(x - 8, y - 10);
    c.fillStyle = this.colours.accent;
    c.fill(path(glyphs.onBench.fill));
    c.restore();
    // Today's load as a bar; a full bench has another colour and its whole length.
    c.beginPath();
    c.roundRect(x - 10, y + 6.5, 20, 4, 2);
    c.fillStyle = this.colours.line;
    c.fill();
    if (o.load > 0) {
      c.beginPath();
      c.roundRect(x - 10, y + 6.5, Math.max(4, 20 * Math.min(1, o.load)), 4, 2);
      c.fillStyle = o.load >= 1 ? this.colours.danger : this.colours.accent;
      c.fill();
    }
    if (o.devices > 0) this.badge(x + 13, y - 13, o.devices > 99 ? '99+' : String(o.devices));
    if (o.name) this.caption(x, y + 23, o.name, o.chosen);
  }

  private caption(x: number, y: number, text: string, strong: boolean): void {
    const c = this.context;
    c.font = `${strong ? 650 : 550} 11px ${this.font}`;
    c.textAlign = 'center';
    c.textBaseline = 'middle';
    c.lineJoin = 'round';
    c.lineWidth = 3.5;
    c.strokeStyle = this.colours.surface;
    c.strokeText(text, x, y);
    c.fillStyle = this.colours.text;
    c.fillText(text, x, y);
  }

  private badge(x: number, y: number, text: string): void {
    const c = this.context;
    this.disc(x, y, 8, this.colours.accent, 1);
    c.font = `700 10px ${this.font}`;
    c.textAlign = 'center';
    c.textBaseline = 'middle';
    c.fillStyle = this.colours.surface;
    c.fillText(text, x, y + 0.5);
  }

  private disc(x: number, y: number, radius: number, colour: string, alpha: number): void {
    const c = this.context;
    c.globalAlpha = alpha;
    c.beginPath();
    c.arc(x, y, radius, 0, 2 * Math.PI);
    c.fillStyle = colour;
    c.fill();
    c.globalAlpha = 1;
  }

  private ring(x: number, y: number, radius: number, colour: string, width: number): void {
    const c = this.context;
    c.beginPath();
    c.arc(x, y, radius, 0, 2 * Math.PI);
    c.strokeStyle = colour;
    c.lineWidth = width;
    c.stroke();
  }

  private sprite(look: Look, size: number): HTMLCanvasElement {
    const key = `${look}:${size}`;
    const known = this.sprites.get(key);
    if (known) return known;
    const glyph = glyphOf(look);
    const side = size + 6;
    const sprite = document.createElement('canvas');
    sprite.width = sprite.height = Math.ceil(side * this.ratio);
    const c = sprite.getContext('2d')!;
    c.scale(this.ratio, this.ratio);
    c.translate(3, 3);
    c.scale(size / 16, size / 16);
    c.lineJoin = 'round';
    c.lineCap = 'round';
    c.strokeStyle = this.colours.surface;
    c.lineWidth = size > 12 ? 3.2 : 2.4;
    c.stroke(path(glyph.fill));
    if (glyph.hollow) {
      c.fillStyle = this.colours.surface;
      c.fill(path(glyph.fill));
      c.strokeStyle = this.colours.look[look];
      c.lineWidth = 2.2;
      c.stroke(path(glyph.fill));
    } else {
      c.fillStyle = this.colours.look[look];
      c.fill(path(glyph.fill));
    }
    if (glyph.mark && size > 12) {
      c.strokeStyle = this.colours.surface;
      c.lineWidth = 1.6;
      c.stroke(path(glyph.mark));
    }
    this.sprites.set(key, sprite);
    return sprite;
  }
}

function readColours(): Colours {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    surface: token('surface'), text: token('text'), text2: token('text-3'), accent: token('accent'), danger: token('danger'), line: token('surface-3'),
    enRoute: token('st-enRoute'), working: token('st-arrived'), free: token('text-2'),
    look: Object.fromEntries((Object.keys(glyphs) as Look[]).map((look) => [look, token(`st-${look}`)])) as Record<Look, string>,
  };
}
