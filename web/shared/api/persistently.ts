import type { Answer } from './client';
import type { Problem } from './types';

const WAIT = 3000;
const sleep = (milliseconds: number) => new Promise<void>((resume) => setTimeout(resume, milliseconds));

/** Failures that say nothing about what was asked: worth asking again as it is. */
export const isPassing = (problem: Problem): boolean => problem.status === 0 || problem.status === 401 || problem.status === 408 || problem.status === 429 || problem.status >= 500;

/**
 * Asks every three seconds until there is an answer or a refusal that would stay the same; `tell` hears of each failure on the way.
 * Undefined once nobody wants to know any more (`gone`), or the session has ended (401).
 */
export async function persistently<T>(ask: () => Promise<Answer<T>>, tell: (problem: Problem) => void, gone: () => boolean): Promise<Answer<T> | undefined> {
  for (;;) {
    const answer = await ask();
    if (gone()) return undefined;
    if (answer.ok || !isPassing(answer.problem)) return answer;
    if (answer.problem.status === 401) return undefined;
    tell(answer.problem);
    await sleep(WAIT);
    if (gone()) return undefined;
  }
}

/** Loads a part of the program that is fetched only where needed, as often as it takes. Undefined once `gone`. */
export async function loadPart<T>(load: () => Promise<T>, gone: () => boolean): Promise<T | undefined> {
  for (;;) {
    try {
      const part = await load();
      return gone() ? undefined : part;
    } catch {
      // The server is away, or a new version has replaced the file; the second heals with the next visit.
      await sleep(WAIT);
      if (gone()) return undefined;
    }
  }
}
