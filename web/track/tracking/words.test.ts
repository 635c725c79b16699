import { describe, expect, it } from 'vitest';
import type { Mode, Quote, Tracking } from '../../shared/api/types';
import { stepsOf } from './steps';
import { headlineOf, promiseOf } from './words';

const now = Date.parse('2026-11-23T03:00:00Z');
const job = (more: Partial<Tracking>) => ({ status: 'booked', steps: [], ...more }) as unknown as Tracking;
const modes: Mode[] = ['mailIn', 'pickupReturn', 'walkIn', 'swapByPost', 'swapAtPoint'];

describe('headline', () => {
  it.each(modes)('of %s is its own for every status of its way', (mode) => {
    const statuses = stepsOf(mode).flatMap((s) => s.of).filter((s) => s !== 'queued' && s !== 'requested');
    for (const status of statuses) expect(headlineOf(job({ status }), mode), status).not.toBe('mail.queued');
  });
  it.each([
    ['pickupReturn', 'booked', 'track.courier.booked'], ['walkIn', 'booked', 'track.counter.booked'], ['walkIn', 'checked', 'track.counter.ready'], ['swapAtPoint', 'booked', 'track.swap.kept'],
    ['swapAtPoint', 'repaired', 'track.swap.ready'], ['swapByPost', 'shipped', 'track.swap.shipped'], ['swapByPost', 'cancelled', 'track.swap.cancelled'], ['mailIn', 'shipped', 'mail.shipped'],
  ] as const)('of %s that is %s is %s', (mode, status, words) => expect(headlineOf(job({ status }), mode)).toBe(words));
  it('says where nothing was done', () => {
    const refused = { number: 1, status: 'refused' } as Quote;
    expect(headlineOf(job({ status: 'inspected', outcome: 'not_repaired', quote: refused }), 'mailIn')).toBe('mail.goesBack');
    expect(headlineOf(job({ status: 'shipped', outcome: 'not_repaired', quote: refused }), 'pickupReturn')).toBe('mail.shippedUnrepaired');
    expect(headlineOf(job({ status: 'inspected', outcome: 'not_repaired', quote: refused }), 'walkIn')).toBe('track.counter.unrepaired');
    expect(headlineOf(job({ status: 'checked', outcome: 'not_repaired' }), 'walkIn')).toBe('track.counter.unrepaired');
    expect(headlineOf(job({ status: 'repaired', outcome: 'not_repaired' }), 'swapAtPoint')).toBe('track.swap.notGiven');
    expect(headlineOf(job({ status: 'inspected', quote: { ...refused, status: 'open' } }), 'walkIn')).toBe('mail.quoted');
  });
});

describe('the time that is shown', () => {
  const terms = { from: '2026-11-23T01:00:00Z' } as NonNullable<Tracking['terms']>;
  const promisedAt = '2026-11-23T02:00:00Z';
  const came = (at: string): Tracking['steps'] => [{ status: 'received', at }];

  it('is when to come, as long as nobody has come, and nothing is late by it', () => expect(promiseOf(job({ terms, promisedAt }), 'walkIn', now)).toEqual({ at: terms.from, words: 'track.counter.from', late: false }));
  it('is the promise once the device is there, and broken when it is over', () => {
    expect(promiseOf(job({ status: 'onBench', promisedAt, steps: came('2026-11-23T01:30:00Z') }), 'walkIn', now)).toMatchObject({ at: promisedAt, words: 'track.counter.promise', late: true });
    expect(promiseOf(job({ status: 'inTransit', promisedAt: '2026-11-23T09:00:00Z' }), 'pickupReturn', now)).toMatchObject({ words: 'mail.promise', late: false });
    expect(promiseOf(job({ status: 'booked', promisedAt }), 'swapByPost', now)).toMatchObject({ words: 'track.swap.promise', late: true });
  });
  it('is none for who came later than was agreed, for what is ready, and at the end', () => {
    expect(promiseOf(job({ status: 'received', promisedAt, steps: came('2026-11-23T02:30:00Z') }), 'swapAtPoint', now)).toBeUndefined();
    expect(promiseOf(job({ status: 'checked', promisedAt, steps: came('2026-11-23T01:30:00Z') }), 'walkIn', now)).toBeUndefined();
    expect(promiseOf(job({ status: 'closed', promisedAt }), 'mailIn', now)).toBeUndefined();
  });
});
