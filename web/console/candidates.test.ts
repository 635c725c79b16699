import { describe, expect, it } from 'vitest';
import type { Explanation, JobView, TechnicianView } from '../shared/api/types';
import { candidates } from './candidates';

const job = { id: 'job_1', place: { lon: 121, lat: 31 }, needs: { skills: [{ code: 'screen', level: 2 }], tools: [], parts: [] } } as unknown as JobView;
const technician = (id: string, over: Partial<TechnicianView> = {}): TechnicianView =>
  ({ id, name: id, home: { lon: 121.05, lat: 31 }, skills: [{ code: 'screen', level: 2 }], onDuty: true, commitments: [], ...over }) as TechnicianView;
const order = (list: TechnicianView[], explanation?: Explanation) => candidates(job, list, explanation).map((c) => c.technician.id);

describe('candidates', () => {
  it('puts the nearest able technician on duty first', () => {
    expect(
      order([
        technician('off', { onDuty: false, home: job.place }),
        technician('unable', { skills: [{ code: 'screen', level: 1 }], home: job.place }),
        technician('far', { home: { lon: 121.2, lat: 31 } }),
        technician('near', { place: { lon: 121.01, lat: 31 } }),
      ]),
    ).toEqual(['near', 'far', 'unable', 'off']);
  });

  it('trusts the planner before the straight line', () => {
    const explanation: Explanation = {
      jobId: 'job_1', placed: true, technicianId: 'chosen', reasons: [], alternatives: [{ technicianId: 'second', costDifference: 12 }, { technicianId: 'refused', code: 'plan.window_missed' }],
    };
    expect(order([technician('refused', { home: job.place }), technician('unknown', { home: job.place }), technician('second'), technician('chosen', { home: { lon: 121.3, lat: 31 } })], explanation)).toEqual(['chosen', 'second', 'unknown', 'refused']);
  });

  it('names the skill that is lacking', () => {
    expect(candidates(job, [technician('a', { skills: [] })])[0]!.lacking).toEqual(['screen']);
  });
});
