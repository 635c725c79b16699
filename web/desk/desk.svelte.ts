import type { Answer } from '../shared/api/client';
import type { AnswerPromise, CallBackDetail, CaseDetail, ContactDetail, DeskReply, DeskSnapshot, EscalationDetail } from '../shared/api/desk';
import type { Problem, StreamEvent, Warning } from '../shared/api/types';
import { serverClock } from '../shared/clock.svelte';
import { SessionStore } from '../shared/session.svelte';
import type { StreamClient } from '../shared/stream/client';
import type { Shown } from '../shared/stream/core';
import { openStreams } from '../shared/stream/signalr';
import { inScope, kindOf, kinds, ordered, put, type Kind, type Scope, type Things } from './queue';

const STREAM = 'desk/all';
/** Milliseconds after a burst of events before what they changed is read once. */
const AGAIN = 250;
const PATHS: Record<Kind, string> = { contact: 'contacts', escalation: 'escalations', callback: 'callbacks', case: 'cases' };

interface Details {
  contact: ContactDetail;
  escalation: EscalationDetail;
  callback: CallBackDetail;
  case: CaseDetail;
}

/** The service desk, live through its one stream: what waits, what is promised, and the one thing an agent works on. */
export class DeskState {
  readonly session = new SessionStore('desk', ['agent', 'expert', 'dispatcher', 'manager']);
  contact = $state.raw<ReadonlyMap<string, Things['contact']>>(new Map());
  escalation = $state.raw<ReadonlyMap<string, Things['escalation']>>(new Map());
  callback = $state.raw<ReadonlyMap<string, Things['callback']>>(new Map());
  case = $state.raw<ReadonlyMap<string, Things['case']>>(new Map());
  promises = $state.raw<readonly AnswerPromise[]>([]);
  tab = $state<Kind>('contact');
  scope = $state<Scope>('all');
  chosen = $state.raw<{ kind: Kind; id: string } | undefined>();
  detail = $state.raw<Partial<Details>>({});
  problem = $state.raw<Problem | undefined>();
  /** What the server thinks may have been mistyped in the last command. */
  warnings = $state.raw<readonly Warning[] | null | undefined>();
  loaded = $state(false);
  busy = $state(false);
  connection = $state<{ state: Shown; since: number }>({ state: 'reconnecting', since: Date.now() });

  lists = $derived({ contact: ordered('contact', this.contact.values()), escalation: ordered('escalation', this.escalation.values()), callback: ordered('callback', this.callback.values()), case: ordered('case', this.case.values()) });

  /** How many of a kind are in a scope. */
  counted(kind: Kind, scope: Scope): number {
    return this.within(kind, scope).length;
  }

  within<K extends Kind>(kind: K, scope: Scope): Things[K][] {
    return (this.lists[kind] as Things[K][]).filter((thing) => inScope(kind, thing, scope, this.me));
  }

  private streams: StreamClient | undefined;
  private stopClock = () => {};
  private again: ReturnType<typeof setTimeout> | undefined;
  /** Something has happened to what is chosen since it was read. */
  private stale = false;

  get me(): string {
    return this.session.current?.subjectId ?? '';
  }

  /** Experts answer questions; calls and complaints are the agents'. */
  get tabs(): readonly Kind[] {
    return this.session.current?.role === 'expert' ? ['escalation', 'contact'] : kinds;
  }

  get isExpert(): boolean {
    return this.session.current?.role === 'expert' || this.session.current?.role === 'manager';
  }

  start(): void {
    const { api } = this.session;
    this.stopClock = serverClock.run(api);
    this.tab = this.tabs[0]!;
    const streams = openStreams(api, () => this.session.current?.accessToken, {
      apply: (_, events) => this.applied(events),
      replace: (_, snapshot) => this.replaced(snapshot.desk ?? undefined),
      show: (state, since) => (this.connection = { state, since }),
    });
    this.streams = streams;
    streams.start();
    streams.follow(STREAM);
    void this.measure();
  }

  stop(): void {
    this.stopClock();
    clearTimeout(this.again);
    void this.streams?.stop();
    this.streams = undefined;
    [this.contact, this.escalation, this.callback, this.case, this.chosen, this.detail, this.loaded] = [new Map(), new Map(), new Map(), new Map(), undefined, {}, false];
  }

  choose(kind: Kind | undefined, id = ''): void {
    this.problem = undefined;
    this.detail = {};
    this.chosen = kind ? { kind, id } : undefined;
    if (kind) {
      this.tab = kind;
      void this.look();
    }
  }

  /** One step of the thing that is chosen; true if it was done. */
  async step(verb: string, body: Record<string, unknown> = {}): Promise<boolean> {
    const { chosen } = this;
    return chosen ? (await this.command(`/v1/${PATHS[chosen.kind]}/${chosen.id}/${verb}`, body)) !== undefined : false;
  }

  /** A command of the desk; its answer, or undefined and the problem said. */
  async command(path: string, body: Record<string, unknown>): Promise<DeskReply | undefined> {
    this.busy = true;
    const answer = await this.session.api.command<DeskReply>(path, body);
    this.busy = false;
    this.problem = answer.ok ? undefined : answer.problem;
    this.warnings = answer.ok ? answer.value.warnings : undefined;
    if (this.chosen) await this.look();
    return answer.ok ? answer.value : undefined;
  }

  /** Reads what is chosen with everything said in it. */
  private async look(): Promise<void> {
    const { chosen } = this;
    if (!chosen) return;
    this.stale = false;
    const answer: Answer<Details[Kind]> = await this.session.api.get(`/v1/${PATHS[chosen.kind]}/${chosen.id}`);
    if (this.chosen !== chosen) return;
    if (!answer.ok) {
      this.problem = answer.problem;
      return;
    }
    this.detail = { [chosen.kind]: answer.value };
    const thing = chosen.kind === 'callback' ? (answer.value as CallBackDetail).callBack : (answer.value as unknown as Record<string, unknown>)[chosen.kind];
    this.put(chosen.kind, thing);
  }

  private applied(events: readonly StreamEvent[]): void {
    for (const event of events) {
      const kind = kindOf(event.type);
      const view = event.data.view as { id: string; version: number; callBackId?: string | null } | undefined;
      if (!kind || !view) continue;
      this.put(kind, view);
      // A call names its complaint as soon as that is there.
      this.stale ||= (this.chosen?.kind === kind && this.chosen.id === view.id) || (this.chosen?.kind === 'callback' && view.callBackId === this.chosen.id);
    }
    clearTimeout(this.again);
    this.again = setTimeout(() => {
      void this.measure();
      if (this.stale && !this.busy) void this.look();
    }, AGAIN);
  }

  private replaced(desk: DeskSnapshot | undefined): void {
    this.contact = put(new Map(), desk?.contacts ?? []);
    this.escalation = put(new Map(), desk?.escalations ?? []);
    this.callback = put(new Map(), desk?.callBacks ?? []);
    this.case = put(new Map(), desk?.cases ?? []);
    this.loaded = true;
    if (this.chosen) void this.look();
  }

  private put(kind: Kind, thing: unknown): void {
    if (kind === 'contact') this.contact = put(this.contact, [thing as Things['contact']]);
    else if (kind === 'escalation') this.escalation = put(this.escalation, [thing as Things['escalation']]);
    else if (kind === 'callback') this.callback = put(this.callback, [thing as Things['callback']]);
    else this.case = put(this.case, [thing as Things['case']]);
  }

  private async measure(): Promise<void> {
    const answer = await this.session.api.get<{ promises: AnswerPromise[] }>('/v1/contacts/promises');
    if (answer.ok) this.promises = answer.value.promises;
  }
}

export const app = new DeskState();
