import type { Answer } from '../shared/api/client';
import { persistently } from '../shared/api/persistently';
import type { Catalogue, JobReply, JobView, LivePosition, Plan, PointView, Problem, Snapshot, StreamEvent, TechnicianView, Zone } from '../shared/api/types';
import { serverClock } from '../shared/clock.svelte';
import { SessionStore } from '../shared/session.svelte';
import type { StreamClient } from '../shared/stream/client';
import type { Shown } from '../shared/stream/core';
import { openStreams } from '../shared/stream/signalr';
import { figures, ZoneModel, type Filter } from './model';

const REDRAW = 150;
const REPLAN = 2500;
/** Most ended jobs that are loaded; a busy day has more, and the figure then says so. */
const ENDED = 1000;

export type Selection = { kind: 'job' | 'technician' | 'point'; id: string } | undefined;

/** State of the dispatcher's page: one zone, or all of them at once, each followed through its stream. */
export class ConsoleState {
  readonly session = new SessionStore('console', ['dispatcher', 'manager']);
  readonly model = new ZoneModel();

  zones = $state.raw<Zone[]>([]);
  /** The zones on the page: one, or all. */
  open = $state.raw<Zone[]>([]);
  catalogue = $state.raw<Catalogue | undefined>();
  /** Open zones whose shape is probably not meant. */
  readonly oddZones = $derived(this.open.filter((zone) => (zone.warnings?.length ?? 0) > 0));
  /** The newest tentative plan of each open zone. */
  private plans = $state.raw<Readonly<Record<string, Plan>>>({});
  problem = $state.raw<Problem | undefined>();
  loading = $state(true);
  /** There are more ended jobs than were loaded. */
  moreEnded = $state(false);
  connection = $state<{ state: Shown; since: number }>({ state: 'reconnecting', since: Date.now() });
  /** Zones whose positions the server refuses to send for the part of the map in sight, each with the code. */
  private unseen = $state.raw<ReadonlyMap<string, string>>(new Map());
  /** Why positions are missing from the map; undefined while all are sent. */
  blind = $derived([...this.unseen.values()][0]);
  /** Raised, a few times a second at most, when jobs or technicians changed; whatever reads the model reads this too. */
  revision = $state(0);

  selection = $state<Selection>();
  hovered = $state<string | undefined>();
  filter = $state<Filter>('open');
  /** Only jobs of this mode; all where there is none. */
  mode = $state<'doorToDoor' | 'mailIn' | undefined>();
  search = $state('');
  tab = $state<'jobs' | 'technicians' | 'points'>('jobs');
  view = $state<'map' | 'list' | 'day'>('map');

  /** The open zones' plans as one; nobody is planned by two. */
  plan = $derived.by((): Plan | undefined => {
    const all = Object.values(this.plans);
    return all.length === 0 ? undefined : { ...all[0]!, routes: all.flatMap((p) => p.routes), unplaced: all.flatMap((p) => p.unplaced) };
  });

  jobs = $derived.by(() => (void this.revision, [...this.model.jobs.values()]));
  technicians = $derived.by(() => (void this.revision, [...this.model.technicians.values()].sort((a, b) => Number(b.onDuty) - Number(a.onDuty) || a.name.localeCompare(b.name))));
  points = $derived.by(() => (void this.revision, [...this.model.points.values()].sort((a, b) => a.name.localeCompare(b.name))));
  /** Who the tentative plan would send, and when; for jobs nobody holds yet. */
  planned = $derived(new Map((this.plan?.routes ?? []).flatMap((r) => r.stops.flatMap((s) => (s.jobId ? [[s.jobId, { technicianId: r.technicianId, arriveAt: s.startAt ?? s.arriveAt }] as const] : [])))));
  figures = $derived.by(() => (void this.revision, figures(this.model, serverClock.zone, Math.floor(serverClock.now / 60_000) * 60_000)));

  /** The map listens here: positions never go through the page's reactive state. */
  onPositions: (positions: readonly LivePosition[]) => void = () => {};
  private latest = new Map<string, LivePosition>();
  private streams: StreamClient | undefined;
  private stopClock = () => {};
  private redraw: ReturnType<typeof setTimeout> | undefined;
  private replan = new Map<string, ReturnType<typeof setTimeout>>();

  async start(): Promise<void> {
    this.stopClock = serverClock.run(this.session.api);
    const streams = openStreams(this.session.api, () => this.session.current?.accessToken, {
      apply: (stream, events) => this.applied(stream, events),
      replace: (stream, snapshot) => this.replaced(stream, snapshot),
      show: (state, since) => (this.connection = { state, since }),
      positions: (_, positions) => this.moved(positions),
      view: (zone, refused) => this.viewed(zone, refused),
    });
    this.streams = streams;
    streams.start();
    const tell = (problem: Problem) => (this.problem = problem);
    const gone = () => this.streams !== streams;
    void persistently(() => this.session.api.get<Catalogue>('/v1/catalogue'), tell, gone).then((a) => a?.ok && (this.catalogue = a.value));
    const zones = await persistently(() => this.session.api.get<{ items: Zone[] }>('/v1/zones'), tell, gone);
    if (!zones) return;
    if (!zones.ok) {
      this.problem = zones.problem;
      this.loading = false;
      return;
    }
    this.problem = undefined;
    this.zones = zones.value.items;
    const wanted = new URLSearchParams(location.search).get('zone');
    const one = this.zones.find((z) => z.id === wanted);
    if (this.zones.length > 0) this.show(one ? [one] : this.zones);
    else this.loading = false;
  }

  stop(): void {
    this.stopClock();
    clearTimeout(this.redraw);
    for (const timer of this.replan.values()) clearTimeout(timer);
    this.replan.clear();
    void this.streams?.stop();
    this.streams = undefined;
  }

  show(zones: Zone[]): void {
    for (const zone of this.open) this.streams?.unfollow(`zone/${zone.id}`);
    this.model.jobs.clear();
    this.model.technicians.clear();
    this.model.points.clear();
    this.latest.clear();
    this.unseen = new Map();
    this.plans = {};
    this.moreEnded = false;
    this.selection = undefined;
    this.loading = true;
    this.open = zones;
    for (const zone of zones) this.streams?.follow(`zone/${zone.id}`);
    this.touch();
  }

  setView(west: number, south: number, east: number, north: number): void {
    for (const zone of this.open) this.streams?.setView(zone.id, west, south, east, north);
  }

  /** What is known of all positions now; for a map that has just been opened. */
  positions(): LivePosition[] {
    const known = new Map<string, LivePosition>();
    for (const t of this.model.technicians.values()) {
      const place = t.place ?? t.home;
      known.set(t.id, { technicianId: t.id, lon: place.lon, lat: place.lat, at: t.placeAt ?? '1970-01-01T00:00:00Z' });
    }
    for (const [id, position] of this.latest) if (!known.has(id) || Date.parse(known.get(id)!.at) <= Date.parse(position.at)) known.set(id, position);
    return [...known.values()];
  }

  /** When a technician's phone was last heard of. */
  seenAt(id: string): string | undefined {
    return this.latest.get(id)?.at;
  }

  job(id: string | null | undefined): JobView | undefined {
    return id ? this.model.jobs.get(id) : undefined;
  }

  technician(id: string | null | undefined): TechnicianView | undefined {
    return id ? this.model.technicians.get(id) : undefined;
  }

  point(id: string | null | undefined): PointView | undefined {
    return id ? this.model.points.get(id) : undefined;
  }

  /** Of a technician or a service point. */
  name(id: string | null | undefined): string {
    return (id && (this.model.technicians.get(id)?.name ?? this.model.points.get(id)?.name)) || id || '';
  }

  /** Who has the job: a technician, or the service point it is booked at. */
  holder(job: JobView): string {
    return this.name(job.technicianId ?? job.booking?.pointId);
  }

  select(kind: 'job' | 'technician' | 'point', id: string): void {
    this.selection = { kind, id };
    this.tab = kind === 'job' ? 'jobs' : kind === 'technician' ? 'technicians' : 'points';
    if (kind === 'job' && !this.model.jobs.has(id)) void this.refresh(id);
  }

  /** A command on a job; what it changed is on the page when the promise is done, even before the stream brings it. */
  async command(jobId: string, verb: string, body: unknown): Promise<Answer<JobReply>> {
    const answer = await this.session.api.command<JobReply>(`/v1/jobs/${jobId}/${verb}`, body);
    if (answer.ok || answer.problem.status === 409 || answer.problem.status === 412) await this.refresh(jobId);
    return answer;
  }

  private async refresh(jobId: string): Promise<void> {
    const answer = await this.session.api.get<JobView>(`/v1/jobs/${jobId}`);
    if (answer.ok && this.model.putJob(answer.value)) this.touch();
  }

  private applied(stream: string, events: readonly StreamEvent[]): void {
    const zone = this.zoneOf(stream);
    if (!zone) return;
    if (this.model.apply(events)) this.touch();
    this.askPlan(zone.id);
  }

  private replaced(stream: string, snapshot: Snapshot): void {
    const zone = this.zoneOf(stream);
    if (!zone) return;
    this.model.replace(zone.id, snapshot);
    this.loading = false;
    this.moved(snapshot.positions);
    this.moved(this.positions());
    this.touch();
    this.askPlan(zone.id);
    void this.loadEnded(zone.id);
  }

  private zoneOf(stream: string): Zone | undefined {
    return this.open.find((z) => stream === `zone/${z.id}`);
  }

  private isOpen(zone: string): boolean {
    return this.open.some((z) => z.id === zone);
  }

  /** Snapshots leave out what has ended; the lists and figures of the day want it. */
  private async loadEnded(zone: string): Promise<void> {
    const answer = await this.session.api.get<{ items: JobView[]; next?: string | null }>('/v1/jobs', { zone, status: 'closed,cancelled', limit: ENDED });
    if (!answer.ok || !this.isOpen(zone)) return;
    answer.value.items.forEach((job) => this.model.putJob(job));
    this.moreEnded ||= !!answer.value.next;
    this.touch();
  }

  private moved(positions: readonly LivePosition[]): void {
    for (const p of positions) {
      const known = this.latest.get(p.technicianId);
      if (!known || Date.parse(p.at) > Date.parse(known.at)) this.latest.set(p.technicianId, p);
    }
    this.onPositions(positions);
  }

  private viewed(zone: string, refused: string | undefined): void {
    if (this.unseen.get(zone) === refused) return;
    const unseen = new Map(this.unseen);
    if (refused === undefined) unseen.delete(zone);
    else unseen.set(zone, refused);
    this.unseen = unseen;
  }

  private touch(): void {
    this.redraw ??= setTimeout(() => {
      this.redraw = undefined;
      this.revision++;
    }, REDRAW);
  }

  /** A zone's plan follows its events, never faster than it can be fetched. */
  private askPlan(zone: string): void {
    if (this.replan.has(zone)) return;
    this.replan.set(zone, setTimeout(() => void this.fetchPlan(zone), this.plans[zone] ? REPLAN : 0));
  }

  private async fetchPlan(zone: string): Promise<void> {
    const answer = await this.session.api.get<Plan>(`/v1/zones/${zone}/plan`);
    this.replan.delete(zone);
    if (answer.ok && this.isOpen(zone)) this.plans = { ...this.plans, [zone]: answer.value };
  }
}

export const app = new ConsoleState();
