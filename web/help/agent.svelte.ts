import { Attempt } from '../shared/api/attempt.svelte';
import type { ContactDetail, DeskReply } from '../shared/api/desk';
import { SessionStore } from '../shared/session.svelte';

interface DeskPerson {
  name?: string | null;
  phone?: string | null;
  language?: string | null;
}

/** An agent who goes the way together with a customer, from a contact of theirs: `/help/?contact=…`, signed in at the service desk. */
export class Agent extends Attempt {
  readonly session = new SessionStore('desk', ['agent', 'dispatcher', 'manager']);
  contact = $state.raw<ContactDetail['contact'] | undefined>();
  /** Whose language the customer is told in; what they came with. */
  language = $state<string | undefined>();

  constructor(readonly contactId: string) {
    super();
  }

  async load(): Promise<ContactDetail['contact'] | undefined> {
    const detail = await this.during(() => this.session.api.get<ContactDetail>(`/v1/contacts/${this.contactId}`));
    return (this.contact = detail?.contact);
  }

  /** Name and phone they left with the contact; the look is audited. */
  async person(): Promise<DeskPerson | undefined> {
    const person = await this.during(() => this.session.api.get<DeskPerson>(`/v1/contacts/${this.contactId}/person`));
    this.language = person?.language ?? undefined;
    return person;
  }

  /** Leaves a note of the booking in the contact, for whoever has it next. */
  async note(text: string): Promise<void> {
    await this.during(() => this.session.api.command<DeskReply>(`/v1/contacts/${this.contactId}/say`, { text, note: true }));
  }

  /** The contact has led to this job. */
  async end(jobId: string): Promise<void> {
    if (await this.during(() => this.session.api.command<DeskReply>(`/v1/contacts/${this.contactId}/end`, { outcome: 'jobFiled', jobId }))) await this.load();
  }
}

/** The contact a page is opened for, if any. */
export function agentFor(search: string): Agent | undefined {
  const id = new URLSearchParams(search).get('contact');
  return id && /^[A-Za-z0-9_-]+$/.test(id) ? new Agent(id) : undefined;
}
