import { describe, expect, it } from 'vitest';
import { amount, calendarDay, clockTime, countdown, days, distanceWords, duration, fullDay, metresBetween, moment, momentElsewhere, money, shiftHours, span, zoneName, zoneOffset } from './format';
import { knownZone } from './zone';

const shanghai = knownZone('Asia/Shanghai')!;
const newYork = knownZone('America/New_York')!;
/** A moment of March 2026 by the clock of Shanghai. */
const at = (day: number, hour: number, minute = 0) => new Date(Date.UTC(2026, 2, day, hour - 8, minute)).toISOString();
const now = Date.parse(at(2, 9));
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

describe('times', () => {
  it('use the 24-hour clock', () => {
    expect(clockTime('en', shanghai, at(2, 0, 5))).toBe('00:05');
    expect(clockTime('zh-Hans', shanghai, at(2, 14, 5))).toBe('14:05');
  });
  it('name the day only where it is not today', () => {
    expect(moment('en', shanghai, at(2, 14), now)).toBe('14:00');
    expect(moment('en', shanghai, at(3, 14), now)).toBe('Tue, Mar 3, 14:00');
  });
  it('write a window', () => {
    expect(span('en', shanghai, at(2, 14), at(2, 16), now)).toBe('14:00–16:00');
    expect(span('en', shanghai, at(3, 14), at(3, 16), now)).toBe('Tue, Mar 3, 14:00–16:00');
    expect(span('en', shanghai, at(2, 22), at(3, 2), now)).toBe('22:00–Tue, Mar 3, 02:00');
  });
  it('are those of the place, whatever the reader’s own clock', () => {
    expect([clockTime('en', shanghai, '2026-03-02T15:30:00Z'), clockTime('en', newYork, '2026-03-02T15:30:00Z')]).toEqual(['23:30', '10:30']);
    expect(span('en', shanghai, '2026-03-02T15:30:00Z', '2026-03-02T16:10:00Z', Date.parse('2026-03-02T20:00:00Z'))).toBe('Mon, Mar 2, 23:30–Tue, Mar 3, 00:10');
  });
  it('at another place name its zone where the clocks differ', () => {
    expect(momentElsewhere('en', newYork, shanghai, at(2, 23), Date.parse(at(2, 22)))).toBe('10:00 GMT-5');
    expect(momentElsewhere('en', knownZone('Asia/Taipei')!, shanghai, at(2, 23), Date.parse(at(2, 22)))).toBe('23:00');
    expect([zoneOffset('en', newYork, '2026-07-01T00:00:00Z'), zoneName('en', shanghai, now), zoneName('zh-Hans', shanghai, now)]).toEqual(['GMT-4', 'China Standard Time (GMT+8)', '中国标准时间 (GMT+8)']);
  });
  it('that are none are a dash, not an exception', () => {
    expect([clockTime('en', shanghai, ''), moment('en', shanghai, 'soon', now), span('en', shanghai, 'x', 'y', now), calendarDay('en', 'x'), fullDay('en', ''), momentElsewhere('en', newYork, shanghai, 'x', now)].every((words) => words.includes('–'))).toBe(true);
  });
  it('count down to zero and not below', () => {
    expect(countdown(61_001)).toBe('1:02');
    expect(countdown(500)).toBe('0:01');
    expect(countdown(-5)).toBe('0:00');
  });
  it('give the hours of a shift within a day', () => {
    expect(shiftHours('en', shanghai, { from: at(2, 8), to: at(2, 18) })).toBe('08:00–18:00');
    expect(shiftHours('en', shanghai, { from: at(2, 8), to: at(30, 18) })).toBeUndefined();
  });
});

describe('lengths', () => {
  it.each([[42, '42 sec'], [120, '2 min'], [7199, '2 hr'], [8100, '2 hr 15 min'], [-4, '0 sec']])('%d s is %s', (seconds, words) => expect(plain(duration('en', seconds))).toBe(words));
  it.each([[14, '10 m'], [949, '950 m'], [1234, '1.2 km'], [23_456, '23 km']])('%d m is %s', (metres, words) => expect(plain(distanceWords('en', metres))).toBe(words));
  it('tell whole days, and never none', () => expect([days('en', 260_000), days('en', 30)]).toEqual(['3 days', '1 day']));
  it('write minor units of money', () => expect([amount('en', 20), amount('en', 123_456)]).toEqual(['0.20', '1,234.56']));
  it('name the currency, and minor units only where there are some', () => expect([money('en', 12_000, 'CNY'), money('en', 12_050, 'CNY'), money('en', 0, 'CNY')].map(plain)).toEqual(['¥120', '¥120.50', '¥0']));
  it('write a code that is no currency as it is', () => expect([money('en', 12_050, 'RMB!'), money('en', 100, '')]).toEqual(['120.50 RMB!', '1.00']));
  it('write a date of another year with the year', () => expect([fullDay('en', '2025-02-28'), fullDay('zh-Hans', '2025-02-28')]).toEqual(['Feb 28, 2025', '2025年2月28日']));
  it('write a date without a time the same for every reader', () => expect(calendarDay('en', '2026-11-23')).toBe('Mon, Nov 23'));
  it('speak Chinese', () => expect(plain(duration('zh-Hans', 8100))).toBe('2小时 15分钟'));
});

describe('metresBetween', () => {
  it('is a minute of latitude for a nautical mile', () => expect(metresBetween({ lon: 121, lat: 31 }, { lon: 121, lat: 31 + 1 / 60 })).toBeCloseTo(1853, 0));
  it('is nothing at the same place', () => expect(metresBetween({ lon: 121, lat: 31 }, { lon: 121, lat: 31 })).toBe(0));
  it('shrinks with latitude along a parallel', () => expect(metresBetween({ lon: 121, lat: 60 }, { lon: 122, lat: 60 }) / metresBetween({ lon: 121, lat: 0 }, { lon: 122, lat: 0 })).toBeCloseTo(0.5, 3));
});
