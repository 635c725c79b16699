import { describe, expect, it } from 'vitest';
import { addDays, dayOf, differ, knownZone, momentOf, offsetAt, weekday } from './zone';

const zone = (name: string) => knownZone(name)!;
const iso = (at: number) => new Date(at).toISOString();

describe('a zone', () => {
  it.each(['China Standard Time', 'Asia/Shanghai ', 'GMT+8', 'Middle/Earth', '', undefined, null])('%s is none', (name) => expect(knownZone(name)).toBeUndefined());
  it('shows the day and the offset of a moment', () => {
    expect([dayOf(zone('Asia/Shanghai'), '2026-03-01T16:00:00Z'), dayOf(zone('America/New_York'), '2026-03-01T03:00:00Z'), dayOf(zone('UTC'), 'x')]).toEqual(['2026-03-02', '2026-02-28', '']);
    expect([offsetAt(zone('Asia/Kolkata'), 0), offsetAt(zone('America/New_York'), '2026-07-01T00:00:00Z')]).toEqual([330, -240]);
  });
  it('differs from another at any time of the year', () => {
    const winter = Date.parse('2026-01-01T00:00:00Z');
    expect([differ(zone('Europe/London'), zone('UTC'), winter), differ(zone('Asia/Shanghai'), zone('Asia/Taipei'), winter)]).toEqual([true, false]);
  });
});

describe('momentOf', () => {
  it('reads a wall clock', () => expect(iso(momentOf(zone('Asia/Shanghai'), '2026-03-02', 8))).toBe('2026-03-02T00:00:00.000Z'));
  it('takes an hour that spring leaves out as the moment of the change', () => {
    expect(iso(momentOf(zone('America/New_York'), '2026-03-08', 2, 30))).toBe('2026-03-08T07:00:00.000Z');
    expect(iso(momentOf(zone('Australia/Lord_Howe'), '2026-10-04', 2, 15))).toBe('2026-10-03T15:30:00.000Z');
    expect(iso(momentOf(zone('Pacific/Apia'), '2011-12-30', 12))).toBe('2011-12-30T10:00:00.000Z');
  });
  it('takes an hour that autumn repeats the first time', () => expect(iso(momentOf(zone('America/New_York'), '2026-11-01', 1, 30))).toBe('2026-11-01T05:30:00.000Z'));
});

describe('days of the calendar', () => {
  it('are counted without a clock', () => expect([addDays('2026-02-28', 1), addDays('2026-01-01', -1)]).toEqual(['2026-03-01', '2025-12-31']));
  it('have a name', () => expect([weekday('2026-03-08'), weekday('2026-03-09')]).toEqual(['sunday', 'monday']));
});
