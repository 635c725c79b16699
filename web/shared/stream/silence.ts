/** Milliseconds of silence after which the server counts as gone. It speaks at least every four seconds (DispatchApi.KeepAlive), which leaves a slow link room for one lost packet. */
export const silenceLimit = 8_000;

/** What one tick counts at most. A page that was busy or asleep for longer has not listened meanwhile: what arrived in that time is heard right after it. */
const MOST = 1_500;

/** How long the server has been silent while this page listened. Ticks come about every second; times are of one clock that only goes forward, in milliseconds. */
export class SilenceWatch {
  private silent = 0;
  private ticked: number;
  private heardAt: number;

  constructor(
    now: number,
    private readonly limit = silenceLimit,
  ) {
    this.ticked = this.heardAt = now;
  }

  heard(now: number): void {
    this.silent = 0;
    this.heardAt = now;
  }

  /** Whether the silence has lasted too long. */
  tick(now: number): boolean {
    this.silent += Math.min(now - this.ticked, MOST);
    this.ticked = now;
    return this.silent >= this.limit;
  }

  /** Somebody looks at the page again, whose ticks may have been rare: silence that was not counted leaves the server two more ticks to speak. */
  shown(now: number): void {
    this.silent = Math.max(this.silent, Math.min(now - this.heardAt, this.limit - MOST));
    this.ticked = now;
  }
}
