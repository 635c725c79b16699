import { describe, expect, it } from 'vitest';
import type { CallBack, Case, Contact } from '../shared/api/desk';
import { inScope, jobIn, kindOf, minorUnits, nextStep, ordered, pressure, put, who } from './queue';

const contact = (id: string, answerBy: string, more: Partial<Contact> = {}): Contact => ({ id, kind: 'consultation', channel: 'web', status: 'waiting', openedAt: '2026-05-04T11:00:00Z', answerBy, words: 1, version: 1, ...more });

describe('ordered', () => {
  it('puts what nobody has first, then what is due soonest, and leaves out what is over', () => {
    const things = [
      contact('c', '2026-05-04T12:05:00Z'), contact('b', '2026-05-04T12:01:00Z', { status: 'talking', agentId: 'user_li' }), contact('a', '2026-05-04T12:04:00Z'),
      contact('d', '2026-05-04T12:00:00Z', { status: 'ended' }),
    ];
    expect(ordered('contact', things).map((c) => c.id)).toEqual(['a', 'c', 'b']);
  });

  it('orders cases by their day alone: each has somebody responsible', () => {
    const one = (id: string, dueAt: string, responsibleId?: string) => ({ id, dueAt, responsibleId, status: 'investigating', openedAt: dueAt, version: 1 }) as unknown as Case;
    expect(ordered('case', [one('b', '2026-05-06T00:00:00Z'), one('a', '2026-05-05T00:00:00Z', 'user_li')]).map((c) => c.id)).toEqual(['a', 'b']);
  });

  it('orders call-backs by when they are due', () => {
    const one = (id: string, dueAt: string) => ({ id, dueAt, status: 'planned', version: 1 }) as unknown as CallBack;
    expect(ordered('callback', [one('late', '2026-05-06T00:00:00Z'), one('soon', '2026-05-05T00:00:00Z')]).map((c) => c.id)).toEqual(['soon', 'late']);
  });
});

describe('inScope', () => {
  it.each([
    [undefined, ['all', 'free']],
    ['user_li', ['all', 'mine']],
    ['user_wang', ['all']],
  ])('of what %s has shows %j', (agentId, scopes) =>
    expect((['all', 'mine', 'free'] as const).filter((scope) => inScope('contact', contact('a', 'x', { agentId: agentId ?? null }), scope, 'user_li'))).toEqual(scopes));
});

describe('nextStep', () => {
  const complaint = (status: Case['status'], responsibleId?: string) => ({ id: 'a', status, responsibleId, openedAt: 'x', version: 1 }) as unknown as Case;
  it('says whose turn it is, and nothing of what is over', () => {
    expect(nextStep('contact', contact('a', 'x'), 'user_li')).toBe('contact.free');
    expect(nextStep('contact', contact('a', 'x', { status: 'talking', agentId: 'user_li' }), 'user_li')).toBe('contact.mine');
    expect(nextStep('contact', contact('a', 'x', { status: 'talking', agentId: 'user_wang' }), 'user_li')).toBe('other');
    expect(nextStep('contact', contact('a', 'x', { status: 'ended' }), 'user_li')).toBeUndefined();
  });
  it.each([
    [complaint('open'), 'case.free'],
    [complaint('investigating', 'user_li'), 'case.investigating'],
    [complaint('investigating', 'user_wang'), 'other'],
    [complaint('proposed', 'user_li'), 'case.proposed'],
    [complaint('proposed', 'user_wang'), 'case.proposed'],
    [complaint('disputed', 'user_li'), 'case.disputed'],
    [complaint('settled', 'user_li'), undefined],
  ])('of a complaint follows where it stands (%#)', (thing, step) => expect(nextStep('case', thing, 'user_li')).toBe(step));
});

describe('pressure', () => {
  const at = (second: number) => pressure('2026-05-04T12:00:00Z', '2026-05-04T12:05:00Z', Date.parse('2026-05-04T12:00:00Z') + second * 1000);
  it('is calm, short in the last third, then over', () => expect([0, 199, 201, 299, 301].map(at)).toEqual(['calm', 'calm', 'short', 'short', 'over']));
});

describe('put', () => {
  it('never replaces a newer one', () => {
    const known = put(new Map<string, Contact>(), [contact('a', 'x', { version: 3 })]);
    expect(put(known, [contact('a', 'y', { version: 2 }), contact('a', 'z', { version: 3 })]).get('a')?.answerBy).toBe('x');
    expect(put(known, [contact('a', 'y', { version: 4 })]).get('a')?.answerBy).toBe('y');
  });
});

describe('kindOf', () => {
  it('knows what an event is about', () => {
    expect([kindOf('contact.opened'), kindOf('callback.rated'), kindOf('case.closed'), kindOf('escalation.taken'), kindOf('job.closed')]).toEqual(['contact', 'callback', 'case', 'escalation', undefined]);
  });
});

describe('minorUnits', () => {
  it.each([
    ['12', 1200], ['12.5', 1250], ['12,50', 1250], [' 0.05 ', 5], ['', undefined], ['1.234', undefined], ['-3', undefined], ['12e3', undefined],
  ])('reads %j as %j', (text, units) => expect(minorUnits(text)).toBe(units));
});

describe('jobIn', () => {
  const word = (voice: 'customer' | 'agent' | 'note', text: string | null) => ({ voice, at: 'x', text });
  it('is the last job of the notes, and nothing that anybody else says', () => {
    expect(jobIn([word('note', 'Booked: job_a1'), word('note', 'No: Mail-in, job_B2.'), word('note', null), word('customer', 'job_c3')])).toBe('job_B2');
    expect(jobIn([word('agent', 'job_a1'), word('note', 'It hums')])).toBeUndefined();
  });
});

describe('who', () => {
  it('shows what people know each other by', () => expect([who('user_li'), who('tech_1'), who('customer')]).toEqual(['li', 'tech_1', 'customer']));
});
