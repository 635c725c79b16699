import { describe, expect, it } from 'vitest';
import { deadline, doing, figures, matches, ZoneModel } from '../../console/model';
import { pointCandidates } from '../../console/points';
import { benchDay, loadOn, riskOf } from '../../point/bench';
import { categoryName, eventName, shortId } from '../i18n/domain';
import { utc } from '../i18n/zone';
import type { JobView, PointView, TechnicianView } from './types';

describe('records that lack what a page relies on', () => {
  const model = new ZoneModel();
  model.putJob({ id: 'job_bare', status: 'levitating', version: 1, mode: 'teleport', parcels: {}, unplaced: 3, candidates: 'x' } as unknown as JobView);
  model.putTechnician({ id: 'tech_bare', version: 1 } as unknown as TechnicianView);
  model.putPoint({ id: 'point_bare', version: 1, hours: null, slots: [{ category: 'toaster', perDay: 1 }] } as unknown as PointView);
  const [job, technician, point] = [model.jobs.get('job_bare')!, model.technicians.get('tech_bare')!, model.points.get('point_bare')!];

  it('are counted, searched and sorted with the others', () => {
    expect(figures(model, utc, 0).open).toBe(1);
    expect(matches(job, 'job_bare', '')).toBe(true);
    expect(deadline(job)).toBe('');
    expect(doing(technician, model.jobs)).toBe('off');
  });
  it('of points have a day and a load', () => {
    expect(benchDay(point, utc, 0)).toBe('1970-01-01');
    expect(loadOn(point, '1970-01-01')).toEqual([{ category: 'toaster', taken: 0, slots: 1 }]);
    expect(pointCandidates(job, [point]).length).toBe(1);
    expect(riskOf(job, '1970-01-01', 0)).toBeUndefined();
    expect(point.name).toBe('point_bare');
  });
  it('have some words', () => expect([categoryName(undefined as unknown as string), eventName('job.levitated'), shortId(undefined as unknown as string)]).toEqual(['', 'Job levitated', '']));
});
