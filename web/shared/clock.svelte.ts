import type { ApiClient } from './api/client';
import type { Clock } from './api/types';
import { documentZone, knownZone, type PlaceZone } from './i18n/zone';

/** The server's clock, which may run faster than the wall's in demos and replays. Every time on a page is compared with this one. */
class ServerClock {
  /** Server time in milliseconds, renewed every second: for whatever shows "now" or counts down. */
  now = $state(Date.now());
  speed = $state(1);
  /** The company's time zone. */
  company = $state(documentZone());
  /** The zone of the one place a page is about, such as a service point; nothing where it is about the company. */
  place = $state<PlaceZone | undefined>();
  private base = Date.now();
  private since = performance.now();

  /** By whose wall clock the page writes and reads times. */
  get zone(): PlaceZone {
    return this.place ?? this.company;
  }

  /** Server time this instant, in milliseconds. */
  read(): number {
    return this.base + (performance.now() - this.since) * this.speed;
  }

  /** Server time of a moment of the device's clock, such as that of a position: as long ago as it was by the device. A device that says a time to come means now. */
  readDevice(at: number): number {
    const ago = Date.now() - at;
    return this.read() - (ago > 0 ? ago * this.speed : 0);
  }

  async sync(api: ApiClient): Promise<void> {
    const asked = performance.now();
    const answer = await api.get<Clock>('/v1/clock');
    if (!answer.ok) return; // the device's own clock until the next try
    const answered = performance.now();
    this.speed = answer.value.speed > 0 ? answer.value.speed : 1;
    this.company = knownZone(answer.value.timeZone) ?? this.company;
    this.base = Date.parse(answer.value.now) + ((answered - asked) / 2) * this.speed;
    this.since = answered;
    this.now = this.read();
  }

  /** Ticks every second and asks the server again every five minutes; returns the stop. */
  run(api: ApiClient): () => void {
    void this.sync(api);
    const tick = setInterval(() => (this.now = this.read()), 1000);
    const again = setInterval(() => void this.sync(api), 300_000);
    return () => {
      clearInterval(tick);
      clearInterval(again);
    };
  }
}

export const serverClock = new ServerClock();
