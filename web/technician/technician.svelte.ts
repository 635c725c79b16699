import { newKey, type Answer } from '../shared/api/client';
import { soundJob, soundTechnician } from '../shared/api/sound';
import type { Contact, JobReply, JobView, Problem, Snapshot, StreamEvent, TechnicianView, Zone } from '../shared/api/types';
import { serverClock } from '../shared/clock.svelte';
import { dayOf } from '../shared/i18n/zone';
import { SessionStore } from '../shared/session.svelte';
import type { StreamClient } from '../shared/stream/client';
import type { Shown } from '../shared/stream/core';
import { openStreams } from '../shared/stream/signalr';
import { forget, recall, remember } from './memory';
import { PositionSender, type Permission, type PositionsTaken } from './positions';
import { expectedStatus, localShelf, OperationQueue, type Operation, type Verb } from './queue';

const RETRY = 5000;
const SAVE = 300;
const finished = (job: JobView) => job.status === 'closed' || job.status === 'cancelled';

/** State of one technician's phone: their own stream, their jobs, and what still waits to be sent. */
export class TechnicianState {
  readonly session = new SessionStore('technician', ['technician']);
  me = $state.raw<TechnicianView | undefined>();
  jobs = $state.raw<ReadonlyMap<string, JobView>>(new Map());
  operations = $state.raw<readonly Operation[]>([]);
  connection = $state<{ state: Shown; since: number }>({ state: 'reconnecting', since: Date.now() });
  permission = $state<Permission>('unknown');
  /** Why this phone's newest position is shown to nobody. */
  hidden = $state.raw<Pick<Problem, 'status' | 'code' | 'facts'> | undefined>();
  contacts = $state.raw<ReadonlyMap<string, Contact>>(new Map());

  /** Offers to this technician that have not run out, soonest to end first. */
  offers = $derived(
    [...this.jobs.values()]
      .filter((j) => j.status === 'offered' && (j.candidates ?? []).includes(this.id) && expectedStatus(j, this.operations).status === 'offered' && !this.operations.some((o) => o.jobId === j.id && o.verb === 'decline' && o.state === 'waiting'))
      .filter((j) => !j.offerExpiresAt || Date.parse(j.offerExpiresAt) > serverClock.now)
      .sort((a, b) => (a.offerExpiresAt ?? '').localeCompare(b.offerExpiresAt ?? '')),
  );
  /** Jobs held, in the order of the visits; an accepted offer that still waits to be sent counts. */
  route = $derived(
    [...this.jobs.values()]
      .filter((j) => !finished(j) && (j.technicianId === this.id || this.operations.some((o) => o.jobId === j.id && o.verb === 'accept' && o.state === 'waiting')))
      .sort((a, b) => this.rank(a) - this.rank(b) || (a.visit?.arriveAt ?? '').localeCompare(b.visit?.arriveAt ?? '')),
  );
  done = $derived([...this.jobs.values()].filter((j) => j.technicianId === this.id && j.status === 'closed' && dayOf(serverClock.zone, j.updatedAt) === dayOf(serverClock.zone, serverClock.now)));
  refused = $derived(this.operations.filter((o) => o.state === 'refused'));
  waiting = $derived(this.operations.filter((o) => o.state === 'waiting'));
  onDuty = $derived(this.operations.findLast((o) => o.verb === 'duty' && o.state === 'waiting')?.body['onDuty'] === undefined ? (this.me?.onDuty ?? false) : this.operations.findLast((o) => o.verb === 'duty' && o.state === 'waiting')?.body['onDuty'] === true);

  private streams: StreamClient | undefined;
  private queue: OperationQueue | undefined;
  private positions: PositionSender | undefined;
  private stops: (() => void)[] = [];
  private saving: ReturnType<typeof setTimeout> | undefined;

  get id(): string {
    return this.session.current?.subjectId ?? '';
  }

  start(): void {
    const { api } = this.session;
    const known = recall(this.id);
    this.putMe(known.me);
    this.put(known.jobs);
    this.contacts = new Map(Object.entries(known.contacts));
    this.queue = new OperationQueue(localShelf(this.id), (o) => api.command<JobReply>(o.path, o.body, o.key), {
      changed: (list) => (this.operations = list),
      done: (o) => void this.refresh(o),
      refused: (o) => void this.refresh(o),
    });
    this.operations = this.queue.operations;
    this.positions = new PositionSender(
      (positions) => api.command<PositionsTaken | undefined>(`/v1/technicians/${this.id}/positions`, { positions }),
      (permission) => (this.permission = permission),
      (device) => serverClock.readDevice(device),
      (problem) => (this.hidden = problem),
    );
    this.streams = openStreams(api, () => this.session.current?.accessToken, {
      apply: (_, events) => this.applied(events),
      replace: (_, snapshot) => this.replaced(snapshot),
      show: (state, since) => {
        this.connection = { state, since };
        if (state === 'live' || state === 'catchingUp') void this.queue?.flush();
        if (state === 'live') void this.loadJobs();
      },
    });
    this.streams.start();
    this.streams.follow(`technician/${this.id}`);
    const retry = setInterval(() => this.waiting.length > 0 && void this.queue?.flush(), RETRY);
    const online = () => void this.queue?.flush();
    addEventListener('online', online);
    this.stops = [serverClock.run(api), () => clearInterval(retry), () => removeEventListener('online', online), () => this.positions?.stop()];
    void this.queue.flush();
  }

  /** Signing out takes what the phone knew with it; what still waits to be sent stays for the next sign-in. */
  signOut(): void {
    clearTimeout(this.saving);
    this.saving = undefined;
    forget(this.id);
    this.session.end();
  }

  stop(): void {
    clearTimeout(this.saving);
    this.me = undefined;
    this.jobs = new Map();
    this.contacts = new Map();
    this.stops.forEach((stop) => stop());
    void this.streams?.stop();
  }

  /** Positions go out only on duty, and only if the person let them. */
  watchPositions(on: boolean): void {
    if (on) this.positions?.start();
    else this.positions?.stop();
  }

  expected(job: JobView): { status: JobView['status']; pending: boolean } {
    return expectedStatus(job, this.operations);
  }

  /** A step of a job; kept and sent as soon as the server can be reached. */
  step(job: JobView, verb: Verb, body: Record<string, unknown> = {}): void {
    const at = new Date(serverClock.read()).toISOString();
    const timed = verb !== 'accept' && verb !== 'decline';
    void this.queue?.add({ key: newKey(), verb, path: `/v1/jobs/${job.id}/${verb}`, body: { epoch: job.epoch, ...(timed && { occurredAt: at }), ...body }, jobId: job.id, epoch: job.epoch, at });
  }

  /** Says what the repair would cost. Not kept for later: a customer waits beside it, and a price is for now. */
  quote(job: JobView, body: Record<string, unknown>): Promise<Problem | undefined> {
    return this.tell(job, 'quotes', { epoch: job.epoch, ...body });
  }

  /** Writes down what the customer said to the quote of this number. */
  answerQuote(job: JobView, number: number, approved: boolean): Promise<Problem | undefined> {
    return this.tell(job, `quotes/${number}/answer`, { approved });
  }

  /** Read from the device: what the customer gave was mistyped, or nothing. Not kept for later, like a quote: what is wrong with the number is to be seen at once. */
  correctDevice(job: JobView, body: Record<string, string>): Promise<Problem | undefined> {
    return this.tell(job, 'device', body);
  }

  private async tell(job: JobView, verb: string, body: Record<string, unknown>): Promise<Problem | undefined> {
    const answer = await this.session.api.command<JobReply>(`/v1/jobs/${job.id}/${verb}`, body);
    const now = await this.session.api.get<JobView>(`/v1/jobs/${job.id}`);
    if (now.ok) this.put([now.value]);
    return answer.ok ? undefined : answer.problem;
  }

  duty(onDuty: boolean): void {
    void this.queue?.add({ key: newKey(), verb: 'duty', path: `/v1/technicians/${this.id}/duty`, body: { onDuty }, at: new Date(serverClock.read()).toISOString() });
  }

  depot(number: number, step: 'depart' | 'complete'): void {
    const at = new Date(serverClock.read()).toISOString();
    void this.queue?.add({ key: newKey(), verb: step === 'depart' ? 'depotDepart' : 'depotComplete', path: `/v1/technicians/${this.id}/depot-call/${number}/${step}`, body: { occurredAt: at }, at });
  }

  dismiss(key: string): void {
    this.queue?.dismiss(key);
  }

  retry(): void {
    void this.queue?.flush();
    this.streams?.hurry();
  }

  async loadContact(jobId: string): Promise<Answer<Contact> | undefined> {
    if (this.contacts.has(jobId)) return undefined;
    const answer = await this.session.api.get<Contact>(`/v1/jobs/${jobId}/contact`);
    if (answer.ok) {
      this.contacts = new Map(this.contacts).set(jobId, answer.value);
      this.save();
    }
    return answer;
  }

  async zone(): Promise<Zone | undefined> {
    if (!this.me) return undefined;
    const answer = await this.session.api.get<Zone>(`/v1/zones/${this.me.zone}`);
    return answer.ok ? answer.value : undefined;
  }

  /** What is under way comes before what is next. */
  private rank(job: JobView): number {
    const { status } = this.expected(job);
    return status === 'arrived' || status === 'repaired' || status === 'signed' ? 0 : status === 'enRoute' ? 1 : 2;
  }

  private async loadJobs(): Promise<void> {
    const answer = await this.session.api.get<{ items: JobView[] }>('/v1/jobs', { technicianId: this.id, limit: 200 });
    if (answer.ok) this.put(answer.value.items);
  }

  private async refresh(operation: Operation): Promise<void> {
    if (operation.jobId) {
      const answer = await this.session.api.get<JobView>(`/v1/jobs/${operation.jobId}`);
      if (answer.ok) this.put([answer.value]);
      else if (answer.problem.status === 403 || answer.problem.status === 404) this.drop(operation.jobId);
    }
    if (operation.jobId === undefined) {
      const answer = await this.session.api.get<TechnicianView>(`/v1/technicians/${this.id}`);
      if (answer.ok) this.putMe(answer.value);
    }
  }

  private applied(events: readonly StreamEvent[]): void {
    for (const event of events) {
      const view = event.data.view as JobView | TechnicianView | undefined;
      if (event.type.startsWith('technician.')) this.putMe(view as TechnicianView | undefined);
      else if (view) this.put([view as JobView]);
    }
  }

  private replaced(snapshot: Snapshot): void {
    this.putMe(snapshot.technicians.find((x) => x.id === this.id));
    // What the phone remembered and neither the snapshot nor a commitment knows has gone to somebody else meanwhile.
    const current = new Set([...snapshot.jobs.map((j) => j.id), ...(this.me?.commitments.map((c) => c.jobId) ?? [])]);
    this.jobs = new Map([...this.jobs].filter(([id, job]) => current.has(id) || finished(job)));
    this.put(snapshot.jobs);
  }

  private putMe(view: TechnicianView | undefined): void {
    if (!view || (this.me && view.version < this.me.version)) return;
    this.me = soundTechnician(view);
    this.save();
  }

  private put(views: readonly JobView[]): void {
    const jobs = new Map(this.jobs);
    for (const view of views) if ((jobs.get(view.id)?.version ?? -1) <= view.version) jobs.set(view.id, soundJob(view));
    this.jobs = jobs;
    this.save();
  }

  private drop(jobId: string): void {
    const jobs = new Map(this.jobs);
    jobs.delete(jobId);
    this.jobs = jobs;
    this.save();
  }

  private save(): void {
    this.saving ??= setTimeout(() => {
      this.saving = undefined;
      remember(this.id, { me: this.me, jobs: [...this.jobs.values()], contacts: Object.fromEntries(this.contacts) });
    }, SAVE);
  }
}

export const app = new TechnicianState();
