import { describe, expect, it } from 'vitest';
import type { Explanation, JobView, PointView } from '../shared/api/types';
import { bookedAt, devicesAt, pointCandidates } from './points';

const job = (more: Partial<JobView>): JobView => ({ id: 'job_1', zone: 'zone_a', mode: 'mailIn', status: 'queued', place: { lon: 121, lat: 31 }, needs: { skills: [{ code: 'phone', level: 2 }], tools: [], parts: [{ code: 'screen', quantity: 1 }] }, device: { brand: 'Sony', model: 'A7' }, ...more }) as JobView;
const point = (id: string, more: Partial<PointView> = {}): PointView =>
  ({ id, name: id, serves: ['zone_a'], brands: ['Sony'], skills: [{ code: 'phone', level: 3 }], stock: [{ code: 'screen', quantity: 2, reserved: 1 }], place: { lon: 121.01, lat: 31 }, ...more }) as PointView;
const order = (points: PointView[], explanation?: Explanation) => pointCandidates(job({}), points, explanation).map((c) => [c.point.id, c.code ?? c.lacks ?? 'able']);

describe('pointCandidates', () => {
  it('says what is plainly lacking', () => {
    expect(order([point('a', { serves: [] }), point('b', { brands: ['Canon'] }), point('c', { skills: [{ code: 'phone', level: 1 }] }), point('d', { stock: [{ code: 'screen', quantity: 2, reserved: 2 }] }), point('e')]).sort()).toEqual([
      ['a', 'point.not_served'], ['b', 'point.brand_not_authorised'], ['c', 'point.skill_missing'], ['d', 'point.part_missing'], ['e', 'able'],
    ]);
  });
  it('takes the planner’s word before its own, then its price, then the way', () => {
    const far = point('far', { place: { lon: 121.1, lat: 31 } });
    expect(order([far, point('near')]).map(([id]) => id)).toEqual(['near', 'far']);
    const said = { alternatives: [{ pointId: 'near', code: 'point.bench_full' }, { pointId: 'far', costDifference: 12 }] } as unknown as Explanation;
    expect(order([point('near'), far, point('mid')], said)).toEqual([['far', 'able'], ['mid', 'able'], ['near', 'point.bench_full']]);
  });
});

describe('what lies at a point', () => {
  const booking = { pointId: 'a', benchDay: '2026-11-23', category: 'phone' as const, promisedAt: '', confirmed: true };
  const jobs = [job({ id: '1', booking, status: 'booked' }), job({ id: '2', booking, status: 'onBench' }), job({ id: '3', booking, status: 'closed' }), job({ id: '4', booking: { ...booking, pointId: 'b' }, status: 'packed' })];
  it('is told from what is booked there', () => {
    expect(bookedAt('a', jobs).map((j) => j.id)).toEqual(['1', '2']);
    expect(devicesAt('a', jobs).map((j) => j.id)).toEqual(['2']);
  });
});
