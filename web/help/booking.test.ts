import { describe, expect, it } from 'vitest';
import type { Mode, Offer } from '../shared/api/types';
import { faultsOf, isBookable, jobOf } from './booking';
import { emptyDraft, type Draft } from './journey';

const offer: Offer = { mode: 'doorToDoor', offered: true, quotedAfterInspection: false, from: '2026-03-02T10:00:00.000Z', until: '2026-03-02T10:45:00.000Z' };
const draft: Draft = { ...emptyDraft(), kind: 'phone', brand: 'Huawei', model: 'P60 Pro', number: '49 015420 323751 8', category: 'screen' };
const form = { name: ' Chen Yu ', phone: '138 0000 0000', address: '12 Lotus Lane', symptom: '', window: undefined, language: 'en' };
const place = { lon: 121, lat: 31 };
const filled = { ...form, mode: 'doorToDoor' as Mode, otherTime: false };

describe('what is missing of a booking', () => {
  it('is nothing once it is filled in', () => expect(faultsOf(filled)).toEqual([]));
  it('is named in the order of the form', () => expect(faultsOf({ ...filled, name: '', phone: 'x', address: ' ', otherTime: true })).toEqual(['window', 'name', 'phone', 'address']));
  it('is no time where a parcel is collected', () => expect(faultsOf({ ...filled, mode: 'mailIn', otherTime: true })).toEqual([]));
});

describe('the job that is filed', () => {
  it('is for the time that was offered, with the number the register knows the device by', () => {
    expect(jobOf(draft, 'doorToDoor', offer, place, form)).toMatchObject({
      category: 'screen', mode: 'doorToDoor', window: { from: offer.from, to: '2026-03-02T12:00:00.000Z' }, device: { serial: '490154203237518' }, contact: { name: 'Chen Yu' },
    });
  });
  it('is for another time where one was chosen, and for none where a parcel is collected', () => {
    const window = { from: '2026-03-03T06:00:00Z', to: '2026-03-03T08:00:00Z' };
    expect(jobOf(draft, 'doorToDoor', offer, place, { ...form, window })).toMatchObject({ window });
    expect(jobOf(draft, 'mailIn', offer, place, form)).not.toHaveProperty('window');
  });
  it('has one of the modes that jobs have', () => expect((['remote', 'walkIn', 'swapAtDoor', 'doorToDoor', 'mailIn'] as const).filter(isBookable)).toEqual(['doorToDoor', 'mailIn']));
});
