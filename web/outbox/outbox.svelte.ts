import type { MessageList, MessageView, Problem } from '../shared/api/types';
import { isPassing } from '../shared/api/persistently';
import { serverClock } from '../shared/clock.svelte';
import { found, jobFilter, latest } from '../shared/messages';
import { SessionStore } from '../shared/session.svelte';
import type { Shown } from '../shared/stream/core';

const PAGE = 50;
const MOST = 1000;
/** Milliseconds between two looks; messages change by themselves and are in no stream. */
const EVERY = 2500;
/**
 * A look that has no answer after so many milliseconds may be a long list on a slow link, or a network that swallows everything: something small is asked beside it, and what that
 * takes longer than `PROBE_LIMIT` counts as no connection. With the pause before the look that is less than ten seconds of "live" without a server.
 */
const PROBE_AFTER = 2500;
const PROBE_LIMIT = 3500;

/** What customers were told, newest first, looked at again and again while the page is seen. */
export class OutboxState {
  readonly session = new SessionStore('console', ['dispatcher', 'manager']);
  messages = $state.raw<MessageView[]>([]);
  status = $state<MessageView['status'] | ''>('');
  search = $state('');
  pages = $state(1);
  hasMore = $state(false);
  loaded = $state(false);
  problem = $state.raw<Problem | undefined>();
  said = $state('');
  connection = $state<{ state: Shown; since: number }>({ state: 'reconnecting', since: Date.now() });
  /** Messages whose sending again is under way. */
  busy = $state.raw<ReadonlySet<string>>(new Set());

  shown = $derived(this.messages.filter((m) => found(m, this.search)));

  private timer: ReturnType<typeof setTimeout> | undefined;
  private round = 0;
  /** Ends the look under way. */
  private looking = new AbortController();
  private stopClock = () => {};
  private readonly seen = () => document.visibilityState === 'visible' && this.look();

  start(): void {
    this.stopClock = serverClock.run(this.session.api);
    this.search = new URLSearchParams(location.search).get('job') ?? '';
    document.addEventListener('visibilitychange', this.seen);
    this.look();
  }

  stop(): void {
    this.stopClock();
    document.removeEventListener('visibilitychange', this.seen);
    clearTimeout(this.timer);
    this.round++;
    this.looking.abort();
    this.messages = [];
    this.loaded = false;
  }

  /** Looks now, and from now on at the usual pace; an answer to an earlier question no longer counts. */
  look(): void {
    clearTimeout(this.timer);
    this.looking.abort();
    this.looking = new AbortController();
    void this.fetch(++this.round, this.looking);
  }

  async resend(message: MessageView): Promise<void> {
    if (this.busy.has(message.id)) return;
    this.busy = new Set([...this.busy, message.id]);
    const answer = await this.session.api.command<MessageView>(`/v1/messages/${message.id}/resend`, {});
    this.busy = new Set([...this.busy].filter((id) => id !== message.id));
    if (answer.ok) {
      const { value } = answer;
      this.messages = this.messages.map((m) => (m.id === value.id ? value : m));
      this.said = value.to;
      this.problem = undefined;
    } else this.problem = answer.problem;
    this.look();
  }

  private async fetch(round: number, looking: AbortController): Promise<void> {
    const query = { jobId: jobFilter(this.search), status: this.status, limit: Math.min(MOST, this.pages * PAGE) };
    const endProbing = this.probeWhile(looking);
    const answer = await this.session.api.get<MessageList>('/v1/messages', query, looking.signal);
    endProbing();
    if (round !== this.round) return;
    if (answer.ok) {
      this.messages = latest(this.messages, answer.value.items);
      this.hasMore = !!answer.value.next && this.pages * PAGE < MOST;
      this.loaded = true;
      this.show('live');
    } else if (isPassing(answer.problem)) this.show('offline');
    else this.problem = answer.problem;
    if (document.visibilityState === 'visible' && this.session.current) this.timer = setTimeout(() => this.look(), EVERY);
  }

  /** Asks something small again and again beside a look; where no answer comes, the look is over as well. The returned function ends it. */
  private probeWhile(looking: AbortController): () => void {
    let ended = false;
    const probe = async (): Promise<void> => {
      const answer = await this.session.api.get('/v1/clock', {}, AbortSignal.timeout(PROBE_LIMIT));
      if (ended) return;
      if (!answer.ok && answer.problem.status === 0) looking.abort();
      else timer = setTimeout(() => void probe(), PROBE_AFTER);
    };
    let timer = setTimeout(() => void probe(), PROBE_AFTER);
    return () => {
      ended = true;
      clearTimeout(timer);
    };
  }

  private show(state: Shown): void {
    if (this.connection.state !== state) this.connection = { state, since: Date.now() };
  }
}

export const app = new OutboxState();
