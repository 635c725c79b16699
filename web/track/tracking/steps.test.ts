import { describe, expect, it } from 'vitest';
import { jobStatuses } from '../../shared/api/types';
import { customerSteps, mailInSteps, stepAt, taken } from './steps';

const travels = ['booked', 'inTransit', 'received', 'inspected', 'onBench', 'checked', 'packed', 'shipped', 'delivered'];
const visits = ['offered', 'accepted', 'enRoute', 'arrived', 'signed'];

describe('customer steps', () => {
  it.each([['of a visit', customerSteps, travels], ['of a parcel', mailInSteps, visits]] as const)('%s hold every status of their mode but cancelled once', (_, steps, others) => {
    const held = steps.flatMap((s) => s.of);
    expect([...held].sort()).toEqual(jobStatuses.filter((s) => s !== 'cancelled' && !others.includes(s)).sort());
    expect(new Set(held).size).toBe(held.length);
  });

  it('begin the repair once, although a check may send it back to the bench', () => {
    const steps = [{ status: 'onBench', at: '08:00' }, { status: 'repaired', at: '09:00' }, { status: 'onBench', at: '10:00' }] as const;
    expect(stepAt(mailInSteps[4]!, steps)).toBe('08:00');
  });

  it('leave out a repair that never was', () => {
    const keys = (outcome: string | null, ...statuses: ('inspected' | 'onBench' | 'packed')[]) => taken(mailInSteps, { outcome, steps: statuses.map((status) => ({ status })) }).map((s) => s.key);
    expect(keys('not_repaired', 'inspected', 'packed')).toEqual(['received', 'booked', 'sent', 'atPoint', 'goesBack', 'sentBack', 'home']);
    expect(keys('not_repaired', 'inspected', 'onBench')).toContain('inRepair');
    expect(keys(null, 'inspected')).toContain('inRepair');
  });

  it('take the request’s own time and the last acceptance', () => {
    const steps = [
      { status: 'requested', at: '08:00' }, { status: 'queued', at: '08:01' }, { status: 'accepted', at: '08:05' }, { status: 'queued', at: '08:10' }, { status: 'accepted', at: '08:20' },
    ] as const;
    expect(stepAt(customerSteps[0]!, steps)).toBe('08:00');
    expect(stepAt(customerSteps[1]!, steps)).toBe('08:20');
    expect(stepAt(customerSteps[2]!, steps)).toBeUndefined();
  });
});
