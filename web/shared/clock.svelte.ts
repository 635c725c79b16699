import type { ApiClient } from './api/client';
import type { Clock } from './api/types';

/** The server's clock, which may run faster than the wall's in demos and replays. Every time on a page is compared with this one. */
class ServerClock {
  /** Server time in milliseconds, renewed every second: for whatever shows "now" or counts down. */
  now = $state(Date.now());
  speed = $state(1);
  private base = Date.now();
  private since = performance.now();

  /** Server time this instant, in milliseconds. */
  read(): number {
    return this.base + (performance.now() - this.since) * this.speed;
  }

  async sync(api: ApiClient): Promise<void> {
    const asked = performance.now();
    const answer = await api.get<Clock>('/v1/clock');
    if (!answer.ok) return; // the device's own clock until the next try
    const answered = performance.now();
    this.speed = answer.value.speed > 0 ? answer.value.speed : 1;
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
