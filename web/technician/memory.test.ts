import { describe, expect, it } from 'vitest';
import type { JobView, JobStatus } from '../shared/api/types';
import { worthKeeping } from './memory';

const job = (id: string, status: JobStatus, technicianId: string | null, candidates: string[] = []) => ({ id, status, technicianId, candidates }) as unknown as JobView;
const contact = { name: 'Chen Yu', phone: '1' };

describe('worthKeeping', () => {
  it('keeps open work of this technician and offers to them', () => {
    const kept = worthKeeping({ me: undefined, contacts: {}, jobs: [job('a', 'enRoute', 'me'), job('b', 'offered', null, ['me']), job('c', 'accepted', 'other'), job('d', 'closed', 'me')] }, 'me');
    expect(kept.jobs.map((j) => j.id)).toEqual(['a', 'b']);
  });

  it('keeps a contact only with the open job it belongs to', () => {
    const kept = worthKeeping({ me: undefined, contacts: { a: contact, d: contact, c: contact }, jobs: [job('a', 'enRoute', 'me'), job('c', 'accepted', 'other'), job('d', 'closed', 'me')] }, 'me');
    expect(Object.keys(kept.contacts)).toEqual(['a']);
  });
});
