import { describe, expect, it } from 'vitest';
import { checkDigit, groupedImei, isNumber, readImei, readNumber, readSerial, readUnit } from './device';

describe('an IMEI', () => {
  it('is read with or without groups', () => {
    for (const text of ['490154203237518', '49-015420-323751-8', ' 49 015420 323751/8 ']) expect(readImei(text)).toEqual({ kind: 'imei', value: '490154203237518' });
  });
  it('says which digit would fit where the last does not', () => expect(readImei('490154203237515')).toEqual({ kind: 'checkDigit', expected: 8, given: 5 }));
  it('notices any two neighbours exchanged that Luhn can notice', () => expect(readImei('940154203237518').kind).toBe('checkDigit'));
  it('counts what is there of fifteen', () => expect(readImei('4901542')).toEqual({ kind: 'short', digits: 7 }));
  it('takes nothing for nothing, and letters for none', () => expect([readImei(' ').kind, readImei('4901542O3237518').kind, readImei('4901542032375180').kind]).toEqual(['empty', 'malformed', 'malformed']));
  it('is shown in its groups', () => expect(groupedImei('490154203237518')).toBe('49 015420 323751 8'));
  it.each([['7992739871', 3], ['49015420323751', 8], ['', 0]])('%s is followed by %d', (digits, expected) => expect(checkDigit(digits)).toBe(expected));
});

describe('a serial number', () => {
  it('is kept in capitals and without blanks', () => expect(readSerial(' cn 12-ab.3/4 ')).toEqual({ kind: 'serial', value: 'CN12-AB.3/4' }));
  it('has 4 to 32 signs that can be printed on a device', () => {
    expect(readSerial('ABC').kind).toBe('malformed');
    expect(readSerial('A'.repeat(33)).kind).toBe('malformed');
    expect(readSerial('----').kind).toBe('malformed');
    expect(readSerial('ABC_1').kind).toBe('malformed');
  });
});

describe('any number', () => {
  it('of fifteen digits is an IMEI, whatever else it could be', () => expect([readNumber('490154203237518').kind, readNumber('49 015420 323751 5').kind]).toEqual(['imei', 'checkDigit']));
  it('of other lengths is a serial number', () => expect(readNumber('12345678').kind).toBe('serial'));
});

describe('the number of a unit that is given', () => {
  it('is an IMEI for what has one, and a serial number for what has none', () => {
    expect(readUnit('35 209900 176148 1', '490154203237518')).toEqual({ kind: 'imei', value: '352099001761481' });
    expect(readUnit('SN-1234', '490154203237518').kind).toBe('malformed');
    expect(readUnit('sn-1234', 'SN-1233')).toEqual({ kind: 'serial', value: 'SN-1234' });
  });
  it('is not that of the old one, however it is grouped', () => expect([readUnit('49 015420 323751 8', '490154203237518').kind, readUnit('sn-1233', 'SN-1233').kind]).toEqual(['same', 'same']));
  it('tells a device from all others only once it is whole', () => expect([isNumber('490154203237518'), isNumber('490154203237515'), isNumber('AB')]).toEqual([true, false, false]));
});
