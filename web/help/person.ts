import { isPhone } from '../shared/phone';
import type { Draft } from './journey';

/** What the desk is asked, as the form has it. */
export interface Asked {
  readonly text: string;
  readonly name: string;
  readonly phone: string;
  readonly callBack: boolean;
  readonly language: string;
  /** What is known besides, in the customer's words, a line each. */
  readonly known: readonly string[];
}

export type AskFault = 'text' | 'phone';

/** Something must be known of what it is about, and a number where somebody is to call. */
export function faultsOf(asked: Pick<Asked, 'text' | 'phone' | 'callBack'>, draft: Draft, isWish: boolean): AskFault[] {
  const faults: AskFault[] = [];
  if (asked.text.trim() === '' && !draft.category && !isWish) faults.push('text');
  if (asked.callBack && !isPhone(asked.phone)) faults.push('phone');
  return faults;
}

/** Body of POST /v1/contacts: what was said on the way so far, so that nobody has to ask it again. */
export function contactOf(draft: Draft, asked: Asked) {
  const [brand, model, name, phone] = [draft.brand, draft.model, asked.name, asked.phone].map((text) => text.trim());
  const text = [asked.text.trim(), ...asked.known].filter(Boolean).join('\n');
  return {
    channel: 'web', ...(text && { text }), ...(draft.category && { category: draft.category }), ...(brand && { brand }), ...(model && { model }),
    customer: { ...(name && { name }), ...(phone && { phone }), language: asked.language },
  };
}
