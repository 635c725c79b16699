import { describe, expect, it } from 'vitest';
import { clockTime } from '../i18n/format';
import { dayOf, knownZone } from '../i18n/zone';
import { offerWindows } from './windows';

const shanghai = knownZone('Asia/Shanghai')!;
const hours = (slots: readonly { from: string }[]) => slots.map((s) => clockTime('en', shanghai, s.from));

describe('offerWindows', () => {
  it('offers the next four hours first', () => {
    const now = Date.parse('2026-03-02T10:17:42+08:00');
    const { soon } = offerWindows(now, shanghai);
    expect(Date.parse(soon.from)).toBeLessThanOrEqual(now);
    expect(now - Date.parse(soon.from)).toBeLessThan(60_000);
    expect(Date.parse(soon.to) - Date.parse(soon.from)).toBe(4 * 3_600_000);
  });

  it('offers no slot that begins within the hour', () => {
    const now = Date.parse('2026-03-02T11:30:00+08:00');
    const first = offerWindows(now, shanghai).days[0]!.slots[0]!;
    expect(hours([first])).toEqual(['14:00']);
  });

  it('leaves out a day that is over', () => {
    const now = Date.parse('2026-03-02T19:30:00+08:00');
    expect(dayOf(shanghai, offerWindows(now, shanghai).days[0]!.day)).toBe('2026-03-03');
  });

  it('fills a whole later day with two-hour slots from 8 to 20', () => {
    const day = offerWindows(Date.parse('2026-03-02T10:00:00+08:00'), shanghai).days[1]!;
    expect(hours(day.slots)).toEqual(['08:00', '10:00', '12:00', '14:00', '16:00', '18:00']);
    for (const s of day.slots) expect(Date.parse(s.to) - Date.parse(s.from)).toBe(2 * 3_600_000);
  });
});
