import { describe, expect, it } from 'vitest';
import { offerModes, type Mode, type Offer, type OfferComparison, type OfferMode } from '../shared/api/types';
import { bookingOf, comparisonIn, faultsOf, goneBy, isBookable } from './booking';
import { emptyDraft, type Draft } from './journey';

const offer = (mode: OfferMode, total: number, until: string): Offer => ({ mode, offered: true, quotedAfterInspection: false, until, price: { labour: total, parts: 0, visit: 0, freight: 0, unit: 0, service: 0, credit: 0, total } });
const comparison: OfferComparison = { currency: 'CNY', priceVersion: '2026-1', zone: 'zone_a', offers: [offer('mailIn', 9000, '2026-03-09T10:00:00Z'), offer('swapAtDoor', 0, '2026-03-02T12:00:00Z')] };
const draft: Draft = { ...emptyDraft(), kind: 'phone', brand: 'Huawei', model: 'P60 Pro', number: '490154203237518', category: 'screen' };
const form = { name: ' Chen Yu ', phone: '138 0000 0000', address: '12 Lotus Lane', symptom: '', window: undefined, language: 'en' };
const place = { lon: 121, lat: 31 };
const filled = { ...form, mode: 'swapAtDoor' as Mode, number: draft.number, otherTime: false };

describe('what is missing of a booking', () => {
  it('is nothing once it is filled in', () => expect(faultsOf(filled)).toEqual([]));
  it('is named in the order of the form', () => expect(faultsOf({ ...filled, number: '', name: '', phone: 'x', address: ' ', otherTime: true })).toEqual(['number', 'window', 'name', 'phone', 'address']));
  it('is no address where the customer comes, and no number where nothing is exchanged', () => expect(faultsOf({ ...filled, mode: 'walkIn', number: '', address: '' })).toEqual([]));
  it('is no time where nobody visits', () => expect(faultsOf({ ...filled, mode: 'swapByPost', otherTime: true })).toEqual([]));
});

describe('a booking', () => {
  it('says what the customer saw', () => {
    expect(bookingOf(draft, 'mailIn', comparison, place, form)).toMatchObject({
      mode: 'mailIn', agreed: { total: 9000, currency: 'CNY', priceVersion: '2026-1', until: '2026-03-09T10:00:00Z' }, address: '12 Lotus Lane',
      contact: { name: 'Chen Yu', phone: '138 0000 0000', language: 'en' }, question: { category: 'screen', place, device: { imei: '490154203237518' } },
    });
  });
  it('at another time holds nobody to the promise of the first', () => {
    const window = { from: '2026-03-03T06:00:00Z', to: '2026-03-03T08:00:00Z' };
    const body = bookingOf(draft, 'swapAtDoor', comparison, place, { ...form, window });
    expect(body.agreed).toEqual({ total: 0, currency: 'CNY', priceVersion: '2026-1' });
    expect(body).toMatchObject({ window });
  });
  it('over the counter leaves the address at home', () => expect(bookingOf(draft, 'walkIn', comparison, place, form)).not.toHaveProperty('address'));
  it('is made of every mode that a job has, and of no other', () => expect(offerModes.filter((mode) => !isBookable(mode))).toEqual(['remote', 'selfService', 'tradeIn', 'recycling']));
});

describe('a booking that is refused', () => {
  it('brings the comparison as it is now, where another choice is open', () => {
    expect(comparisonIn({ status: 409, code: 'booking.not_offered', current: comparison })).toBe(comparison);
    expect(comparisonIn({ status: 422, code: 'booking.device_number_missing' })).toBeUndefined();
    expect(comparisonIn({ status: 409, code: 'job.taken', current: { status: 'closed' } })).toBeUndefined();
  });
  it.each([
    ['technician.slot_taken', 'doorToDoor', 'time'], ['technician.part_missing', 'doorToDoor', 'part'], ['technician.part_missing', 'swapAtDoor', 'unit'], ['point.part_missing', 'swapByPost', 'unit'],
    ['offer.no_exchange_unit', 'swapAtPoint', 'unit'], ['point.bench_full', 'walkIn', 'place'], ['plan.window_missed', 'doorToDoor', 'window'], ['offer.programme_exhausted', 'doorToDoor', 'other'],
  ] as const)('for %s of %s says what is gone: %s', (reason, mode, gone) => expect(goneBy(reason, mode)).toBe(gone));
});
