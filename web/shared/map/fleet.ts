/**
 * Positions of many moving things in typed arrays, in Mercator units (0–1 over the world), moving evenly from where each was
 * to where it was last reported. Last report by device time wins; older ones are dropped.
 */
export class Fleet {
  private readonly indexOf = new Map<string, number>();
  private ids: string[] = [];
  private fromX = new Float64Array(64);
  private fromY = new Float64Array(64);
  private toX = new Float64Array(64);
  private toY = new Float64Array(64);
  private startedAt = new Float64Array(64);
  private endsAt = new Float64Array(64);
  private reportedAt = new Float64Array(64);
  private headings = new Float32Array(64);
  private lastEnd = 0;
  private fastest = 0;

  get size(): number {
    return this.ids.length;
  }

  id(i: number): string {
    return this.ids[i]!;
  }

  index(id: string): number {
    return this.indexOf.get(id) ?? -1;
  }

  /** `at` is the device's time of the report, `now` the page's clock, both in milliseconds. Returns false for a stale report. */
  report(id: string, lon: number, lat: number, at: number, now: number, heading?: number | null): boolean {
    let x = mercatorX(lon);
    const y = mercatorY(lat);
    let i = this.index(id);
    if (i < 0) {
      i = this.add(id);
      this.fromX[i] = this.toX[i] = x;
      this.fromY[i] = this.toY[i] = y;
      this.startedAt[i] = this.endsAt[i] = now;
      this.headings[i] = heading ?? NaN;
      this.reportedAt[i] = at;
      return true;
    }
    if (at <= this.reportedAt[i]!) return false;
    // Across the date line the way goes on beside where it was, and not once around the earth.
    x -= Math.round(x - this.toX[i]!);
    // Arrive about when the next report is due, so that the motion neither stalls nor runs ahead.
    const wait = Math.min(2500, Math.max(250, (now - this.startedAt[i]!) * 1.1));
    const [hereX, hereY] = [this.x(i, now), this.y(i, now)];
    const moved = Math.hypot(x - this.toX[i]!, y - this.toY[i]!) > 1e-9;
    if (heading !== undefined && heading !== null) this.headings[i] = heading;
    else if (moved) this.headings[i] = (Math.atan2(x - hereX, hereY - y) * 180) / Math.PI;
    // A jump across the city is shown as a jump: sliding there would claim a journey that nobody made.
    const jump = Math.hypot(x - hereX, y - hereY) > 2e-4;
    this.fromX[i] = jump ? x : hereX;
    this.fromY[i] = jump ? y : hereY;
    this.toX[i] = x;
    this.toY[i] = y;
    this.startedAt[i] = now;
    this.endsAt[i] = jump ? now : now + wait;
    this.reportedAt[i] = at;
    if (!jump) {
      if (now >= this.lastEnd) this.fastest = 0;
      this.fastest = Math.max(this.fastest, Math.hypot(x - hereX, y - hereY) / wait);
    }
    this.lastEnd = Math.max(this.lastEnd, this.endsAt[i]!);
    return true;
  }

  x(i: number, now: number): number {
    return this.fromX[i]! + (this.toX[i]! - this.fromX[i]!) * this.share(i, now);
  }

  y(i: number, now: number): number {
    return this.fromY[i]! + (this.toY[i]! - this.fromY[i]!) * this.share(i, now);
  }

  /** Degrees clockwise from north; NaN while unknown. */
  heading(i: number): number {
    return this.headings[i]!;
  }

  reported(i: number): number {
    return this.reportedAt[i]!;
  }

  /** Something is still on its way at `now`: another frame is worth drawing. */
  moving(now: number): boolean {
    return now < this.lastEnd;
  }

  /** Highest speed among what has moved since all last stood still, in Mercator units per millisecond. */
  get speed(): number {
    return this.fastest;
  }

  remove(id: string): void {
    const i = this.index(id);
    if (i < 0) return;
    const last = this.ids.length - 1;
    for (const array of this.columns()) array[i] = array[last]!;
    this.ids[i] = this.ids[last]!;
    this.indexOf.set(this.ids[i]!, i);
    this.indexOf.delete(id);
    this.ids.pop();
  }

  clear(): void {
    this.ids = [];
    this.indexOf.clear();
  }

  private share(i: number, now: number): number {
    const whole = this.endsAt[i]! - this.startedAt[i]!;
    return whole <= 0 ? 1 : Math.min(1, Math.max(0, (now - this.startedAt[i]!) / whole));
  }

  private add(id: string): number {
    const i = this.ids.length;
    if (i >= this.fromX.length) this.grow();
    this.ids.push(id);
    this.indexOf.set(id, i);
    return i;
  }

  private grow(): void {
    const wider = <A extends Float64Array | Float32Array>(array: A): A => {
      const bigger = new (array.constructor as new (n: number) => A)(array.length * 2);
      bigger.set(array);
      return bigger;
    };
    this.fromX = wider(this.fromX);
    this.fromY = wider(this.fromY);
    this.toX = wider(this.toX);
    this.toY = wider(this.toY);
    this.startedAt = wider(this.startedAt);
    this.endsAt = wider(this.endsAt);
    this.reportedAt = wider(this.reportedAt);
    this.headings = wider(this.headings);
  }

  private columns(): (Float64Array | Float32Array)[] {
    return [this.fromX, this.fromY, this.toX, this.toY, this.startedAt, this.endsAt, this.reportedAt, this.headings];
  }
}

export const mercatorX = (lon: number): number => (lon + 180) / 360;
export const mercatorY = (lat: number): number => (180 - (180 / Math.PI) * Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360))) / 360;
