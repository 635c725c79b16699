import type { Problem } from '../api/types';
import { maybe, t, type Params } from './index.svelte';

/**
 * What to tell a person about a refusal: our words for its code; for a code we do not know the server's; else what its status means.
 * Where the server says how the job stands now, so do we.
 */
export function problemWords(problem: Pick<Problem, 'code' | 'status' | 'title' | 'detail' | 'facts' | 'current'>): { title: string; detail: string | undefined } {
  const words = wordsFor(problem);
  const status = (problem.current as { status?: unknown } | null | undefined)?.status;
  const now = typeof status === 'string' ? maybe(`status.${status}`) : undefined;
  return now ? { ...words, detail: t('problem.current', { status: now }) } : words;
}

function wordsFor(problem: Pick<Problem, 'code' | 'status' | 'title' | 'detail' | 'facts'>): { title: string; detail: string | undefined } {
  const facts: Params = Object.fromEntries(Object.entries(problem.facts ?? {}).filter((e): e is [string, string | number] => typeof e[1] === 'string' || typeof e[1] === 'number'));
  const ours = maybe(`problem.${problem.code}`, facts);
  if (ours) return { title: ours, detail: problem.code === 'request.invalid' ? fieldWords(facts) : maybe(`problem.${problem.code}.detail`, facts) };
  if (problem.title) return { title: problem.title, detail: problem.detail };
  return { title: problem.status >= 500 ? t('problem.server') : t('problem.refused', { code: problem.code }), detail: problem.detail };
}

/** Which fields are wrong and how, by the last part of their path: `contact.phone` is the phone to whoever filled in the form. */
function fieldWords(faults: Params): string | undefined {
  const named = Object.entries(faults).flatMap(([path, fault]) => {
    const field = maybe(`field.${path.replace(/\[\d+\]/g, '').split('.').pop()}`);
    return field ? [`${field}: ${maybe(`invalid.${fault}`) ?? t('invalid.other')}`] : [];
  });
  return named.length > 0 ? named.join(' · ') : undefined;
}

/** Reason of the planner or of a refusal in a few words; the code itself where we have none. */
export const reasonWords = (code: string, facts: Params = {}, fallback?: string | null): string => maybe(`problem.${code}`, facts) ?? fallback ?? code;
export const remedyWords = (code: string, fallback?: string | null): string | undefined => maybe(`remedy.${code}`) ?? fallback ?? undefined;
