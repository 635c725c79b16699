import { ApiClient, type Answer } from '../../shared/api/client';
import type { TrackedDesk } from '../../shared/api/desk';
import { persistently } from '../../shared/api/persistently';
import type { LivePosition, Problem, StreamEvent, TimeWindow, TrackedJob, Tracking } from '../../shared/api/types';
import { serverClock } from '../../shared/clock.svelte';
import { knownZone } from '../../shared/i18n/zone';
import type { StreamClient } from '../../shared/stream/client';
import type { Shown } from '../../shared/stream/core';
import { openStreams } from '../../shared/stream/signalr';

const AGAIN = 400;

/** One job as its customer follows it. The tracking token is the only right this page has. */
export class TrackingState {
  job = $state.raw<Tracking | undefined>();
  /** What the customer rated and complained of. */
  desk = $state.raw<TrackedDesk | undefined>();
  problem = $state.raw<Problem | undefined>();
  connection = $state<{ state: Shown; since: number }>({ state: 'reconnecting', since: Date.now() });
  position = $state.raw<{ lon: number; lat: number; at: string } | undefined>();

  readonly token: string;
  private readonly api: ApiClient;
  private streams: StreamClient | undefined;
  private stopClock = () => {};
  private stopped = false;
  private again: ReturnType<typeof setTimeout> | undefined;

  constructor(token: string) {
    this.token = token;
    this.api = new ApiClient({ token: () => token });
  }

  async start(): Promise<void> {
    this.stopClock = serverClock.run(this.api);
    this.stopped = false;
    const first = await persistently(() => this.ask(), (problem) => (this.problem = problem), () => this.stopped);
    if (!first) return;
    this.show(first);
    if (!this.job) return;
    this.streams = openStreams(this.api, () => this.token, {
      apply: (_, events) => this.applied(events),
      replace: () => void this.load(),
      show: (state, since) => {
        this.connection = { state, since };
        if (state === 'live') void this.load(); // what is not in the events (place, steps) as of now
      },
      positions: (_, positions) => this.moved(positions),
      ended: () => void this.load(),
    });
    this.streams.start();
    this.streams.follow(`job/${this.job.jobId}`, this.job.seq);
  }

  stop(): void {
    this.stopped = true;
    this.stopClock();
    clearTimeout(this.again);
    void this.streams?.stop();
  }

  async cancel(reason: string): Promise<Problem | undefined> {
    return this.command('cancel', { reason });
  }

  async reschedule(window: TimeWindow): Promise<Problem | undefined> {
    return this.command('reschedule', { windows: [window] });
  }

  /** A command of the link; the problem, or undefined once it is done. */
  async command(verb: string, body: unknown): Promise<Problem | undefined> {
    const answer = await this.api.command(`/v1/track/${this.token}/${verb}`, body);
    await this.load();
    return answer.ok ? undefined : answer.problem;
  }

  async load(): Promise<void> {
    const [job, desk] = await Promise.all([this.ask(), this.api.get<TrackedDesk>(`/v1/track/${encodeURIComponent(this.token)}/desk`)]);
    if (this.stopped) return;
    this.show(job);
    if (desk.ok) this.desk = desk.value;
  }

  /** The customer’s yes or no to the quote of this number. */
  async answerQuote(number: number, approved: boolean): Promise<Problem | undefined> {
    return this.command(`quotes/${number}/answer`, { approved });
  }

  /** The customer has the device back: closes the job. */
  async confirm(): Promise<Problem | undefined> {
    return this.command('confirm', {});
  }

  /** A token that is not accepted and a link that leads nowhere are the same to who holds it. */
  private async ask(): Promise<Answer<Tracking>> {
    if (this.token === '') return { ok: false, problem: { status: 404, code: 'track.unknown' } };
    const answer = await this.api.get<Tracking>(`/v1/track/${encodeURIComponent(this.token)}`);
    return !answer.ok && answer.problem.status === 401 ? { ok: false, problem: { status: 404, code: 'track.unknown' } } : answer;
  }

  private show(answer: Answer<Tracking>): void {
    if (!answer.ok) {
      // A page that shows something keeps showing it; the badge says how old it is. A link that is over shows nothing any more, and nothing is asked for again.
      const isOver = answer.problem.status === 410;
      if (!this.job || answer.problem.status === 404 || isOver) this.problem = answer.problem;
      if (isOver) {
        this.job = undefined;
        this.stop();
      }
      return;
    }
    this.problem = undefined;
    if (this.job && answer.value.seq < this.job.seq) return;
    this.job = answer.value;
    serverClock.place = knownZone(answer.value.timeZone);
    if (answer.value.position) this.moved([{ ...answer.value.position, technicianId: '' }]);
    if (answer.value.status !== 'enRoute') this.position = undefined;
  }

  private applied(events: readonly StreamEvent[]): void {
    for (const event of events) {
      const view = event.data.view as TrackedJob | undefined;
      if (!view || !this.job || event.seq <= this.job.seq) continue;
      const steps = this.job.steps.some((s) => s.status === view.status) ? this.job.steps : [...this.job.steps, { status: view.status, at: event.at }];
      this.job = { ...this.job, seq: event.seq, status: view.status, window: view.windows[0] ?? this.job.window ?? null, arrival: view.arrival ?? null, technician: view.technician ?? null, outcome: view.outcome ?? null, quote: view.quote ?? null, steps };
      if (view.status !== 'enRoute') this.position = undefined;
    }
    // The events say what changed; the rest of the page (arrival by the server's word) is read once after a burst of them.
    clearTimeout(this.again);
    this.again = setTimeout(() => void this.load(), AGAIN);
  }

  private moved(positions: readonly LivePosition[]): void {
    const latest = positions[positions.length - 1];
    if (latest && (!this.position || Date.parse(latest.at) > Date.parse(this.position.at))) this.position = { lon: latest.lon, lat: latest.lat, at: latest.at };
  }
}
