import type { Answer } from './client';
import type { Problem } from './types';

/** One call at a time, for a page to show: whether it is under way, and what was wrong with the last. */
export class Attempt {
  problem = $state.raw<Problem | undefined>();
  busy = $state(false);

  /** The answer's value; undefined where it was refused, or another call was still under way. */
  protected async during<T>(call: () => Promise<Answer<T>>): Promise<T | undefined> {
    if (this.busy) return undefined;
    [this.busy, this.problem] = [true, undefined];
    const answer = await call();
    this.busy = false;
    if (answer.ok) return answer.value;
    this.problem = answer.problem;
    return undefined;
  }
}
