import { describe, expect, it } from 'vitest';
import { jobStatuses } from '../../shared/api/types';
import { customerSteps, stepAt } from './steps';

describe('customer steps', () => {
  it('hold every status but cancelled once', () => {
    const held = customerSteps.flatMap((s) => s.of);
    expect([...held].sort()).toEqual(jobStatuses.filter((s) => s !== 'cancelled').sort());
    expect(new Set(held).size).toBe(held.length);
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
