import { describe, expect, it } from 'vitest';
import { faultsOf, readDegrees, type Filled } from './form';

const filled: Filled = { mode: 'doorToDoor', address: '', category: 'screen', brand: '', model: '', place: { lon: 121, lat: 31 }, window: { from: '', to: '' }, name: 'Chen Yu', phone: '+86 138 0000 0000' };

describe('faultsOf', () => {
  it('finds nothing wrong with a filled form', () => expect(faultsOf(filled)).toEqual([]));
  it('names what is missing in the order of the form', () => {
    expect(faultsOf({ ...filled, category: '', place: undefined, window: undefined, name: ' ', phone: 'none' })).toEqual(['category', 'place', 'window', 'name', 'phone']);
  });
  it('wants an address and no time for what is sent in', () => {
    const sent: Filled = { ...filled, mode: 'mailIn', window: undefined };
    expect(faultsOf(sent)).toEqual(['address']);
    expect(faultsOf({ ...sent, address: '12 Lotus Lane' })).toEqual([]);
  });
  it('wants brand and model together', () => {
    expect(faultsOf({ ...filled, brand: 'Sony' })).toEqual(['model']);
    expect(faultsOf({ ...filled, model: 'A74' })).toEqual(['brand']);
    expect(faultsOf({ ...filled, brand: 'Sony', model: 'A74' })).toEqual([]);
  });
});

describe('readDegrees', () => {
  it('reads points and commas', () => {
    expect(readDegrees(' 121.05', '31,02 ')).toEqual({ lon: 121.05, lat: 31.02 });
    expect(readDegrees('0', '-0.5')).toEqual({ lon: 0, lat: -0.5 });
  });
  it('refuses what is not on the globe', () => {
    for (const [lon, lat] of [['', '31'], ['121', ''], ['x', '31'], ['181', '31'], ['121', '91'], ['Infinity', '1']] as const) expect(readDegrees(lon, lat)).toBeUndefined();
  });
});
