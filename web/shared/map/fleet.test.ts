import { describe, expect, it } from 'vitest';
import { Fleet, mercatorX, mercatorY } from './fleet';

describe('Fleet', () => {
  it('appears where first reported', () => {
    const fleet = new Fleet();
    fleet.report('tech_1', 121, 31, 1000, 5);
    expect(fleet.x(0, 5)).toBeCloseTo(mercatorX(121), 12);
    expect(fleet.y(0, 5)).toBeCloseTo(mercatorY(31), 12);
    expect(fleet.moving(5)).toBe(false);
  });

  it('moves evenly to the next report and stays there', () => {
    const fleet = new Fleet();
    fleet.report('tech_1', 121, 31, 1000, 0);
    fleet.report('tech_1', 121.01, 31, 2000, 1000);
    expect(fleet.x(0, 1000)).toBeCloseTo(mercatorX(121), 12);
    expect(fleet.x(0, 1550)).toBeCloseTo(mercatorX(121.005), 9);
    expect(fleet.x(0, 9000)).toBeCloseTo(mercatorX(121.01), 12);
    expect(fleet.moving(1500)).toBe(true);
    expect(fleet.moving(9000)).toBe(false);
  });

  it('goes on across the date line', () => {
    const fleet = new Fleet();
    fleet.report('tech_1', 179.999, -17, 1000, 0);
    fleet.report('tech_1', -179.999, -17, 2000, 1000);
    expect(fleet.x(0, 9000)).toBeCloseTo(mercatorX(180.001), 9);
    expect(fleet.x(0, 1275)).toBeGreaterThan(mercatorX(179.999));
    expect(fleet.x(0, 1275)).toBeLessThan(mercatorX(180.001));
  });

  it('drops a report older than, or as old as, the last', () => {
    const fleet = new Fleet();
    fleet.report('tech_1', 121, 31, 2000, 0);
    expect(fleet.report('tech_1', 121.01, 31, 1999, 10)).toBe(false);
    expect(fleet.report('tech_1', 121.01, 31, 2000, 10)).toBe(false);
    expect(fleet.x(0, 5000)).toBeCloseTo(mercatorX(121), 12);
  });

  it('takes over from where it is when a report comes early', () => {
    const fleet = new Fleet();
    fleet.report('tech_1', 121, 31, 1, 0);
    fleet.report('tech_1', 121.01, 31, 2, 1000);
    const halfway = fleet.x(0, 1500);
    fleet.report('tech_1', 121.02, 31, 3, 1500);
    expect(fleet.x(0, 1500)).toBeCloseTo(halfway, 12);
  });

  it('shows a jump across the city as a jump', () => {
    const fleet = new Fleet();
    fleet.report('tech_1', 121, 31, 1, 0);
    fleet.report('tech_1', 121.2, 31, 2, 1000);
    expect(fleet.x(0, 1000)).toBeCloseTo(mercatorX(121.2), 12);
  });

  it('heads where it moves unless told otherwise', () => {
    const fleet = new Fleet();
    fleet.report('tech_1', 121, 31, 1, 0);
    expect(fleet.heading(0)).toBeNaN();
    fleet.report('tech_1', 121.01, 31, 2, 1000);
    expect(fleet.heading(0)).toBeCloseTo(90, 3);
    fleet.report('tech_1', 121.01, 31.01, 3, 9000);
    expect(fleet.heading(0)).toBeCloseTo(0, 3);
    fleet.report('tech_1', 121.02, 31.01, 4, 18000, 275);
    expect(fleet.heading(0)).toBe(275);
  });

  it('knows its highest speed while something moves', () => {
    const fleet = new Fleet();
    fleet.report('slow', 121, 31, 1, 0);
    fleet.report('fast', 121, 31, 1, 0);
    fleet.report('slow', 121.001, 31, 2, 1000);
    fleet.report('fast', 121.01, 31, 2, 1000);
    expect(fleet.speed).toBeCloseTo((mercatorX(121.01) - mercatorX(121)) / 1100, 15);
    fleet.report('slow', 121.002, 31, 3, 60_000);
    expect(fleet.speed).toBeCloseTo((mercatorX(121.002) - mercatorX(121.001)) / 2500, 15);
  });

  it('keeps the others when one leaves, beyond its first capacity', () => {
    const fleet = new Fleet();
    for (let i = 0; i < 200; i++) fleet.report(`tech_${i}`, 120 + i / 1000, 31, 1, 0);
    fleet.remove('tech_0');
    fleet.remove('tech_77');
    fleet.remove('never there');
    expect(fleet.size).toBe(198);
    for (const n of [1, 76, 78, 199]) expect(fleet.x(fleet.index(`tech_${n}`), 0)).toBeCloseTo(mercatorX(120 + n / 1000), 12);
    expect(fleet.index('tech_77')).toBe(-1);
  });
});
