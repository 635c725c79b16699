import type { EntitlementDecision, EntitlementOption, EvidenceKind, ExchangeDesk, ExchangeStep, OfferMode, OfferPrice, Party, Remedy } from '../api/types';
import { plainCode } from '../i18n/domain';
import { fullDay, number } from '../i18n/format';
import { i18n, maybe, t, type Params } from '../i18n/index.svelte';
import { reasonWords } from '../i18n/problems';

export const remedyName = (remedy: Remedy): string => t(`remedyName.${remedy}`);
export const partyName = (party: Party): string => t(`party.${party}`);
export const evidenceName = (kind: EvidenceKind): string => t(`evidence.${kind}`);
export const deskName = (desk: ExchangeDesk): string => t(`desk.${desk}`);
/** Lines of a price in the order in which they are read; what is paid to the customer last. */
export const priceLines = ['labour', 'parts', 'visit', 'freight', 'unit', 'service', 'credit'] as const satisfies readonly (keyof OfferPrice)[];
/** What a clause is to a price: what makes all of it free, or what is owed beside what is to be paid. */
export const clauseRole = (price: OfferPrice): string => t(price.total === 0 ? 'help.freeBy' : 'help.owedBy');
export const offerModeName = (mode: OfferMode): string => t(`offerMode.${mode}`);

/** `cn-phones/2026-1#day-7/exchange` or `day-7/exchange` → words; a house's own clause by its name. */
export function clauseName(clause: string): string {
  const bare = clause.includes('#') ? clause.slice(clause.indexOf('#') + 1) : clause;
  return maybe(`clause.${bare}`) ?? plainCode(bare.replace(/\//g, ': '));
}

/** How a clause is cited: the book, its version, and the rule in it. */
export const citation = (decision: Pick<EntitlementDecision, 'book' | 'version'>, clause: string): string => `${decision.book} ${decision.version} § ${clause}`;

/** From when and until when, in a sentence. */
export function periodWords(option: EntitlementOption): string {
  const day = (text: string) => fullDay(i18n.locale, text);
  if (option.from && option.until) return t('owed.fromUntil', { from: day(option.from), until: day(option.until) });
  if (option.until) return t('owed.until', { until: day(option.until) });
  return option.from ? t('owed.from', { from: day(option.from) }) : t('owed.always');
}

/** Days in facts of a refusal as a reader writes them, numbers as they are. */
const readable = (value: string): string | number => (/^\d{4}-\d{2}-\d{2}$/.test(value) ? fullDay(i18n.locale, value) : /^\d+$/.test(value) ? number(i18n.locale, Number(value)) : value);

/** Why a rule gives nothing, with its day or count. */
export function notOwedWords(code: string, facts: readonly { name: string; value: string }[]): string {
  const params: Params = Object.fromEntries(facts.map((f) => [f.name, readable(f.value)]));
  return maybe(`owed.why.${code}`, params) ?? reasonWords(code, params);
}

/** Why a mode is not offered, said to a customer. */
export function notOfferedWords(code: string, facts: Readonly<Record<string, string>>): string {
  const params: Params = { ...facts, ...(facts['part'] && { part: maybe(`part.${facts['part']}`) ?? plainCode(facts['part']) }), ...(facts['skill'] && { skill: maybe(`skill.${facts['skill']}`) ?? plainCode(facts['skill']) }) };
  return maybe(`help.why.${code}`, params) ?? reasonWords(code, params);
}

export const stepName = (step: ExchangeStep): string => t(`exchangeStep.${step}`);
export const accessoryName = (code: string): string => maybe(`accessory.${code}`) ?? plainCode(code);
/** What is looked at, without what it should show. */
export const evidenceShort = (kind: EvidenceKind): string => t(`evidenceShort.${kind}`);
