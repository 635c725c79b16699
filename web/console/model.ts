import { soundJob, soundPoint, soundTechnician } from '../shared/api/sound';
import type { JobStatus, JobView, Mode, PointView, Snapshot, StreamEvent, TechnicianView } from '../shared/api/types';
import { dayOf, momentOf, type PlaceZone } from '../shared/i18n/zone';
import { isAtCounter, isVisit } from '../shared/modes';

/** Jobs, technicians and service points of the open zones as their streams tell them. Every change may come twice or late: the higher version wins. */
export class ZoneModel {
  readonly jobs = new Map<string, JobView>();
  readonly technicians = new Map<string, TechnicianView>();
  readonly points = new Map<string, PointView>();

  /** Returns whether anything shown changed. */
  apply(events: readonly StreamEvent[]): boolean {
    let changed = false;
    for (const event of events) {
      if (event.type.startsWith('job.')) changed = this.applyJob(event) || changed;
      else if (event.type.startsWith('technician.')) changed = this.putTechnician(event.data.view as TechnicianView | undefined) || changed;
      else if (event.type.startsWith('point.')) changed = this.putPoint(event.data.view as PointView | undefined) || changed;
    }
    return changed;
  }

  /** State of a zone's snapshot. What is finished may be left out of it and is kept; anything else of that zone that is missing is gone. */
  replace(zone: string, snapshot: Snapshot): void {
    const jobs = new Set(snapshot.jobs.map((j) => j.id));
    for (const [id, job] of this.jobs) if (job.zone === zone && !jobs.has(id) && isOpen(job)) this.jobs.delete(id);
    const technicians = new Set(snapshot.technicians.map((t) => t.id));
    for (const [id, technician] of this.technicians) if (technician.zone === zone && !technicians.has(id)) this.technicians.delete(id);
    snapshot.jobs.forEach((job) => this.putJob(job));
    snapshot.technicians.forEach((technician) => this.putTechnician(technician));
    snapshot.points?.forEach((point) => this.putPoint(point));
  }

  putJob(view: JobView | undefined): boolean {
    if (!view?.id) return false;
    const shown = this.jobs.get(view.id);
    if (shown && view.version < shown.version) return false;
    this.jobs.set(view.id, soundJob(view));
    return true;
  }

  putTechnician(view: TechnicianView | undefined): boolean {
    if (!view?.id) return false;
    const shown = this.technicians.get(view.id);
    if (shown && view.version < shown.version) return false;
    this.technicians.set(view.id, soundTechnician(view));
    return true;
  }

  putPoint(view: PointView | undefined): boolean {
    if (!view?.id) return false;
    const shown = this.points.get(view.id);
    if (shown && view.version < shown.version) return false;
    this.points.set(view.id, soundPoint(view));
    return true;
  }

  private applyJob({ data, at }: StreamEvent): boolean {
    if (data.view) return this.putJob(data.view as JobView);
    const shown = data.jobId ? this.jobs.get(data.jobId) : undefined;
    if (!shown || data.version === undefined || data.version < shown.version) return false;
    this.jobs.set(shown.id, { ...shown, status: (data.status as JobStatus | undefined) ?? shown.status, epoch: data.epoch ?? shown.epoch, version: data.version, updatedAt: at });
    return true;
  }
}

export const isOpen = (job: { status: JobStatus }): boolean => job.status !== 'closed' && job.status !== 'cancelled';
/** Its place is a service point, however the device gets there; otherwise somebody visits. */
export const isOfPoint = (job: { mode?: Mode }): boolean => job.mode !== undefined && !isVisit(job.mode);
const atPoint: readonly JobStatus[] = ['received', 'inspected', 'onBench', 'repaired', 'checked', 'packed'];
/** The device lies at its service point. */
export const isAtPoint = (job: { mode?: Mode; status: JobStatus }): boolean => isOfPoint(job) && atPoint.includes(job.status);
/** A technician is at the customer's door. */
export const isOnSite = (job: { mode?: Mode; status: JobStatus }): boolean => !isOfPoint(job) && (job.status === 'arrived' || job.status === 'repaired' || job.status === 'signed');
export const isWaiting = (job: { status: JobStatus }): boolean => job.status === 'requested' || job.status === 'queued';
export const isUnplaced = (job: JobView): boolean => isWaiting(job) && (job.unplaced?.length ?? 0) > 0;

export interface Figures {
  open: number;
  unplaced: number;
  offered: number;
  enRoute: number;
  onSite: number;
  atPoint: number;
  closedToday: number;
  onDuty: number;
}

/** Figures of the strip. "Today" is the calendar day at `now` (milliseconds of the server's clock) by the wall clock of that zone. */
export function figures(model: ZoneModel, zone: PlaceZone, now: number): Figures {
  const midnight = momentOf(zone, dayOf(zone, now), 0);
  const f: Figures = { open: 0, unplaced: 0, offered: 0, enRoute: 0, onSite: 0, atPoint: 0, closedToday: 0, onDuty: 0 };
  for (const job of model.jobs.values()) {
    if (isOpen(job)) f.open++;
    if (isUnplaced(job)) f.unplaced++;
    if (job.status === 'offered') f.offered++;
    if (job.status === 'enRoute') f.enRoute++;
    if (isOnSite(job)) f.onSite++;
    if (isAtPoint(job)) f.atPoint++;
    if (job.status === 'closed' && Date.parse(job.updatedAt) >= midnight) f.closedToday++;
  }
  for (const technician of model.technicians.values()) if (technician.onDuty) f.onDuty++;
  return f;
}

export type Filter = 'open' | 'waiting' | 'unplaced' | 'offered' | 'accepted' | 'enRoute' | 'onSite' | 'parcel' | 'atPoint' | 'closed' | 'cancelled' | 'all';
export const filters: readonly Filter[] = ['open', 'unplaced', 'waiting', 'offered', 'accepted', 'enRoute', 'onSite', 'parcel', 'atPoint', 'closed', 'cancelled', 'all'];

const rules: Record<Filter, (job: JobView) => boolean> = {
  all: () => true,
  open: isOpen,
  waiting: isWaiting,
  unplaced: isUnplaced,
  offered: (j) => j.status === 'offered',
  accepted: (j) => j.status === 'accepted',
  enRoute: (j) => j.status === 'enRoute',
  onSite: isOnSite,
  parcel: (j) => !isAtCounter(j.mode) && (j.status === 'booked' || j.status === 'inTransit' || j.status === 'shipped' || j.status === 'delivered'),
  atPoint: isAtPoint,
  closed: (j) => j.status === 'closed',
  cancelled: (j) => j.status === 'cancelled',
};

/** `mode`: visits, or everything at a service point. */
export const passes = (job: JobView, filter: Filter, mode?: 'doorToDoor' | 'mailIn'): boolean => rules[filter](job) && (mode === undefined || (mode === 'mailIn') === isOfPoint(job));

/** Words of a search must all occur in what is known of the job. `more` brings words of the reader's language. */
export function matches(job: JobView, query: string, more: string): boolean {
  if (query === '') return true;
  const text = `${job.id} ${job.category} ${job.device?.brand ?? ''} ${job.device?.model ?? ''} ${job.symptom ?? ''} ${more}`.toLowerCase();
  return query.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}

/** What needs a person first: unplaced, then urgent, then the window that closes first; what is finished by last change. */
export function byNeed(a: JobView, b: JobView): number {
  const open = Number(isOpen(b)) - Number(isOpen(a));
  if (open !== 0) return open;
  if (!isOpen(a)) return b.updatedAt < a.updatedAt ? -1 : b.updatedAt > a.updatedAt ? 1 : a.id < b.id ? -1 : 1;
  const unplaced = Number(isUnplaced(b)) - Number(isUnplaced(a));
  if (unplaced !== 0) return unplaced;
  const urgent = Number(b.severity === 'urgent') - Number(a.severity === 'urgent');
  if (urgent !== 0) return urgent;
  const end = Date.parse(deadline(a)) - Date.parse(deadline(b));
  return end !== 0 ? end : a.id < b.id ? -1 : 1;
}

/** What was promised, else the end of the last window offered, else the time of the request. */
export const deadline = (job: JobView): string => job.booking?.promisedAt ?? job.windows[job.windows.length - 1]?.to ?? job.requestedAt;

/** Whether the time agreed on is over and the work (or the device's return) is not done. */
export const isOverdue = (job: JobView, now: number): boolean =>
  isOpen(job) && (isOfPoint(job) ? job.booking != null && job.status !== 'delivered' && !(isAtCounter(job.mode) && job.status === 'booked') : !isOnSite(job)) && Date.parse(deadline(job)) < now;

/** Whether the customer may still expect the technician in the interval they were told; an interval that is over says nothing any more. */
export const expected = (job: JobView, now: number): boolean => job.arrival != null && Date.parse(job.arrival.to) > now;

export type Doing = 'off' | 'free' | 'enRoute' | 'working';

/** What a technician is doing, by the jobs they hold. */
export function doing(technician: TechnicianView, jobs: ReadonlyMap<string, JobView>): Doing {
  if (!technician.onDuty) return 'off';
  let result: Doing = 'free';
  for (const { jobId, status: held } of technician.commitments) {
    const status = jobs.get(jobId)?.status;
    if (held === 'onSite' || status === 'arrived' || status === 'repaired' || status === 'signed') return 'working';
    if (held === 'enRoute' || status === 'enRoute') result = 'enRoute';
  }
  return technician.depotCall?.status === 'underWay' && result === 'free' ? 'enRoute' : result;
}

/** Jobs a technician has said yes to. */
export const held = (technician: TechnicianView): number => technician.commitments.filter((c) => c.status !== 'reserved').length;
