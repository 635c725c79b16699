import type { Answer } from '../shared/api/client';
import { persistently } from '../shared/api/persistently';
import { soundJob, soundPoint, soundTechnician } from '../shared/api/sound';
import type { JobReply, JobView, PointView, Problem, Snapshot, StreamEvent, TechnicianView, Zone } from '../shared/api/types';
import { serverClock } from '../shared/clock.svelte';
import { zoneOfPoint } from '../shared/place.svelte';
import { SessionStore } from '../shared/session.svelte';
import type { StreamClient } from '../shared/stream/client';
import type { Shown } from '../shared/stream/core';
import { openStreams } from '../shared/stream/signalr';
import { readWaybill } from '../shared/waybill';
import { benchDay, byDue, nextStep, ofWaybill, riskOf, stage, type Risk, type Stage } from './bench';

const CHOSEN = 'dispatch.point';

/** What a scan came to: said at once, and for screen readers too. */
export type Scan = { readonly kind: 'received' | 'found'; readonly job: JobView } | { readonly kind: 'wrong' | 'unknown' | 'busy'; readonly text: string } | { readonly kind: 'refused'; readonly problem: Problem };

/** A service point at work: its devices through the stream of the point, the depot calls of its zone through the zone's. */
export class PointState {
  readonly session = new SessionStore('point', ['point', 'dispatcher', 'manager']);
  points = $state.raw<PointView[]>([]);
  zone = $state.raw<Zone | undefined>();
  point = $state.raw<PointView | undefined>();
  jobs = $state.raw<ReadonlyMap<string, JobView>>(new Map());
  technicians = $state.raw<ReadonlyMap<string, TechnicianView>>(new Map());
  problem = $state.raw<Problem | undefined>();
  loaded = $state(false);
  connection = $state<{ state: Shown; since: number }>({ state: 'reconnecting', since: Date.now() });

  chosen = $state<string | undefined>();
  filter = $state<Stage | 'here' | 'risk'>('here');
  search = $state('');
  scanned = $state.raw<Scan | undefined>();

  /** The minute is enough for what is late; the page does not think every second. */
  private readonly minute = $derived(Math.floor(serverClock.now / 60_000) * 60_000);
  today = $derived(this.point ? benchDay(this.point, zoneOfPoint(this.point), this.minute) : '');
  devices = $derived([...this.jobs.values()].filter((j) => stage(j) !== undefined).sort(byDue));
  risks = $derived(new Map(this.devices.flatMap((j): [string, Risk][] => {
    const risk = riskOf(j, this.today, this.minute);
    return risk ? [[j.id, risk]] : [];
  })));
  job = $derived(this.chosen === undefined ? undefined : this.jobs.get(this.chosen));
  /** Calls by the time of setting off, soonest first. */
  calls = $derived([...this.technicians.values()].filter((x) => x.depotCall).sort((a, b) => (a.depotCall?.departAt ?? '').localeCompare(b.depotCall?.departAt ?? '')));

  private streams: StreamClient | undefined;
  private stopClock = () => {};

  /** Whoever works at a point is that point; others choose one, and so does who was given the role without a point. */
  get choosing(): boolean {
    return this.session.current?.role !== 'point' || !this.session.current.subjectId.startsWith('point_');
  }

  async start(): Promise<void> {
    const { api } = this.session;
    this.stopClock = serverClock.run(api);
    const streams = openStreams(api, () => this.session.current?.accessToken, {
      apply: (_, events) => this.applied(events),
      replace: (stream, snapshot) => this.replaced(stream, snapshot),
      show: (state, since) => (this.connection = { state, since }),
    });
    this.streams = streams;
    streams.start();
    const gone = () => this.streams !== streams;
    const tell = (problem: Problem) => (this.problem = problem);
    if (this.choosing) {
      const answer = await persistently(() => api.get<{ items: PointView[] }>('/v1/points'), tell, gone);
      if (!answer) return;
      this.problem = answer.ok ? undefined : answer.problem;
      if (!answer.ok) return;
      this.points = answer.value.items.map(soundPoint);
      const wanted = new URLSearchParams(location.search).get('point') ?? localStorage.getItem(CHOSEN);
      const first = this.points.find((p) => p.id === wanted) ?? this.points[0];
      if (first) await this.open(first.id);
      else await this.callsOnly(gone);
    } else await this.open(this.session.current!.subjectId);
  }

  /** There is no point yet: what remains is who is to call at the depots. */
  private async callsOnly(gone: () => boolean): Promise<void> {
    const zones = await persistently(() => this.session.api.get<{ items: Zone[] }>('/v1/zones'), (problem) => (this.problem = problem), gone);
    if (zones?.ok) zones.value.items.forEach((zone) => this.streams?.follow(`zone/${zone.id}`));
    this.loaded = true;
  }

  stop(): void {
    this.stopClock();
    void this.streams?.stop();
    this.streams = undefined;
  }

  async open(id: string): Promise<void> {
    const { streams } = this;
    if (this.point) streams?.unfollow(`point/${this.point.id}`);
    if (this.zone) streams?.unfollow(`zone/${this.zone.id}`);
    [this.point, this.zone, this.jobs, this.technicians, this.chosen, this.scanned, this.loaded] = [undefined, undefined, new Map(), new Map(), undefined, undefined, false];
    const answer = await persistently(() => this.session.api.get<PointView>(`/v1/points/${id}`), (problem) => (this.problem = problem), () => this.streams !== streams);
    if (!answer) return;
    this.problem = answer.ok ? undefined : answer.problem;
    if (!answer.ok) return;
    if (this.choosing) localStorage.setItem(CHOSEN, id);
    this.point = soundPoint(answer.value);
    serverClock.place = zoneOfPoint(answer.value);
    streams?.follow(`point/${id}`);
    const zone = await persistently(() => this.session.api.get<Zone>(`/v1/zones/${answer.value.zone}`), () => {}, () => this.streams !== streams);
    if (!zone?.ok || this.point?.id !== id) return;
    this.zone = zone.value;
    streams?.follow(`zone/${zone.value.id}`);
  }

  choose(id: string | undefined): void {
    this.chosen = id;
    if (id && !this.jobs.has(id)) void this.refresh(id);
  }

  /** A waybill was scanned or typed: what is expected is received by that; anything else is opened at its next step. */
  async scan(text: string): Promise<void> {
    const reading = readWaybill(text);
    if (reading.kind === 'wrong') {
      this.scanned = { kind: 'wrong', text };
      return;
    }
    const code = reading.kind === 'waybill' ? reading.waybill : text.trim();
    this.scanned = { kind: 'busy', text: code };
    const job = ofWaybill(this.jobs.values(), code) ?? (await this.look(code));
    if (!job) return;
    this.choose(job.id);
    if (nextStep(job) !== 'receive') {
      this.scanned = { kind: 'found', job };
      return;
    }
    const answer = await this.step(job, 'receive', {});
    const now = this.jobs.get(job.id) ?? job;
    this.scanned = answer.ok ? { kind: 'received', job: now } : { kind: 'refused', problem: answer.problem };
  }

  /** Says what the repair of this device would cost; what is wrong with it, if anything. */
  quote(job: JobView, body: Record<string, unknown>): Promise<Problem | undefined> {
    return this.tell(job, 'quotes', body);
  }

  /** Writes down what the customer said to the quote of this number. */
  answerQuote(job: JobView, number: number, approved: boolean): Promise<Problem | undefined> {
    return this.tell(job, `quotes/${number}/answer`, { approved });
  }

  private async tell(job: JobView, verb: string, body: Record<string, unknown>): Promise<Problem | undefined> {
    const answer = await this.step(job, verb, body);
    return answer.ok ? undefined : answer.problem;
  }

  /** Read from the device: what the customer gave was mistyped, or nothing. */
  correctDevice(job: JobView, body: Record<string, string>): Promise<Problem | undefined> {
    return this.tell(job, 'device', body);
  }

  async step(job: JobView, verb: string, body: Record<string, unknown>): Promise<Answer<JobReply>> {
    this.scanned = undefined; // what the scan said is no longer the news
    const answer = await this.session.api.command<JobReply>(`/v1/jobs/${job.id}/${verb}`, body);
    if (answer.ok || answer.problem.status === 409 || answer.problem.status === 412) await this.refresh(job.id);
    return answer;
  }

  /** Not among the devices known here: perhaps on another point's bench, or over already. */
  private async look(code: string): Promise<JobView | undefined> {
    const answer = await this.session.api.get<{ items: JobView[] }>('/v1/jobs', { code, limit: 1 });
    const [job] = answer.ok ? answer.value.items : [];
    if (job) this.put([job]);
    else this.scanned = answer.ok ? { kind: 'unknown', text: code } : { kind: 'refused', problem: answer.problem };
    return job;
  }

  private async refresh(id: string): Promise<void> {
    const answer = await this.session.api.get<JobView>(`/v1/jobs/${id}`);
    if (answer.ok) this.put([answer.value]);
  }

  private applied(events: readonly StreamEvent[]): void {
    const views = (kind: string) => events.filter((e) => e.type.startsWith(`${kind}.`)).map((e) => e.data.view);
    this.put(views('job').filter((v) => this.isHere(v as JobView | undefined)) as (JobView | undefined)[]);
    this.putTechnicians(views('technician') as (TechnicianView | undefined)[]);
    for (const view of views('point') as (PointView | undefined)[]) this.putPoint(view);
  }

  private replaced(stream: string, snapshot: Snapshot): void {
    this.putTechnicians(snapshot.technicians);
    if (stream !== `point/${this.point?.id}`) return;
    const open = new Set(snapshot.jobs.map((j) => j.id));
    this.jobs = new Map([...this.jobs].filter(([id]) => open.has(id)));
    this.put(snapshot.jobs);
    snapshot.points?.forEach((p) => this.putPoint(p));
    this.loaded = true;
  }

  /** A zone's stream tells of every job there; only those booked at this point, or shown here already, are its business. */
  private isHere(view: JobView | undefined): boolean {
    return view !== undefined && (view.booking?.pointId === this.point?.id || this.jobs.has(view.id));
  }

  private put(views: readonly (JobView | undefined)[]): void {
    const all = new Map(this.jobs);
    for (const view of views) if (view && (all.get(view.id)?.version ?? -1) <= view.version) all.set(view.id, soundJob(view));
    this.jobs = all;
  }

  private putTechnicians(views: readonly (TechnicianView | undefined)[]): void {
    if (views.length === 0) return;
    const all = new Map(this.technicians);
    for (const view of views) if (view && (all.get(view.id)?.version ?? -1) <= view.version) all.set(view.id, soundTechnician(view));
    this.technicians = all;
  }

  private putPoint(view: PointView | undefined): void {
    if (view && view.id === this.point?.id && view.version >= this.point.version) this.point = soundPoint(view);
  }
}

export const app = new PointState();
