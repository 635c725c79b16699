import { describe, expect, it } from 'vitest';
import type { JobStatus, JobView, Mode, PointView, Quote } from '../shared/api/types';
import { knownZone } from '../shared/i18n/zone';
import { benchDay, busyDays, byDue, goesBack, loadOn, nextStep, ofWaybill, quotable, riskOf, stage, stages, stagesOf, verbOf, waitsForCustomer, wordOf } from './bench';

const now = Date.parse('2026-11-23T03:00:00Z');
const today = '2026-11-23';
const job = (more: Partial<JobView>): JobView =>
  ({ id: 'job_1', status: 'booked', mode: 'mailIn', booking: { pointId: 'point_1', benchDay: today, category: 'phone', promisedAt: '2026-11-26T10:00:00Z', confirmed: true }, parcels: [], ...more }) as JobView;
const due = (promisedAt: string, benchDay = today) => ({ pointId: 'point_1', benchDay, category: 'phone' as const, promisedAt, confirmed: true });
const parcel = (direction: 'inbound' | 'return', status: string) => [{ direction, waybill: 'DP1', status, at: '', events: [] }] as unknown as NonNullable<JobView['parcels']>;

describe('the way through the workshop', () => {
  it.each([['booked', 'receive'], ['inTransit', 'receive'], ['received', 'inspect'], ['inspected', 'start'], ['onBench', 'finish'], ['repaired', 'check'], ['checked', 'pack'], ['packed', 'ship'], ['shipped', undefined], ['delivered', undefined]] as const)('%s wants %s', (status, step) => {
    expect(nextStep(job({ status }))).toBe(step);
    expect(stages).toContain(stage(job({ status })));
  });
  it.each([
    ['inspected', 'open', undefined, true], ['inspected', 'approved', 'start', true], ['inspected', 'refused', 'pack', false], ['inspected', 'lapsed', 'pack', true],
    ['onBench', 'open', undefined, true], ['onBench', 'refused', 'pack', false], ['repaired', 'approved', 'check', false], ['packed', 'refused', 'ship', false],
  ] as const)('%s with a quote that is %s wants %s', (status, quote, step, more) => {
    const quoted = job({ status, quote: { number: 1, status: quote } as Quote });
    expect([nextStep(quoted), quotable(quoted), waitsForCustomer(quoted), goesBack(quoted)]).toEqual([step, more, quote === 'open', step === 'pack']);
  });
  // The order of tests/Domain.Tests/Jobs/BookedModeTests.cs: the point's page asks for what the job takes, and for nothing else.
  const ways: [Mode, [JobStatus, string][], number][] = [
    ['walkIn', [['booked', 'receive'], ['received', 'inspect'], ['inspected', 'start'], ['onBench', 'finish'], ['repaired', 'check'], ['checked', 'hand-over']], 6],
    ['pickupReturn', [['inTransit', 'receive'], ['received', 'inspect'], ['inspected', 'start'], ['onBench', 'finish'], ['repaired', 'check'], ['checked', 'pack'], ['packed', 'ship']], 8],
    ['swapAtPoint', [['booked', 'receive'], ['received', 'inspect'], ['inspected', 'finish'], ['repaired', 'hand-over']], 4],
    ['swapByPost', [['booked', 'finish'], ['repaired', 'pack'], ['packed', 'ship']], 4],
  ];
  it.each(ways)('of %s has its own steps', (mode, steps, many) => {
    expect(steps.map(([status]) => verbOf(nextStep(job({ mode, status }))!))).toEqual(steps.map(([, verb]) => verb));
    expect(stagesOf(mode)).toHaveLength(many);
    for (const [status] of steps) expect(stagesOf(mode)).toContain(stage(job({ mode, status })));
  });
  it('over the counter checks in and hands back, and prices no exchange', () => {
    expect(wordOf(job({ mode: 'walkIn' }), 'receive')).toBe('checkIn');
    expect(wordOf(job({ mode: 'swapByPost' }), 'finish')).toBe('giveUnit');
    expect(wordOf(job({}), 'receive')).toBe('receive');
    expect(nextStep(job({ mode: 'walkIn', status: 'inspected', quote: { number: 1, status: 'refused' } as Quote }))).toBe('handOver');
    expect(quotable(job({ mode: 'swapAtPoint', status: 'inspected' }))).toBe(false);
  });
  it('has no place for what is over or elsewhere', () => {
    for (const status of ['queued', 'closed', 'cancelled', 'enRoute'] as const) expect(stage(job({ status }))).toBeUndefined();
  });
});

describe('riskOf', () => {
  it('says nothing while all is well', () => {
    expect(riskOf(job({ status: 'inTransit', booking: due('2026-11-26T10:00:00Z', '2026-11-24') }), today, now)).toBeUndefined();
    expect(riskOf(job({ status: 'onBench' }), today, now)).toBeUndefined();
  });
  it('is late once the promise is over, wherever the device is', () => {
    for (const status of ['booked', 'onBench', 'shipped'] as const) expect(riskOf(job({ status, booking: due('2026-11-23T02:59:59Z') }), today, now)).toBe('late');
  });
  it('is over when the device is back', () => expect(riskOf(job({ status: 'delivered', booking: due('2026-11-20T00:00:00Z') }), today, now)).toBeUndefined());
  it('sees a device that should be on the bench and has not come', () => {
    const yesterday = due('2026-11-26T10:00:00Z', '2026-11-22');
    expect(riskOf(job({ status: 'inTransit', parcels: parcel('inbound', 'inTransit') }), today, now)).toBeUndefined();
    expect(riskOf(job({ status: 'inTransit', booking: yesterday, parcels: parcel('inbound', 'inTransit') }), today, now)).toBe('notArrived');
    expect(riskOf(job({ status: 'inTransit', booking: due('2026-11-23T08:00:00Z'), parcels: parcel('inbound', 'inTransit') }), today, now)).toBe('notArrived');
    expect(riskOf(job({ status: 'inTransit', booking: yesterday, parcels: parcel('inbound', 'delivered') }), today, now)).toBeUndefined();
  });
  it('waits for who is to come to the counter, and for no parcel before a unit is sent', () => {
    const past = due('2026-11-23T02:00:00Z');
    expect(riskOf(job({ mode: 'walkIn', booking: past }), today, now)).toBeUndefined();
    expect(riskOf(job({ mode: 'swapAtPoint', booking: due('2026-11-22T02:00:00Z', '2026-11-22') }), today, now)).toBe('notCome');
    expect(riskOf(job({ mode: 'swapAtPoint', status: 'received', booking: past }), today, now)).toBeUndefined();
    expect(riskOf(job({ mode: 'swapByPost', booking: due('2026-11-26T10:00:00Z', '2026-11-22'), parcels: parcel('inbound', 'exception') }), today, now)).toBe('benchDayOver');
  });
  it('sees a bench day gone by and a promise close at hand', () => {
    expect(riskOf(job({ status: 'received', booking: due('2026-11-26T10:00:00Z', '2026-11-22') }), today, now)).toBe('benchDayOver');
    expect(riskOf(job({ status: 'checked', booking: due('2026-11-23T08:59:00Z') }), today, now)).toBe('promiseNear');
    expect(riskOf(job({ status: 'checked', booking: due('2026-11-23T09:01:00Z') }), today, now)).toBeUndefined();
  });
  it('sees a parcel in trouble on either way, and trusts one that is moving home', () => {
    expect(riskOf(job({ status: 'inTransit', booking: due('2026-11-26T10:00:00Z', '2026-11-25'), parcels: parcel('inbound', 'exception') }), today, now)).toBe('parcelStuck');
    expect(riskOf(job({ status: 'shipped', parcels: parcel('return', 'expired') }), today, now)).toBe('parcelStuck');
    expect(riskOf(job({ status: 'shipped', booking: due('2026-11-23T04:00:00Z'), parcels: parcel('return', 'outForDelivery') }), today, now)).toBeUndefined();
  });
});

describe('order and load', () => {
  it('puts the earliest promise first and what has left last', () => {
    const jobs = [job({ id: 'c', status: 'shipped', booking: due('2026-11-23T00:00:00Z') }), job({ id: 'b', booking: due('2026-11-25T00:00:00Z') }), job({ id: 'a', booking: due('2026-11-24T00:00:00Z') })];
    expect(jobs.sort(byDue).map((j) => j.id)).toEqual(['a', 'b', 'c']);
  });
  it('knows the day where the point is', () => {
    const late = Date.parse('2026-11-22T20:00:00Z');
    const open = { hours: { open: '09:00', close: '18:00', timeZone: '' } };
    expect([benchDay(open, knownZone('Asia/Shanghai')!, late), benchDay(open, knownZone('UTC')!, late)]).toEqual(['2026-11-23', '2026-11-22']);
  });
  it('counts the small hours to the day whose shift still runs', () => {
    const shanghai = knownZone('Asia/Shanghai')!;
    // 2026-11-22 is a Sunday.
    const night = { hours: { open: '22:00', close: '03:00', timeZone: '', closedOn: ['sunday'] } };
    const on = (time: string, hours = night) => benchDay(hours, shanghai, Date.parse(`${time}:00+08:00`));
    expect([on('2026-11-24T02:59'), on('2026-11-24T03:00'), on('2026-11-23T01:00')]).toEqual(['2026-11-23', '2026-11-24', '2026-11-23']);
    const always = { hours: { open: '00:00', close: '24:00', timeZone: '', closedOn: [] } };
    expect([on('2026-11-24T00:00', always), on('2026-11-24T23:59', always)]).toEqual(['2026-11-24', '2026-11-24']);
  });
  const point = { slots: [{ category: 'phone', perDay: 4 }, { category: 'board', perDay: 2 }], days: [{ day: today, category: 'phone', slots: 5, taken: 3 }, { day: '2026-11-25', category: 'board', slots: 2, taken: 1 }, { day: '2026-11-20', category: 'board', slots: 2, taken: 1 }] } as unknown as PointView;
  it('takes the usual number of slots where nothing is taken', () => {
    expect(loadOn(point, today)).toEqual([{ category: 'phone', taken: 3, slots: 5 }, { category: 'board', taken: 0, slots: 2 }]);
    expect(busyDays(point, today)).toEqual([today, '2026-11-25']);
  });
  it('finds a job by either of its parcels', () => {
    const found = job({ id: 'x', parcels: parcel('return', 'pending') });
    expect(ofWaybill([job({ id: 'y', parcels: null }), found], 'DP1')?.id).toBe('x');
    expect(ofWaybill([found], 'DP2')).toBeUndefined();
  });
});
