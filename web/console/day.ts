import type { JobView, Plan, TechnicianView } from '../shared/api/types';
import { lookOf, type Look } from '../shared/ui/glyphs';

export interface Block {
  readonly key: string;
  readonly kind: 'job' | 'depot' | 'travel';
  readonly jobId: string | undefined;
  /** Only planned so far: may still move or go to another. */
  readonly tentative: boolean;
  readonly look: Look;
  readonly from: number;
  readonly to: number;
}

/**
 * A technician's day as blocks of time (milliseconds): visits they hold, then what the plan would add, with the travel before each.
 */
export function dayOf(technician: TechnicianView, jobs: ReadonlyMap<string, JobView>, plan: Plan | undefined): Block[] {
  const blocks: Block[] = [];
  const held = new Set<string>();
  const put = (key: string, kind: 'job' | 'depot', jobId: string | undefined, tentative: boolean, visit: { departAt?: string | undefined; arriveAt?: string | undefined; startAt?: string | undefined; finishAt?: string | undefined }) => {
    const arrive = Date.parse(visit.arriveAt ?? '');
    const finish = Date.parse(visit.finishAt ?? '');
    if (Number.isNaN(arrive) || Number.isNaN(finish)) return;
    const job = jobId === undefined ? undefined : jobs.get(jobId);
    const depart = Date.parse(visit.departAt ?? '');
    if (depart < arrive) blocks.push({ key: `${key}:travel`, kind: 'travel', jobId, tentative, look: 'enRoute', from: depart, to: arrive });
    blocks.push({ key, kind, jobId, tentative, look: job ? lookOf(job) : 'queued', from: arrive, to: Math.max(arrive, finish) });
  };
  for (const c of technician.commitments) {
    held.add(c.jobId);
    const visit = c.visit ?? jobs.get(c.jobId)?.visit;
    if (visit) put(c.jobId, 'job', c.jobId, false, visit);
  }
  for (const job of jobs.values()) if (job.technicianId === technician.id && !held.has(job.id) && job.visit && job.status !== 'cancelled') {
    held.add(job.id);
    put(job.id, 'job', job.id, false, job.visit);
  }
  for (const stop of plan?.routes.find((r) => r.technicianId === technician.id)?.stops ?? []) {
    if (stop.kind === 'depot') put(`depot:${stop.arriveAt}`, 'depot', undefined, true, stop);
    else if (stop.jobId && !held.has(stop.jobId)) put(stop.jobId, 'job', stop.jobId, true, stop);
  }
  return blocks.sort((a, b) => a.from - b.from);
}

const HOUR = 3_600_000;
const LONGEST = 14 * HOUR;

/** The part of a shift worth showing at `now`: all of it, or of one longer than a day's work the twelve hours around now. */
export function shownShift(technician: TechnicianView, now: number): { from: number; to: number } {
  const shift = { from: Date.parse(technician.shift.from), to: Date.parse(technician.shift.to) };
  if (shift.to - shift.from <= LONGEST) return shift;
  const from = Math.max(shift.from, Math.floor(now / HOUR) * HOUR - 3 * HOUR);
  return { from, to: Math.min(shift.to, from + 12 * HOUR) };
}

/** Share of a span (0–1) at which a time lies; outside is cut. */
export const within = (span: { from: number; to: number }, at: number): number => (span.to > span.from ? Math.min(1, Math.max(0, (at - span.from) / (span.to - span.from))) : 0);
