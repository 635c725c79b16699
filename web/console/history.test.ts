import { describe, expect, it } from 'vitest';
import type { StreamEvent } from '../shared/api/types';
import { historyDetail, type Speaker } from './history';

const speaker: Speaker = { name: (id) => id.toUpperCase(), decline: (r) => `declined ${r}`, refusal: (c) => `code ${c}`, outcome: (o) => o, part: (p) => `${p.quantity} ${p.code}` };
const said = (type: string, data: Record<string, unknown>) => historyDetail({ seq: 1, type, at: '', source: '', number: 1, data } as StreamEvent, speaker);

describe('historyDetail', () => {
  it.each([
    ['job.queued', { reason: 'requested' }, ''],
    ['job.offered', { candidates: [{ technicianId: 'a' }, { technicianId: 'b' }] }, 'A, B'],
    ['job.declined', { technicianId: 'a', reason: 'too_far' }, 'A · declined too_far'],
    ['job.expired', { technicians: ['a'] }, 'A'],
    ['job.withdrawn', { from: ['a'], reason: 'Car broke down' }, 'A · Car broke down'],
    ['job.withdrawn', { from: ['a'], reason: 'rescheduled' }, 'A'],
    ['job.cancelled', { from: [], reason: 'No longer needed' }, 'No longer needed'],
    ['job.unplaced', { reasons: [{ code: 'plan.skill_missing', count: 3 }] }, 'code plan.skill_missing'],
    ['job.repaired', { technicianId: 'a', outcome: 'repaired', partsUsed: [{ code: 'screen', quantity: 1 }], work: 'Tested' }, 'A · repaired · 1 screen · Tested'],
    ['job.departed', { technicianId: 'a' }, 'A'],
    ['job.somethingNew', {}, ''],
  ])('says of %s what is worth saying', (type, data, expected) => expect(said(type, data)).toBe(expected));
});
