import { describe, expect, it } from 'vitest';
import type { JobView, Quote, QuoteLine } from '../api/types';
import { exactMoney } from '../i18n/format';
import { awaitsCustomer, lineName, lineQuantity, usedAtFirst } from './quote';

const line = (kind: QuoteLine['kind'], quantity: number, code?: string): QuoteLine => ({ kind, quantity, unitPrice: 1, amount: 1, ...(code && { code }) });
const quote = (status: Quote['status'], lines: QuoteLine[] = []) => ({ number: 1, status, lines }) as unknown as Quote;
const job = (given: Partial<JobView>) => ({ needs: { skills: [], tools: [], parts: [{ code: 'screen', quantity: 1 }] }, ...given }) as JobView;

describe('a quote', () => {
  it('is waited for only while it is open', () => {
    expect(['open', 'approved', 'refused', 'lapsed', 'withdrawn'].map((s) => awaitsCustomer(job({ quote: quote(s as Quote['status']) })))).toEqual([true, false, false, false, false]);
    expect(awaitsCustomer(job({}))).toBe(false);
  });

  it('says its lines in words: minutes, units, ways', () => {
    expect([line('labour', 45), line('part', 2, 'battery'), line('part', 1, 'screen'), line('visit', 1), line('freight', 2)].map((l) => [lineName(l), lineQuantity(l)])).toEqual([
      ['quote.line.labour', '45 min'], ['Battery', '× 2'], ['Screen', undefined], ['quote.line.visit', undefined], ['quote.line.freight', '× 2'],
    ]);
  });

  it('that was approved names what will be used; before, the needs do', () => {
    const lines = [line('labour', 45), line('part', 2, 'battery')];
    expect(usedAtFirst(job({ quote: quote('approved', lines) }))).toEqual({ battery: 2 });
    expect(usedAtFirst(job({ quote: quote('open', lines) }))).toEqual({ screen: 1 });
    expect(usedAtFirst(job({ needs: null }))).toEqual({});
  });

  it('is written in its own currency and that one’s minor units', () => {
    expect(exactMoney('en', 89_000, 'CNY')).toMatch(/890\.00/);
    expect(exactMoney('en', 89_000, 'JPY')).toMatch(/89,000/);
    expect(exactMoney('en', -1_050, 'CNY')).toMatch(/-.*10\.50/);
  });
});
