import type { Mode, Outcome } from '../api/types';
import { isSwap } from '../modes';
import { isolate } from './direction';
import { maybe, t } from './index.svelte';

/** `back_glass` → "Back glass": for codes without words of ours. */
export const plainCode = (code: string | undefined): string => {
  const words = (code ?? '').replace(/[._-]+/g, ' ').trim();
  return words === '' ? (code ?? '') : words[0]!.toUpperCase() + words.slice(1);
};

export const categoryName = (code: string): string => maybe(`category.${code}`) ?? plainCode(code);
export const skillName = (code: string): string => maybe(`skill.${code}`) ?? plainCode(code);
export const toolName = (code: string): string => maybe(`tool.${code}`) ?? plainCode(code);
/** A unit to be given for another lies in stock as a part, `unit:huawei:p60-pro`. */
export const partName = (code: string): string => {
  const [kind, brand, model] = (code ?? '').split(':');
  return kind === 'unit' && brand && model ? t('part.unit', { device: `${plainCode(brand)} ${model.replace(/-/g, ' ')}` }) : (maybe(`part.${code}`) ?? plainCode(code));
};
export const deviceName = (device: { brand: string; model: string }): string => [device.brand, device.model].filter(Boolean).map(isolate).join(' ');
/** How the work ended; what a swap did not do is no repair. */
export const outcomeName = (outcome: Outcome, mode: Mode): string => t(outcome === 'not_repaired' && isSwap(mode) ? 'outcome.not_swapped' : `outcome.${outcome}`);
export const messageName = (template: string): string => maybe(`messages.template.${template}`) ?? plainCode(template);
export const eventName = (type: string): string => maybe(`event.${type}`) ?? plainCode(type);

/** Last six characters of an id: enough for people to tell jobs apart on the phone. */
export const shortId = (id: string): string => ((id ?? '').split('_').pop() ?? '').slice(-6).toUpperCase();
export const reasonName = (code: string): string => maybe(`decline.${code}`) ?? plainCode(code);
export const languageName = (code: string): string => (code === 'zh-Hans' || code === 'zh-Hant' || code === 'en' ? t(`language.${code}`) : code);
