import { describe, expect, it } from 'vitest';
import type { CallBack, Case, Contact } from '../shared/api/desk';
import { kindOf, minorUnits, ordered, put, who } from './queue';

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

describe('who', () => {
  it('shows what people know each other by', () => expect([who('user_li'), who('tech_1'), who('customer')]).toEqual(['li', 'tech_1', 'customer']));
});
