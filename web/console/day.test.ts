import { describe, expect, it } from 'vitest';
import type { JobView, Plan, TechnicianView } from '../shared/api/types';
import { dayOf, shownShift, within } from './day';

const at = (hour: number) => new Date(Date.UTC(2026, 2, 2, hour)).toISOString();
const visit = (depart: number, arrive: number, finish: number) => ({ departAt: at(depart), arriveAt: at(arrive), startAt: at(arrive), finishAt: at(finish) });
const technician = { id: 't', shift: { from: at(8), to: at(18) }, commitments: [{ jobId: 'b', epoch: 1, status: 'x', visit: visit(11, 12, 13) }] } as unknown as TechnicianView;
const jobs = new Map([['a', { id: 'a', status: 'closed', technicianId: 't', visit: visit(8, 9, 10) }], ['b', { id: 'b', status: 'enRoute', technicianId: 't', visit: visit(11, 12, 13) }]] as unknown as [string, JobView][]);
const plan = { routes: [{ technicianId: 't', stops: [{ kind: 'depot', ...visit(13, 14, 15) }, { kind: 'job', jobId: 'c', ...visit(15, 16, 17) }, { kind: 'job', jobId: 'b', ...visit(11, 12, 13) }] }] } as unknown as Plan;

describe('dayOf', () => {
  it('shows what is done, what is held and what is only planned, each once and in order of time', () => {
    const blocks = dayOf(technician, jobs, plan).filter((b) => b.kind !== 'travel');
    expect(blocks.map((b) => [b.kind, b.jobId, b.tentative])).toEqual([['job', 'a', false], ['job', 'b', false], ['depot', undefined, true], ['job', 'c', true]]);
  });

  it('shows the travel before each visit', () => {
    const travel = dayOf(technician, jobs, undefined).find((b) => b.key === 'b:travel')!;
    expect([travel.from, travel.to]).toEqual([Date.parse(at(11)), Date.parse(at(12))]);
  });

  it('leaves out a visit without times', () => {
    expect(dayOf({ ...technician, commitments: [{ jobId: 'x', epoch: 1, status: 'confirmed' }] }, new Map(), undefined)).toEqual([]);
  });

  it('places a time in the shift', () => {
    const span = shownShift(technician, Date.parse(at(12)));
    expect(within(span, Date.parse(at(13)))).toBe(0.5);
    expect(within(span, Date.parse(at(3)))).toBe(0);
    expect(within(span, Date.parse(at(23)))).toBe(1);
  });

  it('shows the hours around now of a shift that lasts for days', () => {
    const long = { ...technician, shift: { from: at(8), to: '2026-04-01T00:00:00Z' } };
    expect(shownShift(long, Date.parse(at(15)))).toEqual({ from: Date.parse(at(12)), to: Date.parse('2026-03-03T00:00:00Z') });
    expect(shownShift(long, Date.parse(at(9))).from).toBe(Date.parse(at(8)));
  });
});
