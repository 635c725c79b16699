/**
 * What a client of the streams does, as a machine without clock or I/O: inputs in, effects out.
 * The rules are the section "What a client does" of docs/api.md; vectors.json tests every implementation of them.
 */

export interface Sequenced {
  readonly seq: number;
}

/** Numbers the rules leave to the client. `snapshotBehind` and `held` count events, `offlineAfter` is in milliseconds. */
export interface Limits {
  readonly snapshotBehind: number;
  readonly held: number;
  readonly offlineAfter: number;
  readonly emptyFetches: number;
}

export const defaultLimits: Limits = { snapshotBehind: 5000, held: 1000, offlineAfter: 15_000, emptyFetches: 3 };

/**
 * `live`: connected, every stream subscribed, no gap open. `catchingUp`: connected, but something is still missing.
 * `reconnecting`: connection lost a moment ago. `offline`: lost for longer than `offlineAfter`.
 */
export type Shown = 'live' | 'catchingUp' | 'reconnecting' | 'offline';

/** `at` is the client's own clock in milliseconds; it may be absent where no time passed. */
export type Input<E extends Sequenced> = { readonly at?: number } & (
  | { readonly type: 'follow'; readonly stream: string; readonly after?: number }
  | { readonly type: 'unfollow'; readonly stream: string }
  | { readonly type: 'connected' }
  | { readonly type: 'disconnected' }
  | { readonly type: 'tick' }
  | { readonly type: 'subscribed'; readonly stream: string; readonly head: number }
  | { readonly type: 'subscribeFailed'; readonly stream: string }
  | { readonly type: 'events'; readonly stream: string; readonly events: readonly E[] }
  | { readonly type: 'head'; readonly stream: string; readonly seq: number }
  | { readonly type: 'fetched'; readonly stream: string; readonly events: readonly E[]; readonly head: number }
  | { readonly type: 'fetchFailed'; readonly stream: string }
  | { readonly type: 'snapshotTaken'; readonly stream: string; readonly seq: number }
  | { readonly type: 'snapshotFailed'; readonly stream: string }
);

/** `attempt` counts from 0; the shell waits longer before a higher one. `replace` comes with the snapshot the shell holds. */
export type Effect<E extends Sequenced> =
  | { readonly type: 'subscribe'; readonly stream: string; readonly after: number; readonly attempt: number }
  | { readonly type: 'unsubscribe'; readonly stream: string }
  | { readonly type: 'fetch'; readonly stream: string; readonly after: number; readonly attempt: number }
  | { readonly type: 'snapshot'; readonly stream: string; readonly attempt: number }
  | { readonly type: 'apply'; readonly stream: string; readonly events: readonly E[] }
  | { readonly type: 'replace'; readonly stream: string; readonly seq: number }
  | { readonly type: 'show'; readonly state: Shown; readonly since: number };

interface Followed<E> {
  /** Highest applied number; null until the first snapshot. */
  last: number | null;
  /** Highest number known to exist. */
  head: number;
  subscribed: boolean;
  /** The one request under way, if any. */
  waiting: 'nothing' | 'fetch' | 'snapshot';
  subscribeAttempt: number;
  fetchAttempt: number;
  emptyFetches: number;
  /** Events beyond a gap, kept so that closing it needs one fetch only, however busy the stream. */
  held: Map<number, E>;
}

export class StreamCore<E extends Sequenced> {
  private readonly streams = new Map<string, Followed<E>>();
  private connected = false;
  /** When there last was a connection; before the first one, when one was first wanted. */
  private lostAt: number | undefined;
  private now = 0;
  private shown: Shown = 'reconnecting';

  constructor(private readonly limits: Limits = defaultLimits) {}

  /** Highest applied number of a stream; null if it is not followed or has no snapshot yet. */
  last(stream: string): number | null {
    return this.streams.get(stream)?.last ?? null;
  }

  get state(): Shown {
    return this.shown;
  }

  /** Takes one input; the effects are to be carried out in order. Inputs about streams not followed (any more) have none. */
  step(input: Input<E>): Effect<E>[] {
    this.now = Math.max(this.now, input.at ?? this.now);
    if (input.at !== undefined) this.lostAt ??= this.now;
    const effects = this.react(input);
    const shown = this.show();
    if (shown !== this.shown) {
      this.shown = shown;
      effects.push({ type: 'show', state: shown, since: shown === 'offline' ? (this.lostAt ?? this.now) : this.now });
    }
    return effects;
  }

  private react(input: Input<E>): Effect<E>[] {
    switch (input.type) {
      case 'tick':
        return [];
      case 'connected':
        this.connected = true;
        return [...this.streams].flatMap(([name, s]) => this.subscribe(name, s));
      case 'disconnected':
        if (this.connected) this.lostAt = this.now;
        this.connected = false;
        for (const s of this.streams.values()) s.subscribed = false;
        return [];
      case 'follow':
        return this.follow(input.stream, input.after);
      case 'unfollow':
        return this.streams.delete(input.stream) && this.connected ? [{ type: 'unsubscribe', stream: input.stream }] : [];
    }
    const s = this.streams.get(input.stream);
    if (!s) return [];
    switch (input.type) {
      case 'subscribed':
        if (!this.connected) return [];
        s.subscribed = true;
        s.subscribeAttempt = 0;
        return this.seen(input.stream, s, input.head);
      case 'subscribeFailed':
        s.subscribeAttempt++;
        return this.subscribe(input.stream, s);
      case 'head':
        return this.seen(input.stream, s, input.seq);
      case 'events':
        return this.take(input.stream, s, input.events);
      case 'fetched':
        return this.fetched(input.stream, s, input.events, input.head);
      case 'fetchFailed':
        s.waiting = 'nothing';
        s.fetchAttempt++;
        return this.closeGap(input.stream, s);
      case 'snapshotTaken':
        return this.replace(input.stream, s, input.seq);
      case 'snapshotFailed':
        s.fetchAttempt++;
        return [{ type: 'snapshot', stream: input.stream, attempt: s.fetchAttempt }];
    }
  }

  private follow(stream: string, after: number | undefined): Effect<E>[] {
    if (this.streams.has(stream)) return [];
    const s: Followed<E> = {
      last: after ?? null, head: after ?? 0, subscribed: false, waiting: 'nothing', subscribeAttempt: 0, fetchAttempt: 0, emptyFetches: 0, held: new Map(),
    };
    this.streams.set(stream, s);
    if (after !== undefined) return this.subscribe(stream, s);
    s.waiting = 'snapshot';
    return [{ type: 'snapshot', stream, attempt: 0 }];
  }

  /** A stream without its first snapshot is subscribed when that has come. */
  private subscribe(stream: string, s: Followed<E>): Effect<E>[] {
    s.subscribed = false;
    return this.connected && s.last !== null ? [{ type: 'subscribe', stream, after: s.last, attempt: s.subscribeAttempt }] : [];
  }

  private seen(stream: string, s: Followed<E>, head: number): Effect<E>[] {
    s.head = Math.max(s.head, head);
    return this.closeGap(stream, s);
  }

  private take(stream: string, s: Followed<E>, events: readonly E[]): Effect<E>[] {
    for (const event of events) {
      s.head = Math.max(s.head, event.seq);
      if ((s.last === null || event.seq > s.last) && s.held.size < this.limits.held) s.held.set(event.seq, event);
    }
    // A full buffer must not keep out the one event that would let it drain.
    const next = s.last === null ? undefined : events.find((e) => e.seq === s.last! + 1);
    if (next) s.held.set(next.seq, next);
    return [...this.drain(stream, s), ...this.closeGap(stream, s)];
  }

  /** Applies what follows `last` without a hole. */
  private drain(stream: string, s: Followed<E>): Effect<E>[] {
    if (s.last === null) return [];
    const events: E[] = [];
    for (let next = s.held.get(s.last + 1); next; next = s.held.get(s.last + 1)) {
      s.held.delete(next.seq);
      s.last = next.seq;
      events.push(next);
    }
    return events.length > 0 ? [{ type: 'apply', stream, events }] : [];
  }

  private closeGap(stream: string, s: Followed<E>): Effect<E>[] {
    if (s.last === null || s.head <= s.last || s.waiting !== 'nothing') return [];
    const far = s.head - s.last > this.limits.snapshotBehind || s.emptyFetches >= this.limits.emptyFetches;
    s.waiting = far ? 'snapshot' : 'fetch';
    return far ? [{ type: 'snapshot', stream, attempt: s.fetchAttempt }] : [{ type: 'fetch', stream, after: s.last, attempt: s.fetchAttempt }];
  }

  private fetched(stream: string, s: Followed<E>, events: readonly E[], head: number): Effect<E>[] {
    if (s.waiting !== 'fetch' || s.last === null) return [];
    s.waiting = 'nothing';
    s.head = Math.max(s.head, head);
    const from = s.last;
    for (const event of events) if (event.seq > from) s.held.set(event.seq, event);
    const applied = this.drain(stream, s);
    const moved = s.last > from || s.head <= s.last;
    s.emptyFetches = moved ? 0 : s.emptyFetches + 1;
    s.fetchAttempt = moved ? 0 : s.fetchAttempt + 1;
    return [...applied, ...this.closeGap(stream, s)];
  }

  private replace(stream: string, s: Followed<E>, seq: number): Effect<E>[] {
    if (s.waiting !== 'snapshot') return [];
    s.waiting = 'nothing';
    s.emptyFetches = 0;
    const first = s.last === null;
    const moved = first || seq > s.last!;
    s.fetchAttempt = moved ? 0 : s.fetchAttempt + 1;
    // Never backwards: what is shown may already hold more than a snapshot asked for earlier.
    if (moved) {
      s.last = seq;
      s.head = Math.max(s.head, seq);
      for (const held of [...s.held.keys()]) if (held <= seq) s.held.delete(held);
    }
    return [
      ...(moved ? [{ type: 'replace', stream, seq } as const] : []),
      ...this.drain(stream, s),
      ...(first ? this.subscribe(stream, s) : []),
      ...this.closeGap(stream, s),
    ];
  }

  private show(): Shown {
    if (!this.connected) return this.now - (this.lostAt ?? this.now) >= this.limits.offlineAfter ? 'offline' : 'reconnecting';
    for (const s of this.streams.values()) if (!s.subscribed || s.last === null || s.last < s.head) return 'catchingUp';
    return 'live';
  }
}
