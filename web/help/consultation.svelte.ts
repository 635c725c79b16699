import { Attempt } from '../shared/api/attempt.svelte';
import { ApiClient, newKey } from '../shared/api/client';
import type { ContactDetail, DeskReply } from '../shared/api/desk';
import { isPassing } from '../shared/api/persistently';
import type { Warning } from '../shared/api/types';
import type { StreamClient } from '../shared/stream/client';
import { openStreams } from '../shared/stream/signalr';

const KEPT = 'dispatch.help.contact';

interface Kept {
  readonly id: string;
  readonly token: string;
}

/** A customer's contact with the service desk, live. The token of its answer is the right to it, kept for as long as this tab lives. */
export class Consultation extends Attempt {
  talk = $state.raw<ContactDetail | undefined>();
  /** What of the form may have been mistyped. */
  warnings = $state.raw<readonly Warning[] | null | undefined>();
  private kept = $state.raw<Kept | undefined>(read());
  private readonly api = new ApiClient({ token: () => this.kept?.token });
  private streams: StreamClient | undefined;

  get id(): string | undefined {
    return this.kept?.id;
  }

  start(): void {
    if (!this.kept) return;
    void this.look();
    const look = () => void this.look();
    this.streams = openStreams(this.api, () => this.kept?.token, { apply: look, replace: look, show: (state) => state === 'live' && look() });
    this.streams.start();
    this.streams.follow(`contact/${this.kept.id}`);
  }

  stop(): void {
    void this.streams?.stop();
    this.streams = undefined;
  }

  /** One key per contact asked for: a second press after a lost answer is the same contact. */
  async open(body: unknown, key: string): Promise<void> {
    const answer = await this.during(() => this.api.command<DeskReply>('/v1/contacts', body, key));
    if (!answer?.contactToken) return;
    this.warnings = answer.warnings;
    this.kept = { id: answer.id, token: answer.contactToken };
    write(this.kept);
    this.start();
  }

  async say(text: string): Promise<boolean> {
    return (await this.step('say', { text })) !== undefined;
  }

  async leave(): Promise<void> {
    await this.step('leave', {});
  }

  forget(): void {
    this.stop();
    [this.kept, this.talk, this.problem, this.warnings] = [undefined, undefined, undefined, undefined];
    write(undefined);
  }

  private async step(name: string, body: unknown): Promise<DeskReply | undefined> {
    const done = await this.during(() => this.api.command<DeskReply>(`/v1/contacts/${this.kept?.id}/${name}`, body, newKey()));
    if (done) await this.look();
    return done;
  }

  private async look(): Promise<void> {
    const { kept } = this;
    if (!kept) return;
    const answer = await this.api.get<ContactDetail>(`/v1/contacts/${kept.id}`);
    if (this.kept !== kept) return;
    if (answer.ok) {
      // Answers may overtake each other.
      if (answer.value.contact.version >= (this.talk?.contact.version ?? 0)) this.talk = answer.value;
    } else if (!isPassing(answer.problem)) this.forget();
  }
}

function read(): Kept | undefined {
  try {
    return (JSON.parse(sessionStorage.getItem(KEPT) ?? 'null') as Kept | null) ?? undefined;
  } catch {
    return undefined; // unreadable or forbidden: a new contact
  }
}

function write(kept: Kept | undefined): void {
  try {
    if (kept) sessionStorage.setItem(KEPT, JSON.stringify(kept));
    else sessionStorage.removeItem(KEPT);
  } catch {
    // Storage forbidden: the contact lasts as long as the page.
  }
}

export const consultation = new Consultation();
