import type { Answer } from '../shared/api/client';
import type { Problem } from '../shared/api/types';

export type Permission = 'unknown' | 'granted' | 'denied' | 'unavailable';

/** What the server says of a batch: a position that cannot be is named, and the others are taken. */
export interface PositionsTaken {
  taken: number;
  refused: { index: number; code: string; facts?: Record<string, string> }[];
}

interface Report {
  lon: number;
  lat: number;
  at: string;
  accuracyMetres?: number;
  speed?: number;
  heading?: number;
}

const MOST = 100;
const EVERY = 5000;

/**
 * Watches the device's place and sends it every five seconds while there is something new. What cannot be sent is kept, at most the
 * newest hundred: the server wants the last, and a gap in a trail is no harm.
 */
export class PositionSender {
  private watch: number | undefined;
  private timer: ReturnType<typeof setInterval> | undefined;
  private reports: Report[] = [];
  private sending = false;

  constructor(
    private readonly send: (positions: readonly Report[]) => Promise<Answer<PositionsTaken | undefined>>,
    private readonly permitted: (permission: Permission) => void,
    /** Server time (milliseconds) of a moment of the device's clock, which may be wrong. */
    private readonly serverTime: (device: number) => number,
    /** Why the newest position that was sent is shown nowhere; undefined once one is. */
    private readonly refused: (problem: Pick<Problem, 'status' | 'code' | 'facts'> | undefined) => void = () => {},
  ) {}

  start(): void {
    if (this.watch !== undefined) return;
    if (!('geolocation' in navigator)) return this.permitted('unavailable');
    this.watch = navigator.geolocation.watchPosition(
      ({ coords, timestamp }) => {
        this.permitted('granted');
        // When the device found the place, not when it told us: a browser may hand over a place that it found long ago.
        this.reports.push({
          lon: coords.longitude, lat: coords.latitude, at: new Date(this.serverTime(timestamp)).toISOString(), accuracyMetres: coords.accuracy,
          ...(coords.speed !== null && !Number.isNaN(coords.speed) && { speed: coords.speed }),
          ...(coords.heading !== null && !Number.isNaN(coords.heading) && { heading: coords.heading }),
        });
        if (this.reports.length > MOST) this.reports.splice(0, this.reports.length - MOST);
        if (this.reports.length === 1) void this.flush();
      },
      (error) => this.permitted(error.code === error.PERMISSION_DENIED ? 'denied' : 'unavailable'),
      { enableHighAccuracy: true, maximumAge: 5000 },
    );
    this.timer = setInterval(() => void this.flush(), EVERY);
  }

  stop(): void {
    if (this.watch !== undefined) navigator.geolocation.clearWatch(this.watch);
    clearInterval(this.timer);
    this.watch = undefined;
    this.reports = [];
  }

  private async flush(): Promise<void> {
    if (this.sending || this.reports.length === 0) return;
    this.sending = true;
    const batch = this.reports.splice(0, MOST);
    const answer = await this.send(batch);
    this.sending = false;
    const last = answer.ok ? answer.value?.refused.find((r) => r.index === batch.length - 1) : undefined;
    if (answer.ok) this.refused(last && { status: 422, code: last.code, facts: last.facts ?? {} });
    else if (answer.problem.code.startsWith('position.')) this.refused(answer.problem);
    const worthKeeping = !answer.ok && (answer.problem.status === 0 || answer.problem.status >= 500);
    if (worthKeeping && this.watch !== undefined) this.reports = [...batch, ...this.reports].slice(-MOST);
  }
}
