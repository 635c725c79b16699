import type { JobView, Quote, QuoteLine } from '../api/types';
import { partName } from '../i18n/domain';
import { days, duration, number } from '../i18n/format';
import { i18n, maybe, t } from '../i18n/index.svelte';

/** Whether nothing may be done to the device before its customer has answered. */
export const awaitsCustomer = (job: { quote?: Quote | null }): boolean => job.quote?.status === 'open';

/** What a line is for, in words: the part by name, everything else by kind. */
export const lineName = (line: QuoteLine): string => (line.kind === 'part' && line.code ? partName(line.code) : t(`quote.line.${line.kind}`));

/** How much of it: minutes of labour, units of a part, ways of a parcel. Nothing where it is one. */
export function lineQuantity(line: QuoteLine): string | undefined {
  if (line.kind === 'labour') return duration(i18n.locale, line.quantity * 60);
  return line.quantity === 1 ? undefined : `× ${number(i18n.locale, line.quantity)}`;
}

const LONG = 2 * 86_400;

/** Time left in words: hours for the near, days for the far. */
export const leftWords = (seconds: number): string => (seconds < LONG ? duration(i18n.locale, seconds) : days(i18n.locale, seconds));

/** The rule behind a free line, by our words for its clause where there are some. */
export const clauseWords = (clause: string): string => maybe(`clause.${clause}`) ?? clause;

/** What is taken as used until somebody says otherwise: what was agreed, or what the job was thought to need. */
export const usedAtFirst = (job: JobView): Record<string, number> =>
  Object.fromEntries(
    job.quote?.status === 'approved' ? job.quote.lines.flatMap((l) => (l.kind === 'part' && l.code ? [[l.code, l.quantity] as const] : [])) : (job.needs?.parts ?? []).map((p) => [p.code, p.quantity] as const),
  );
