import { describe, expect, it } from 'vitest';
import { jobStatuses, type JobStatus, type Mode } from '../../shared/api/types';
import { customerSteps, goesToPoint, mailInSteps, stepAt, stepsOf, taken } from './steps';

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

describe('modes', () => {
  it('send a technician, or have a point', () => expect((['doorToDoor', 'swapAtDoor', 'mailIn', 'walkIn', undefined] as const).map(goesToPoint)).toEqual([false, false, true, true, false]));

  // The ways of tests/Domain.Tests/Jobs/BookedModeTests.cs, as their customers see them.
  const ways: [Mode, JobStatus[], string[]][] = [
    ['doorToDoor', ['requested', 'offered', 'accepted', 'enRoute', 'arrived', 'repaired', 'signed', 'closed'], ['received', 'found', 'onTheWay', 'atWork', 'done']],
    ['swapAtDoor', ['requested', 'offered', 'accepted', 'enRoute', 'arrived', 'repaired', 'signed', 'closed'], ['received', 'found', 'onTheWay', 'atWork', 'done']],
    ['mailIn', ['requested', 'booked', 'inTransit', 'received', 'inspected', 'onBench', 'repaired', 'checked', 'packed', 'shipped', 'delivered', 'closed'], ['received', 'booked', 'sent', 'atPoint', 'inRepair', 'sentBack', 'home']],
    ['pickupReturn', ['requested', 'booked', 'inTransit', 'received', 'inspected', 'onBench', 'repaired', 'checked', 'packed', 'shipped', 'delivered', 'closed'], ['received', 'booked', 'sent', 'atPoint', 'inRepair', 'sentBack', 'home']],
    ['walkIn', ['requested', 'booked', 'received', 'inspected', 'onBench', 'repaired', 'checked', 'delivered', 'closed'], ['received', 'booked', 'atPoint', 'inRepair', 'ready', 'fetched']],
    ['swapAtPoint', ['requested', 'booked', 'received', 'inspected', 'repaired', 'delivered', 'closed'], ['received', 'kept', 'atPoint', 'exchanged', 'done']],
    ['swapByPost', ['requested', 'booked', 'repaired', 'packed', 'shipped', 'delivered', 'closed'], ['received', 'kept', 'unitPacked', 'unitSent', 'done']],
  ];
  it.each(ways)('%s shows every status of its way in one step, one after the other, and nothing else', (mode, statuses, keys) => {
    const steps = stepsOf(mode);
    expect(steps.map((s) => s.key)).toEqual(keys);
    const at = statuses.map((status) => steps.filter((s) => s.of.includes(status)).map((s) => steps.indexOf(s)));
    expect(at.every((found) => found.length === 1)).toBe(true);
    expect(at.flat()).toEqual([...at.flat()].sort((a, b) => a - b));
    expect(new Set(at.flat()).size).toBe(steps.length);
  });

  it('say so where nothing was exchanged', () => expect(taken(stepsOf('swapAtPoint'), { outcome: 'not_repaired', steps: [] }).map((s) => s.key)).toContain('notExchanged'));
});
