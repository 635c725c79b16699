import { describe, expect, it } from 'vitest';
import { checkOf, groupedWaybill, readWaybill } from './waybill';

const body = '7K3M9QZ1V4TB';
const waybill = `DP${body}${checkOf(body)}`;

describe('readWaybill', () => {
  it('reads a waybill however it is typed', () => {
    for (const typed of [waybill, waybill.toLowerCase(), groupedWaybill(waybill), ` ${waybill.slice(0, 5)}-${waybill.slice(5)} `]) expect(readWaybill(typed)).toEqual({ kind: 'waybill', waybill });
  });

  it('has the check character of the server: twelve zeros have none to weigh, a last one weighs 13', () => {
    expect(checkOf('000000000000')).toBe('0');
    expect(checkOf('000000000001')).toBe('D');
    expect(checkOf('Z00000000000')).toBe('0');
  });

  it('notices every single wrong character but 0 for Z, and every exchange of neighbours', () => {
    const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
    for (let i = 2; i < 14; i++) {
      for (const c of alphabet) if (c !== waybill[i] && !(`${c}${waybill[i]}` === '0Z' || `${c}${waybill[i]}` === 'Z0')) expect(readWaybill(waybill.slice(0, i) + c + waybill.slice(i + 1)).kind, `${c} at ${i}`).toBe('wrong');
      if (i < 13 && waybill[i] !== waybill[i + 1]) expect(readWaybill(waybill.slice(0, i) + waybill[i + 1] + waybill[i] + waybill.slice(i + 2)).kind, `exchange at ${i}`).toBe('wrong');
    }
  });

  it('tells the beginning of a waybill from a word to search for', () => {
    expect(readWaybill('DP7K3').kind).toBe('partial');
    expect(readWaybill('dp').kind).toBe('other');
    expect(readWaybill('Sony').kind).toBe('other');
    expect(readWaybill('DP-ILO').kind).toBe('other');
    expect(readWaybill(`${waybill}1`).kind).toBe('wrong');
    expect(readWaybill('DPILO567890123A').kind).toBe('wrong');
  });
});
