import type { Explanation, JobView, PointView } from '../shared/api/types';
import { metresBetween } from '../shared/i18n/format';
import { isAtPoint, isOfPoint, isOpen } from './model';

/** Jobs booked at a point that are not over, wherever the device is. */
export const bookedAt = (pointId: string, jobs: readonly JobView[]): JobView[] => jobs.filter((j) => isOfPoint(j) && isOpen(j) && j.booking?.pointId === pointId);

/** Devices that lie at a point. */
export const devicesAt = (pointId: string, jobs: readonly JobView[]): JobView[] => bookedAt(pointId, jobs).filter(isAtPoint);

export interface PointCandidate {
  readonly point: PointView;
  /** Straight line from the customer. */
  readonly metres: number;
  /** Why the planner will not have it, where it said so. */
  readonly code: string | undefined;
  readonly facts: Record<string, unknown> | undefined;
  /** What the job needs and the point plainly has not, where the planner has not spoken: a code of its reasons. */
  readonly lacks: string | undefined;
  readonly costDifference: number | undefined;
}

/** Points a dispatcher might book by hand, likeliest first: able ones, then the cheapest by the planner's word, then the nearest. */
export function pointCandidates(job: JobView, points: readonly PointView[], explanation?: Explanation): PointCandidate[] {
  const said = new Map(explanation?.alternatives.map((a) => [a.pointId, a]));
  return points
    .map((point): PointCandidate => {
      const word = said.get(point.id);
      return {
        point,
        metres: metresBetween(point.place, job.place),
        code: word?.code ?? undefined,
        facts: word?.facts ?? undefined,
        lacks: word?.code ? undefined : lackOf(job, point),
        costDifference: word?.costDifference ?? undefined,
      };
    })
    .sort((a, b) => Number((a.code ?? a.lacks) !== undefined) - Number((b.code ?? b.lacks) !== undefined) || compare(a.costDifference ?? Infinity, b.costDifference ?? Infinity) || a.metres - b.metres);
}

/** What can be seen without asking: whose territory, which skills, which parts. Whether a slot is free the point's ledger alone says. */
function lackOf(job: JobView, point: PointView): string | undefined {
  if (!point.serves.includes(job.zone)) return 'point.not_served';
  if (job.device && !point.brands.some((b) => b.toLowerCase() === job.device!.brand.toLowerCase())) return 'point.brand_not_authorised';
  if (job.needs?.skills.some((need) => !point.skills.some((s) => s.code === need.code && s.level >= need.level))) return 'point.skill_missing';
  if (job.needs?.parts.some((need) => !point.stock.some((s) => s.code === need.code && s.quantity - (s.reserved ?? 0) >= need.quantity))) return 'point.part_missing';
  return undefined;
}

/** Two infinities are equal here; their difference would be no number. */
const compare = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0);
