import { ApiClient, type Answer } from './api/client';
import type { Session } from './api/types';

type Role = Session['role'];
interface Kept extends Session {
  /** Milliseconds of the device's clock. */
  expiresAt: number;
}

/** Who is signed in on one surface, kept across reloads of that surface until it expires. */
export class SessionStore {
  current = $state.raw<Kept | undefined>();
  /** The session ended by itself; said on the sign-in form. */
  expired = $state(false);
  readonly api: ApiClient;

  constructor(
    private readonly surface: string,
    private readonly roles: readonly Role[],
  ) {
    this.api = new ApiClient({ token: () => this.current?.accessToken, onSignedOut: () => this.end(true) });
    const kept = read(this.key);
    if (kept && kept.expiresAt > Date.now() && roles.includes(kept.role)) this.current = kept;
  }

  async signIn(user: string, password: string): Promise<Answer<Session>> {
    const answer = await new ApiClient().signIn(user, password);
    if (!answer.ok) return answer;
    if (!this.roles.includes(answer.value.role)) return { ok: false, problem: { status: 403, code: 'auth.wrong_surface', facts: { role: answer.value.role } } };
    const kept = { ...answer.value, expiresAt: Date.now() + answer.value.expiresIn * 1000 };
    localStorage.setItem(this.key, JSON.stringify(kept));
    this.expired = false;
    this.current = kept;
    return answer;
  }

  end(expired = false): void {
    localStorage.removeItem(this.key);
    this.expired = expired;
    this.current = undefined;
  }

  private get key(): string {
    return `dispatch.session.${this.surface}`;
  }
}

function read(key: string): Kept | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? 'null') as Kept | null;
    return kept && typeof kept.accessToken === 'string' ? kept : undefined;
  } catch {
    return undefined; // unreadable: sign in again
  }
}
