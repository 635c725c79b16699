import { describe, expect, it } from 'vitest';
import type { TriageEnd } from '../shared/api/types';
import { change, comparisonOf, emptyDraft, entitlementOf, hashOf, readHash, reachable, stepsOf, type Draft } from './journey';

const place = { lon: 121, lat: 31 };
const end = (kind: TriageEnd['kind']): TriageEnd => ({ id: 'e', kind, severity: 'regular', category: 'battery', parts: [], skills: [], tools: [], minutes: 30, words: {} });
const asked: Draft = { ...emptyDraft(), kind: 'phone', brand: ' Huawei ', model: 'P60 Pro', numberSeen: true, boughtSeen: true, bought: '2026-03-01', papersSeen: true, invoice: 'valid', category: 'screen', answers: ['no', 'lines'] };
const found: Draft = { ...asked, end: end('fault'), conditionSeen: true, owedSeen: true };

describe('the way', () => {
  it('begins with the device', () => expect(reachable(emptyDraft(), 'compare', place)).toBe('device'));
  it('opens screen by screen', () => {
    expect(reachable(asked, 'owed', place)).toBe('ask');
    expect(reachable({ ...found, owedSeen: false }, 'compare', place)).toBe('owed');
    expect(reachable(found, 'compare', undefined)).toBe('where');
    expect(reachable(found, 'book', place)).toBe('compare');
    expect(reachable({ ...found, mode: 'mailIn' }, 'book', place)).toBe('book');
  });
  it('may be walked back at any time', () => expect(reachable(found, 'papers', undefined)).toBe('papers'));
  it('ends with remote help unless that did not help', () => {
    expect(reachable({ ...asked, end: end('remote') }, 'condition', place)).toBe('end');
    expect(reachable({ ...asked, end: end('remote') }, 'solved', place)).toBe('solved');
    expect(reachable({ ...asked, end: end('remote'), helpFailed: true }, 'condition', place)).toBe('condition');
  });
});

describe('an answer that changes', () => {
  it('takes back what rested on it', () => {
    expect(change(found, { category: 'battery' })).toMatchObject({ answers: [], end: undefined, category: 'battery' });
    expect(change({ ...found, mode: 'mailIn' }, { answers: ['yes'] })).toMatchObject({ end: undefined, mode: undefined });
    expect(change(found, { kind: 'camera' })).toMatchObject({ brand: '', model: '', category: undefined, end: undefined });
  });
  it('leaves alone what did not', () => {
    expect(change(found, { kind: 'phone' })).toEqual(found);
    expect(change(found, { brand: 'Xiaomi' }).end).toBe(found.end);
  });
});

describe('addresses', () => {
  it('name the screen, and the answers up to a question', () => {
    expect(readHash('#ask/no.lines')).toEqual({ screen: 'ask', answers: ['no', 'lines'] });
    expect(hashOf('ask', ['no', 'lines'])).toBe('#ask/no.lines');
    expect(hashOf('owed', ['no'])).toBe('#owed');
  });
  it('that lead nowhere lead to the beginning', () => expect([readHash('').screen, readHash('#nowhere').screen]).toEqual(['device', 'device']));
});

describe('remote help', () => {
  it('is one step a sentence, in every script', () => {
    expect(stepsOf('A forced restart has helped. Keep it up to date; if it comes back, choose a repair.')).toEqual(['A forced restart has helped.', 'Keep it up to date; if it comes back, choose a repair.']);
    expect(stepsOf('请关闭该应用，观察一天。不行再来！')).toEqual(['请关闭该应用，观察一天。', '不行再来！']);
    expect(stepsOf('no full stop')).toEqual(['no full stop']);
  });
});

describe('questions to the server', () => {
  it('hold what was said and nothing else', () => expect(entitlementOf(found)).toEqual({ kind: 'phone', purchasedOn: '2026-03-01', evidence: [{ kind: 'invoice', state: 'valid' }] }));
  it('name the fault an inspection was about', () => {
    expect(entitlementOf({ ...found, inspection: 'confirmed', inspectedOn: '2026-03-02' }).evidence).toContainEqual({ kind: 'inspection', state: 'confirmed', fault: 'battery', on: '2026-03-02' });
  });
  it('give the number as what it is', () => {
    expect(comparisonOf({ ...found, number: '49 015420 323751 8' }, place).device).toEqual({ kind: 'phone', brand: 'Huawei', model: 'P60 Pro', imei: '490154203237518' });
    expect(comparisonOf({ ...found, number: 'sn-0042' }, place).device).toMatchObject({ serial: 'SN-0042' });
    expect(comparisonOf({ ...found, number: '490154203237515' }, place).device).toEqual({ kind: 'phone', brand: 'Huawei', model: 'P60 Pro' });
  });
  it('leave out answers that ended in help which did not help', () => {
    expect(comparisonOf(found, place).answers).toEqual(['no', 'lines']);
    expect(comparisonOf({ ...found, end: end('remote'), helpFailed: true }, place)).not.toHaveProperty('answers');
  });
});
