import { ApiClient, newKey, type Answer } from '../shared/api/client';
import type { Contact } from '../shared/api/desk';
import { persistently } from '../shared/api/persistently';
import type { Catalogue, EntitlementDecision, OfferComparison, OfferMode, Place, Problem, TriageStep } from '../shared/api/types';
import { agentFor } from './agent.svelte';
import { change, comparisonOf, emptyDraft, entitlementOf, hashOf, readHash, reachable, type Draft, type Screen } from './journey';

const KEPT = 'dispatch.help';
const PLACE = 'dispatch.help.place';
/** A way left behind can be taken up again for so long. */
const LASTS = 7 * 24 * 3_600_000;

/** Where a customer stands on the way, and what the server has said. The browser's own history is the way back. */
export class Journey {
  /** Set where an agent goes the way for a customer who has turned to the desk. */
  readonly agent = agentFor(location.search);
  readonly api = this.agent?.session.api ?? new ApiClient();
  draft = $state.raw<Draft>(emptyDraft());
  screen = $state<Screen>('device');
  /** Answers up to the question shown. */
  asked = $state.raw<string[]>([]);
  place = $state.raw<Place | undefined>();
  address = $state('');
  catalogue = $state.raw<Catalogue | undefined>();
  step = $state.raw<TriageStep | undefined>();
  decision = $state.raw<EntitlementDecision | undefined>();
  comparison = $state.raw<OfferComparison | undefined>();
  problem = $state.raw<Problem | undefined>();
  busy = $state(false);
  /** There was something to take up again. */
  resumed = $state(false);
  /** Who books, for as long as the page is open: nothing of it is kept on the device. */
  person = $state({ name: '', phone: '', symptom: '' });
  /** Why the mode that was chosen last is not to be had any more; said above the comparison. */
  refused = $state.raw<{ mode: OfferMode; problem: Problem } | undefined>();

  private round = 0;
  private gone = false;
  private readonly turned = () => this.show();

  start(): void {
    const kept = read<{ at: number; draft: Draft }>(this.keeper, this.keptAs(KEPT));
    if (kept && Date.now() - kept.at < LASTS) {
      this.draft = { ...emptyDraft(), ...kept.draft };
      this.resumed = kept.draft.kind !== undefined;
    }
    const where = read<{ place?: Place; address: string }>(sessionStorage, this.keptAs(PLACE));
    [this.place, this.address] = [where?.place, where?.address ?? ''];
    window.addEventListener('hashchange', this.turned);
    void persistently(() => this.api.get<Catalogue>('/v1/catalogue'), (p) => (this.problem = p), () => this.gone).then((answer) => {
      if (answer?.ok) [this.catalogue, this.problem] = [answer.value, undefined];
    });
    if (this.agent?.session.current) void this.agent.load().then((contact) => contact && this.prefill(contact));
    this.show();
  }

  stop(): void {
    this.gone = true;
    window.removeEventListener('hashchange', this.turned);
  }

  /** Remembers an answer. */
  say(changed: Partial<Draft>): void {
    this.draft = change(this.draft, changed);
    write(this.keeper, this.keptAs(KEPT), { at: Date.now(), draft: this.draft });
  }

  settle(place: Place | undefined, address: string): void {
    [this.place, this.address] = [place, address];
    write(sessionStorage, this.keptAs(PLACE), { place, address });
  }

  go(screen: Screen, answers: readonly string[] = []): void {
    const hash = hashOf(screen, answers);
    if (hash === location.hash) this.show();
    else location.hash = hash;
  }

  /** Remembers the answer and goes on. */
  answer(changed: Partial<Draft>, next: Screen): void {
    this.say(changed);
    this.go(next);
  }

  back(): void {
    history.back();
  }

  begin(): void {
    this.end();
    this.draft = emptyDraft();
    this.person = { name: '', phone: '', symptom: '' };
    [this.place, this.address, this.resumed, this.comparison, this.decision] = [undefined, '', false, undefined, undefined];
    this.go('device');
  }

  /** The mode is gone: the comparison is asked again and says why. */
  refuse(mode: OfferMode, problem: Problem, now: OfferComparison): void {
    [this.refused, this.comparison] = [{ mode, problem }, now];
    this.say({ mode: undefined });
    this.go('compare');
  }

  /** All is done or given up: nothing is kept on the device. */
  end(): void {
    forget(this.keeper, this.keptAs(KEPT));
    forget(sessionStorage, this.keptAs(PLACE));
  }

  /** What an agent is told is another's: it is kept apart from their own way, and no longer than the tab. */
  private get keeper(): Storage {
    return this.agent ? sessionStorage : localStorage;
  }

  private keptAs(name: string): string {
    return this.agent ? `${name}.${this.agent.contactId}` : name;
  }

  /** What the customer has told the desk already is not asked again. */
  private prefill({ brand, model, category }: Contact): void {
    if (this.draft.brand !== '' || this.draft.category) return;
    this.say({ brand: brand ?? '', model: model ?? '', category: category ?? undefined });
  }

  /** Asks the server again for what the screen shows. */
  show(): void {
    const wanted = readHash(location.hash);
    const screen = reachable(this.draft, wanted.screen, this.place);
    if (screen !== wanted.screen) {
      history.replaceState(null, '', hashOf(screen, screen === 'ask' ? this.draft.answers : []));
      return this.show();
    }
    this.screen = screen;
    if (screen !== 'compare') this.refused = undefined;
    this.asked = wanted.answers;
    this.problem = undefined;
    this.round++;
    this.busy = false;
    if (screen === 'ask') void this.ask(wanted.answers);
    else if (screen === 'owed') void this.load(() => this.api.command<EntitlementDecision>('/v1/entitlement', entitlementOf(this.draft), newKey()), (value) => (this.decision = value), () => (this.decision = undefined));
    else if ((screen === 'compare' || (screen === 'book' && !this.comparison)) && this.place) {
      const body = comparisonOf(this.draft, this.place);
      void this.load(() => this.api.command<OfferComparison>('/v1/offers', body, newKey()), (value) => (this.comparison = value), () => (this.comparison = undefined));
    }
  }

  private ask(answers: readonly string[]): Promise<void> {
    return this.load(
      () => this.api.command<TriageStep>('/v1/triage', { category: this.draft.category, answers }, newKey()),
      (value) => {
        this.step = value;
        if (!value.end) return;
        this.say({ answers: [...answers], end: value.end });
        // The end replaces the last question's address: the way back leads to the question, not to here again.
        history.replaceState(null, '', hashOf('end'));
        this.show();
      },
      () => (this.step = undefined),
    );
  }

  private async load<T>(call: () => Promise<Answer<T>>, take: (value: T) => void, clear: () => void): Promise<void> {
    const round = this.round;
    this.busy = true;
    const answer = await persistently(call, (p) => (this.problem = p), () => this.gone || round !== this.round);
    if (round !== this.round || !answer) return;
    this.busy = false;
    if (answer.ok) {
      this.problem = undefined;
      take(answer.value);
    } else {
      clear();
      this.problem = answer.problem;
    }
  }
}

function read<T>(store: Storage, key: string): T | undefined {
  try {
    return (JSON.parse(store.getItem(key) ?? 'null') as T | null) ?? undefined;
  } catch {
    return undefined; // unreadable or forbidden: begin anew
  }
}

function write(store: Storage, key: string, value: unknown): void {
  try {
    store.setItem(key, JSON.stringify(value));
  } catch {
    // Storage forbidden: the way lasts as long as the page.
  }
}

function forget(store: Storage, key: string): void {
  try {
    store.removeItem(key);
  } catch {
    // Nothing was kept either.
  }
}

export const journey = new Journey();
