import { describe, expect, it } from 'vitest';
import type { Mode } from './api/types';
import { hasParcels, isAtCounter, isSwap, isVisit } from './modes';

describe('a mode of a job', () => {
  it.each<[Mode, string]>([
    ['doorToDoor', 'visit'], ['swapAtDoor', 'visit swap'], ['mailIn', 'parcels'], ['pickupReturn', 'parcels'], ['swapByPost', 'parcels swap'], ['walkIn', 'counter'], ['swapAtPoint', 'counter swap'],
  ])('%s is of %s', (mode, kinds) => {
    const found = [isVisit(mode) && 'visit', hasParcels(mode) && 'parcels', isAtCounter(mode) && 'counter', isSwap(mode) && 'swap'].filter(Boolean);
    expect(found.join(' ')).toBe(kinds);
  });
});
