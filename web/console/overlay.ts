import type { Map as MapLibre } from 'maplibre-gl';
import type { Place } from '../shared/api/types';
import { cluster, type Clustering } from '../shared/map/cluster';
import { wrapped } from '../shared/map/dateline';
import { Fleet, mercatorX, mercatorY } from '../shared/map/fleet';
import type { Look } from '../shared/ui/glyphs';
import type { Doing } from './model';
import { FULL, Painter } from './painter';

export interface JobMark {
  readonly id: string;
  readonly place: Place;
  readonly look: Look;
  readonly urgent: boolean;
}

export interface TechnicianMark {
  readonly id: string;
  readonly name: string;
  readonly doing: Doing;
}

export interface Depot {
  readonly id: string;
  readonly name: string;
  readonly place: Place;
}

/** A service point: devices there now, and today's share of all its slots that is taken. */
export interface PointMark {
  readonly id: string;
  readonly name: string;
  readonly place: Place;
  readonly devices: number;
  readonly load: number;
}

export type Hit = { readonly kind: 'job' | 'technician' | 'point'; readonly id: string } | { readonly kind: 'cluster'; readonly places: readonly Place[] } | { readonly kind: 'depot'; readonly id: string };

interface Spot {
  readonly x: number;
  readonly y: number;
  readonly mark: JobMark;
}

const CELL = 58;
const DENSE = 4;
const REGROUP = 700;
/** Nothing is redrawn for less movement than this, in pixels. */
const VISIBLE_STEP = 0.4;
const SLOWEST = 250;
/** Drawing may take this share of the time, whatever the machine. */
const SHARE = 0.3;

/**
 * Everything that lives on the map: one canvas over it, drawn at most once a frame and only when something changed or moves.
 * The map below is north-up and flat, so a place is a multiplication away from its pixel.
 */
export class Overlay {
  readonly fleet = new Fleet();
  private readonly canvas = document.createElement('canvas');
  private readonly painter: Painter;
  private jobs: Spot[] = [];
  private depots: { depot: Depot; x: number; y: number }[] = [];
  private points: { mark: PointMark; x: number; y: number }[] = [];
  private technicians = new Map<string, TechnicianMark>();
  private chosen: { point?: string | undefined; job?: string | undefined; technician?: string | undefined; hover?: string | undefined; stops?: ReadonlyMap<string, number> | undefined } = {};
  private groups: Clustering = { clusters: [], single: [] };
  private groupedAt = -Infinity;
  private groupedFor = '';
  private frame = 0;
  private pause: ReturnType<typeof setTimeout> | undefined;
  private cost = 0;
  private scale = 1;
  private centreX = 0;
  private middle = 0;
  private originY = 0;
  private readonly redraw = () => this.draw();
  private readonly resize: ResizeObserver;

  constructor(
    private readonly map: MapLibre,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.canvas.className = 'overlay';
    this.canvas.style.cssText = 'position:absolute;inset:0;width:100%;height:100%;pointer-events:none';
    map.getCanvasContainer().append(this.canvas);
    this.painter = new Painter(this.canvas);
    map.on('move', this.redraw);
    this.resize = new ResizeObserver(() => this.draw());
    this.resize.observe(map.getContainer());
  }

  setJobs(marks: readonly JobMark[]): void {
    this.jobs = marks.map((mark) => ({ mark, x: mercatorX(mark.place.lon), y: mercatorY(mark.place.lat) }));
    this.ask();
  }

  setDepots(depots: readonly Depot[]): void {
    this.depots = depots.map((depot) => ({ depot, x: mercatorX(depot.place.lon), y: mercatorY(depot.place.lat) }));
    this.ask();
  }

  setPoints(marks: readonly PointMark[]): void {
    this.points = marks.map((mark) => ({ mark, x: mercatorX(mark.place.lon), y: mercatorY(mark.place.lat) }));
    this.ask();
  }

  setTechnicians(marks: readonly TechnicianMark[]): void {
    this.technicians = new Map(marks.map((m) => [m.id, m]));
    for (let i = this.fleet.size - 1; i >= 0; i--) if (!this.technicians.has(this.fleet.id(i))) this.fleet.remove(this.fleet.id(i));
    this.groupedAt = -Infinity;
    this.ask();
  }

  /** `stops` numbers the jobs of the chosen route. */
  choose(chosen: { point?: string | undefined; job?: string | undefined; technician?: string | undefined; hover?: string | undefined; stops?: ReadonlyMap<string, number> | undefined }): void {
    this.chosen = chosen;
    this.ask();
  }

  /** A position report; false if it was stale. */
  report(id: string, place: Place, at: number, heading?: number | null): boolean {
    const fresh = this.fleet.report(id, place.lon, place.lat, at, this.now(), heading);
    if (fresh) this.askLater();
    return fresh;
  }

  placeOf(technician: string): Place | undefined {
    const i = this.fleet.index(technician);
    if (i < 0) return undefined;
    const now = this.now();
    return unproject(this.fleet.x(i, now), this.fleet.y(i, now));
  }

  /** Colours are read again from the page's tokens. */
  recolour(): void {
    this.painter.recolour();
    this.ask();
  }

  /** What lies under a point of the canvas, topmost first. */
  hit(px: number, py: number): Hit | undefined {
    const now = this.now();
    this.place();
    const near = (x: number, y: number, reach: number) => Math.hypot(this.px(x) - px, this.py(y) - py) <= reach;
    for (const i of this.groups.single) if (this.drawn(i) && near(this.fleet.x(i, now), this.fleet.y(i, now), 13)) return { kind: 'technician', id: this.fleet.id(i) };
    for (let n = this.jobs.length - 1; n >= 0; n--) {
      const spot = this.jobs[n]!;
      if (near(spot.x, spot.y, 12)) return { kind: 'job', id: spot.mark.id };
    }
    for (const { mark, x, y } of this.points) if (near(x, y, 16)) return { kind: 'point', id: mark.id };
    for (const group of this.groups.clusters) {
      const [x, y] = this.mean(group.members, now);
      if (near(x, y, 20)) return { kind: 'cluster', places: group.members.map((i) => unproject(this.fleet.x(i, now), this.fleet.y(i, now))) };
    }
    for (const { depot, x, y } of this.depots) if (near(x, y, 14)) return { kind: 'depot', id: depot.id };
    return undefined;
  }

  remove(): void {
    cancelAnimationFrame(this.frame);
    clearTimeout(this.pause);
    this.map.off('move', this.redraw);
    this.resize.disconnect();
    this.canvas.remove();
  }

  private ask(): void {
    if (this.frame === 0) this.frame = requestAnimationFrame(() => this.draw());
  }

  /** The next frame of a movement: as soon as it could be seen, and as seldom as the machine needs. */
  private askLater(): void {
    const visible = VISIBLE_STEP / Math.max(1e-12, this.fleet.speed * this.scale);
    this.pause ??= setTimeout(() => {
      this.pause = undefined;
      this.ask();
    }, Math.min(SLOWEST, Math.max(visible, this.cost / SHARE)));
  }

  private draw(): void {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    const begun = performance.now();
    const now = this.now();
    this.place();
    const { width, height } = this.painter.begin();
    this.group(now);
    const visible = (x: number, y: number, margin: number) => x > -margin && y > -margin && x < width + margin && y < height + margin;
    const detail = this.detail(width, height);
    const named = this.map.getZoom() >= 13;

    for (const { depot, x, y } of this.depots) this.painter.depot(this.px(x), this.py(y), named || this.map.getZoom() >= 11 ? depot.name : '');
    for (const { mark, x, y } of this.points) this.painter.point(this.px(x), this.py(y), { name: named || this.map.getZoom() >= 11 ? mark.name : '', devices: mark.devices, load: mark.load, chosen: mark.id === this.chosen.point, hover: mark.id === this.chosen.hover });
    let chosenSpot: Spot | undefined;
    for (const spot of this.jobs) {
      if (spot.mark.id === this.chosen.job) chosenSpot = spot;
      else {
        const [x, y] = [this.px(spot.x), this.py(spot.y)];
        if (visible(x, y, 20)) this.painter.job(x, y, spot.mark.look, { size: spot.mark.look === 'unplaced' && detail < FULL ? Math.max(detail, 13) : detail, urgent: spot.mark.urgent, hover: spot.mark.id === this.chosen.hover, number: this.chosen.stops?.get(spot.mark.id) });
      }
    }
    for (const group of this.groups.clusters) {
      const [mx, my] = this.mean(group.members, now);
      const [x, y] = [this.px(mx), this.py(my)];
      if (!visible(x, y, 40)) continue;
      const busy = group.members.filter((i) => this.doing(i) !== 'free').length;
      this.painter.cluster(x, y, group.members.length, busy / group.members.length);
    }
    let chosenIndex = -1;
    for (const i of this.groups.single) {
      if (!this.drawn(i)) continue;
      if (this.fleet.id(i) === this.chosen.technician) chosenIndex = i;
      else this.technician(i, now, visible, named);
    }
    if (chosenSpot) this.painter.job(this.px(chosenSpot.x), this.py(chosenSpot.y), chosenSpot.mark.look, { size: FULL + 4, urgent: chosenSpot.mark.urgent, hover: false, chosen: true, number: undefined });
    if (chosenIndex >= 0) this.technician(chosenIndex, now, visible, true, true);
    this.cost = performance.now() - begun;
    if (this.fleet.moving(now)) this.askLater();
  }

  /** Size of a job's mark: full where there is room, down to a dot where thousands are in sight. */
  private detail(width: number, height: number): number {
    let inSight = 0;
    for (const { x, y } of this.jobs) {
      const [px, py] = [this.px(x), this.py(y)];
      if (px > 0 && py > 0 && px < width && py < height) inSight++;
    }
    const room = (width * height) / Math.max(1, inSight);
    return room > 2600 ? FULL : room > 1100 ? 15 : room > 500 ? 10 : 7;
  }

  private technician(i: number, now: number, visible: (x: number, y: number, m: number) => boolean, named: boolean, chosen = false): void {
    const [x, y] = [this.px(this.fleet.x(i, now)), this.py(this.fleet.y(i, now))];
    if (!visible(x, y, 60)) return;
    const mark = this.technicians.get(this.fleet.id(i))!;
    const hover = mark.id === this.chosen.hover;
    this.painter.technician(x, y, mark.doing, { heading: this.fleet.heading(i), name: named || hover ? mark.name : '', initials: initials(mark.name), chosen, hover });
  }

  /** Who is off duty is not on the map, unless chosen. */
  private drawn(i: number): boolean {
    const mark = this.technicians.get(this.fleet.id(i));
    return mark !== undefined && (mark.doing !== 'off' || mark.id === this.chosen.technician);
  }

  private doing(i: number): Doing {
    return this.technicians.get(this.fleet.id(i))?.doing ?? 'off';
  }

  /** Who stands together is worked out a few times a second only; the groups move with their members in between. */
  private group(now: number): void {
    const zoom = Math.round(this.map.getZoom() * 2) / 2;
    const key = `${zoom}|${this.fleet.size}|${this.chosen.technician ?? ''}`;
    if (key === this.groupedFor && now - this.groupedAt < REGROUP) return;
    this.groupedFor = key;
    this.groupedAt = now;
    const on: number[] = [];
    for (let i = 0; i < this.fleet.size; i++) if (this.drawn(i)) on.push(i);
    const world = 512 * 2 ** zoom;
    const result = cluster(
      on.length,
      (n) => this.beside(this.fleet.x(on[n]!, now)) * world,
      (n) => this.fleet.y(on[n]!, now) * world,
      CELL,
      zoom >= 14 ? Infinity : DENSE,
      (n) => this.fleet.id(on[n]!) === this.chosen.technician,
    );
    this.groups = { clusters: result.clusters.map((c) => ({ members: c.members.map((n) => on[n]!) })), single: result.single.map((n) => on[n]!) };
  }

  private mean(members: readonly number[], now: number): [number, number] {
    let x = 0;
    let y = 0;
    for (const i of members) {
      x += this.beside(this.fleet.x(i, now));
      y += this.fleet.y(i, now);
    }
    return [x / members.length, y / members.length];
  }

  private place(): void {
    const centre = this.map.getCenter();
    const { clientWidth, clientHeight } = this.map.getContainer();
    this.scale = 512 * 2 ** this.map.getZoom();
    this.centreX = mercatorX(centre.lng);
    this.middle = clientWidth / 2;
    this.originY = mercatorY(centre.lat) * this.scale - clientHeight / 2;
  }

  /** On the side of the date line that is nearer to the middle of the map. */
  private beside(x: number): number {
    return x - Math.round(x - this.centreX);
  }

  private px(x: number): number {
    return (this.beside(x) - this.centreX) * this.scale + this.middle;
  }

  private py(y: number): number {
    return y * this.scale - this.originY;
  }
}

const unproject = (x: number, y: number): Place => ({ lon: wrapped(x * 360 - 180), lat: (360 / Math.PI) * Math.atan(Math.exp(Math.PI * (1 - 2 * y))) - 90 });

/** Two letters of a Latin name, the last character or two of a Chinese one. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  if (words.length === 0) return '';
  if (/[\u3400-\u9fff]/.test(name)) return words.join('').slice(-1);
  return ((words[0]?.[0] ?? '') + (words.length > 1 ? (words[words.length - 1]?.[0] ?? '') : '')).toUpperCase();
}
