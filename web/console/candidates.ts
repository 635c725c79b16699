import { metresBetween } from '../shared/i18n/format';
import { held } from './model';
import type { Explanation, JobView, TechnicianView } from '../shared/api/types';

export interface Candidate {
  readonly technician: TechnicianView;
  /** Straight line from where they are (or live) to the job. */
  readonly metres: number;
  /** Skills the job needs that this technician has not, or not at that level. */
  readonly lacking: readonly string[];
  readonly load: number;
  /** The planner's price above its own choice, where it gave one. */
  readonly costDifference: number | undefined;
  /** Why the planner will not have them, where it said so. */
  readonly code: string | undefined;
}

/** Everyone a dispatcher might offer a job to, likeliest first: on duty, able, then cheapest by the planner's word, then nearest. */
export function candidates(job: JobView, technicians: readonly TechnicianView[], explanation?: Explanation): Candidate[] {
  const said = new Map(explanation?.alternatives.map((a) => [a.technicianId, a]));
  return technicians
    .map((technician): Candidate => ({
      technician,
      metres: metresBetween(technician.place ?? technician.home, job.place),
      lacking: (job.needs?.skills ?? []).filter((need) => !technician.skills.some((s) => s.code === need.code && s.level >= need.level)).map((need) => need.code),
      load: held(technician),
      costDifference: technician.id === explanation?.technicianId ? 0 : (said.get(technician.id)?.costDifference ?? undefined),
      code: said.get(technician.id)?.code ?? undefined,
    }))
    .sort(
      (a, b) =>
        Number(b.technician.onDuty) - Number(a.technician.onDuty) ||
        Number(a.lacking.length > 0 || a.code !== undefined) - Number(b.lacking.length > 0 || b.code !== undefined) ||
        compare(a.costDifference ?? Infinity, b.costDifference ?? Infinity) ||
        a.metres - b.metres,
    );
}

/** Two infinities are equal here; their difference would be no number. */
const compare = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0);
