import { describe, expect, it } from 'vitest';
import { offerWindows } from './windows';

describe('offerWindows', () => {
  it('offers the next four hours first', () => {
    const now = new Date(2026, 2, 2, 10, 17, 42).getTime();
    const { soon } = offerWindows(now);
    expect(Date.parse(soon.from)).toBeLessThanOrEqual(now);
    expect(now - Date.parse(soon.from)).toBeLessThan(60_000);
    expect(Date.parse(soon.to) - Date.parse(soon.from)).toBe(4 * 3_600_000);
  });

  it('offers no slot that begins within the hour', () => {
    const now = new Date(2026, 2, 2, 11, 30).getTime();
    const first = offerWindows(now).days[0]!.slots[0]!;
    expect(new Date(first.from).getHours()).toBe(14);
  });

  it('leaves out a day that is over', () => {
    const now = new Date(2026, 2, 2, 19, 30).getTime();
    expect(new Date(offerWindows(now).days[0]!.day).getDate()).toBe(3);
  });

  it('fills a whole later day with two-hour slots from 8 to 20', () => {
    const day = offerWindows(new Date(2026, 2, 2, 10).getTime()).days[1]!;
    expect(day.slots.map((s) => new Date(s.from).getHours())).toEqual([8, 10, 12, 14, 16, 18]);
    for (const s of day.slots) expect(Date.parse(s.to) - Date.parse(s.from)).toBe(2 * 3_600_000);
  });
});
