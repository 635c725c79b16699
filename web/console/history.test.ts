import { describe, expect, it } from 'vitest';
import type { StreamEvent } from '../shared/api/types';
import { historyDetail, type Speaker } from './history';

const speaker: Speaker = { name: (id) => id.toUpperCase(), decline: (r) => `declined ${r}`, refusal: (c) => `code ${c}`, outcome: (o) => o, part: (p) => `${p.quantity} ${p.code}`, parcel: (d, s) => `${d} ${s}`, checked: (passed) => (passed ? 'passed' : 'failed'), money: (minor, currency) => `${minor} ${currency}`, answerer: (by) => `by ${by}` };
const said = (type: string, data: Record<string, unknown>) => historyDetail({ seq: 1, type, at: '', source: '', number: 1, data } as StreamEvent, speaker);

describe('historyDetail', () => {
  it.each([
    ['job.queued', { reason: 'requested' }, ''],
    ['job.offered', { candidates: [{ technicianId: 'a' }, { technicianId: 'b' }] }, 'A, B'],
    ['job.declined', { technicianId: 'a', reason: 'too_far' }, 'A · declined too_far'],
    ['job.expired', { technicians: ['a'] }, 'A'],
    ['job.withdrawn', { from: ['a'], reason: 'Car broke down' }, 'A · Car broke down'],
    ['job.withdrawn', { from: ['a'], reason: 'rescheduled' }, 'A'],
    ['job.moved', { from: ['a'], candidates: [{ technicianId: 'b' }] }, 'A → B'],
    ['job.parked', { to: { technicianId: 'b' } }, ''],
    ['job.cancelled', { from: [], reason: 'No longer needed' }, 'No longer needed'],
    ['job.unplaced', { reasons: [{ code: 'plan.skill_missing', count: 3 }] }, 'code plan.skill_missing'],
    ['job.quoted', { quote: { number: 2, terms: { total: 890, currency: 'CNY', note: 'Glass' } } }, '2 · 890 CNY · Glass'],
    ['job.quoteRefused', { number: 2, by: 'customer' }, '2 · by customer'],
    ['job.quoteLapsed', { number: 2 }, '2'],
    ['job.repaired', { technicianId: 'a', outcome: 'repaired', partsUsed: [{ code: 'screen', quantity: 1 }], work: 'Tested' }, 'A · repaired · 1 screen · Tested'],
    ['job.departed', { technicianId: 'a' }, 'A'],
    ['job.booked', { booking: { pointId: 'p' } }, 'P'],
    ['job.bookingConfirmed', { pointId: 'p' }, 'P'],
    ['job.bookingLost', { pointId: 'p', reason: 'point.bench_full' }, 'P · code point.bench_full'],
    ['job.parcelMoved', { direction: 'inbound', parcelStatus: 'exception', text: 'Torn open' }, 'inbound exception · Torn open'],
    ['job.inspected', { pointId: 'p', findings: 'Frame bent' }, 'Frame bent'],
    ['job.benchFinished', { outcome: 'not_repaired', partsUsed: [], work: 'No use' }, 'not_repaired · No use'],
    ['job.checked', { passed: false, note: 'Dust' }, 'failed · Dust'],
    ['job.somethingNew', {}, ''],
  ])('says of %s what is worth saying', (type, data, expected) => expect(said(type, data)).toBe(expected));
});
