import type { Answer } from '../api/client';
import type { LivePosition, Snapshot, StreamEvent } from '../api/types';
import { defaultLimits, StreamCore, type Effect, type Input, type Limits, type Shown } from './core';

/** The part of a SignalR connection that is used; tests and fixtures bring their own. */
export interface Wire {
  start(): Promise<void>;
  stop(): Promise<void>;
  invoke<T>(method: string, ...args: unknown[]): Promise<T>;
  on(method: string, handler: (...args: never[]) => void): void;
  onclose(handler: () => void): void;
}

export interface Surroundings {
  readonly wire: () => Wire;
  /** Requests end without an answer once `signal` says so. */
  readonly events: (stream: string, after: number, signal: AbortSignal) => Promise<Answer<{ events: StreamEvent[]; head: number }>>;
  readonly snapshot: (stream: string, signal: AbortSignal) => Promise<Answer<Snapshot>>;
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number;
  /** Calls back after so many milliseconds; the returned function cancels. */
  readonly after: (milliseconds: number, action: () => void) => () => void;
  /** In [0, 1). */
  readonly random: () => number;
  readonly limits?: Limits;
}

export interface Handlers {
  readonly apply: (stream: string, events: readonly StreamEvent[]) => void;
  readonly replace: (stream: string, snapshot: Snapshot) => void;
  readonly show: (state: Shown, since: number) => void;
  /** Before anything else of a stream; the number it begins after, if it has one. */
  readonly follow?: (stream: string, after: number | undefined) => void;
  readonly positions?: (zone: string, positions: readonly LivePosition[]) => void;
  /** The server took the view of a zone, or refuses to send positions for it: the code, a row of docs/refusals.md. */
  readonly view?: (zone: string, refused: string | undefined) => void;
  /** The server sends nothing more of it: the link that gave the right to it is over. */
  readonly ended?: (stream: string, code: string) => void;
}

/**
 * How long one attempt to connect may take, in milliseconds. A network that swallows everything answers nothing, not even no, and would hold up the attempt for minutes after it
 * has recovered. Long enough for a phone with 400 ms of round trip that is still loading the page.
 */
export const attemptLimit = 10_000;

/** Waits before attempt n (0 at once, then doubling to 4 s), spread so that many clients do not return as one. A page is back within 5 s of its server. */
export function backOff(attempt: number, random: number): number {
  return attempt === 0 ? 0 : Math.min(4_000, 300 * 2 ** Math.min(attempt, 10)) * (0.5 + 0.5 * random);
}

const UNAVAILABLE = 'server.unavailable';

/** The code that the message of a refused invocation ends in. */
export const codeOf = (error: unknown): string => /([a-z_]+\.[a-z_]+)$/.exec(error instanceof Error ? error.message.trim() : '')?.[1] ?? UNAVAILABLE;

/**
 * Carries out what the core decides: connects for ever, subscribes, fetches, takes snapshots. One per page.
 * `start` once, `stop` at the end; `follow` and `unfollow` at any time.
 */
export class StreamClient {
  private readonly core: StreamCore<StreamEvent>;
  /** Raised at each follow and each connection, so that answers to what is over are recognised and dropped. */
  private readonly generations = new Map<string, number>();
  private generation = 0;
  private wire: Wire | undefined;
  private connection = 0;
  private attempt = 0;
  /** Undefined before the first attempt has ended either way. */
  private isConnected: boolean | undefined;
  private stopped = true;
  private snapshots = new Map<string, Snapshot>();
  private cancelRetry = () => {};
  private cancelTick = () => {};
  /** What is looked at of each zone: west, south, east, north. */
  private readonly views = new Map<string, readonly [number, number, number, number]>();
  private cancelLimit = () => {};
  /** Ends the requests under way; another one from each loss of the connection on. */
  private requests = new AbortController();

  constructor(
    private readonly around: Surroundings,
    private readonly handlers: Handlers,
  ) {
    this.core = new StreamCore(around.limits ?? defaultLimits);
  }

  start(): void {
    if (!this.stopped) return;
    this.stopped = false;
    this.tick();
    void this.connect();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.cancelRetry();
    this.cancelTick();
    this.cancelLimit();
    this.connection++;
    this.generations.clear();
    this.requests.abort();
    await this.wire?.stop();
  }

  /** Without `after` the stream starts with a snapshot. */
  follow(stream: string, after?: number): void {
    this.generations.set(stream, ++this.generation);
    this.handlers.follow?.(stream, after);
    this.run({ type: 'follow', stream, ...(after !== undefined && { after }) });
  }

  unfollow(stream: string): void {
    this.generations.delete(stream);
    // The server forgets the view with the stream; it must not come back with the next connection.
    if (stream.startsWith('zone/')) this.views.delete(stream.slice('zone/'.length));
    this.run({ type: 'unfollow', stream });
  }

  /** Positions are sent for this rectangle only (degrees). Kept and repeated after a reconnection. */
  setView(zone: string, west: number, south: number, east: number, north: number): void {
    this.views.set(zone, [west, south, east, north]);
    void this.sendView(zone);
  }

  /** Tries at once instead of waiting out the back-off: the device says it is online again, or the page is visible again. */
  hurry(): void {
    if (this.stopped || this.core.state === 'live' || this.core.state === 'catchingUp') return;
    this.cancelRetry();
    void this.connect();
  }

  private run(input: Input<StreamEvent>): void {
    for (const effect of this.core.step({ ...input, at: this.around.now() })) this.carryOut(effect);
  }

  private carryOut(effect: Effect<StreamEvent>): void {
    switch (effect.type) {
      case 'apply':
        return this.handlers.apply(effect.stream, effect.events);
      case 'replace': {
        const snapshot = this.snapshots.get(effect.stream);
        this.snapshots.delete(effect.stream);
        if (snapshot) this.handlers.replace(effect.stream, snapshot);
        return;
      }
      case 'show':
        return this.handlers.show(effect.state, effect.since);
      case 'subscribe':
        return this.later(effect.attempt, () => void this.subscribe(effect.stream));
      case 'unsubscribe':
        void this.wire?.invoke('Unsubscribe', effect.stream).catch(() => undefined); // a lost connection has unsubscribed already
        return;
      case 'fetch':
        return this.later(effect.attempt, () => void this.fetch(effect.stream));
      case 'snapshot':
        return this.later(effect.attempt, () => void this.takeSnapshot(effect.stream));
    }
  }

  private later(attempt: number, action: () => void): void {
    const wait = backOff(attempt, this.around.random());
    if (wait === 0) action();
    else this.around.after(wait, action);
  }

  private async subscribe(stream: string): Promise<void> {
    const { connection, wire } = this;
    const generation = this.generations.get(stream);
    const current = () => connection === this.connection && generation === this.generations.get(stream) && !this.stopped;
    const after = this.core.last(stream);
    if (!wire || after === null || !current()) return;
    try {
      const { head } = await wire.invoke<{ head: number }>('Subscribe', stream, after);
      if (current()) this.run({ type: 'subscribed', stream, head });
    } catch {
      if (current()) this.run({ type: 'subscribeFailed', stream });
    }
  }

  private async fetch(stream: string): Promise<void> {
    const generation = this.generations.get(stream);
    const after = this.core.last(stream);
    if (after === null || generation === undefined) return;
    const answer = await this.around.events(stream, after, this.requests.signal);
    if (generation !== this.generations.get(stream)) return;
    if (answer.ok) this.run({ type: 'fetched', stream, events: answer.value.events, head: answer.value.head });
    else this.run({ type: 'fetchFailed', stream });
  }

  private async takeSnapshot(stream: string): Promise<void> {
    const generation = this.generations.get(stream);
    if (generation === undefined) return;
    const answer = await this.around.snapshot(stream, this.requests.signal);
    if (generation !== this.generations.get(stream)) return;
    if (!answer.ok) return this.run({ type: 'snapshotFailed', stream });
    this.snapshots.set(stream, answer.value);
    this.run({ type: 'snapshotTaken', stream, seq: answer.value.seq });
    this.snapshots.delete(stream);
  }

  private async connect(): Promise<void> {
    if (this.stopped) return;
    const connection = ++this.connection;
    const current = () => connection === this.connection && !this.stopped;
    const previous = this.wire;
    const wire = this.around.wire();
    this.wire = wire;
    void previous?.stop().catch(() => undefined);
    wire.on('events', (stream: string, events: StreamEvent[]) => current() && this.run({ type: 'events', stream, events }));
    wire.on('head', (stream: string, seq: number) => current() && this.run({ type: 'head', stream, seq }));
    wire.on('positions', (zone: string, positions: LivePosition[]) => current() && this.handlers.positions?.(zone, positions));
    wire.on('ended', (stream: string, code: string) => current() && this.handlers.ended?.(stream, code));
    wire.onclose(() => current() && this.lost());
    this.cancelLimit();
    // What has waited that long for an answer has paused enough: the next attempt follows soon.
    this.cancelLimit = this.around.after(attemptLimit, () => {
      if (!current()) return;
      this.attempt = 0;
      this.lost();
      void wire.stop().catch(() => undefined);
    });
    try {
      await wire.start();
    } catch {
      if (current()) this.lost();
      return;
    }
    if (!current()) return void wire.stop().catch(() => undefined);
    this.cancelLimit();
    this.attempt = 0;
    // What was sent without a connection may be stuck in the silence that has just ended.
    if (this.isConnected === false) this.renewRequests();
    this.isConnected = true;
    this.run({ type: 'connected' });
    for (const zone of this.views.keys()) void this.sendView(zone);
  }

  private lost(): void {
    this.connection++;
    this.cancelLimit();
    if (this.isConnected) this.renewRequests();
    this.isConnected = false;
    this.run({ type: 'disconnected' });
    this.cancelRetry = this.around.after(backOff(++this.attempt, this.around.random()), () => void this.connect());
  }

  /** A request that went out over a network that swallows it may hang long after that is over, and hold up catching up: it ends, and is asked again. */
  private renewRequests(): void {
    this.requests.abort();
    this.requests = new AbortController();
  }

  private async sendView(zone: string, attempt = 0): Promise<void> {
    const { connection, wire } = this;
    const view = this.views.get(zone);
    if (!view || !wire || (this.core.state !== 'live' && this.core.state !== 'catchingUp')) return;
    const current = () => connection === this.connection && !this.stopped && this.views.get(zone) === view;
    try {
      await wire.invoke('SetView', zone, ...view);
      if (current()) this.handlers.view?.(zone, undefined);
    } catch (error) {
      if (!current()) return;
      const code = codeOf(error);
      this.handlers.view?.(zone, code);
      // What failed by chance is asked again; what is refused is refused until the view is another. A lost connection sends every view anew.
      if (code === UNAVAILABLE) this.later(attempt + 1, () => void this.sendView(zone, attempt + 1));
    }
  }

  private tick(): void {
    this.cancelTick = this.around.after(1000, () => {
      this.run({ type: 'tick' });
      this.tick();
    });
  }
}
