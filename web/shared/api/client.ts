import type { Problem, Session, Snapshot, StreamEvent } from './types';

/** What a call came back with. Refusals are data; nothing here throws for them. */
export type Answer<T> = { readonly ok: true; readonly value: T; readonly status: number } | { readonly ok: false; readonly problem: Problem };

/** Code of the problem made up here when no answer came at all. */
export const UNREACHABLE = 'network.unreachable';

export type FetchLike = (input: string, init?: RequestInit) => Promise<Response>;

export interface ClientOptions {
  readonly fetch?: FetchLike;
  readonly token?: () => string | undefined;
  /** Called on 401 with a token: the session is over. */
  readonly onSignedOut?: () => void;
}

/** A new operation id: random, visible ASCII, unique for all practice. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
}

/** HTTP side of docs/api.md for one signed-in (or anonymous) user. */
export class ApiClient {
  constructor(private readonly options: ClientOptions = {}) {}

  /** Once `signal` says so it ends as if no answer had come. */
  get<T>(path: string, query: Record<string, string | number | undefined> = {}, signal?: AbortSignal): Promise<Answer<T>> {
    const filled = Object.entries(query).filter((e): e is [string, string | number] => e[1] !== undefined && e[1] !== '');
    const search = filled.length > 0 ? `?${new URLSearchParams(filled.map(([k, v]) => [k, String(v)]))}` : '';
    return this.send<T>('GET', path + search, undefined, {}, read, signal);
  }

  /** A command. Repeating it with the same key is safe: the server answers as the first time. */
  command<T>(path: string, body: unknown = {}, key: string = newKey()): Promise<Answer<T>> {
    return this.send<T>('POST', path, body, { 'Idempotency-Key': key });
  }

  signIn(user: string, password: string): Promise<Answer<Session>> {
    return this.send<Session>('POST', '/v1/sign-in', { user, password });
  }

  events(stream: string, after: number, limit = 500, signal?: AbortSignal): Promise<Answer<{ stream: string; events: StreamEvent[]; head: number }>> {
    return this.get(`/v1/streams/${stream}/events`, { after, limit }, signal);
  }

  snapshot(stream: string, signal?: AbortSignal): Promise<Answer<Snapshot>> {
    return this.get(`/v1/streams/${stream}/snapshot`, {}, signal);
  }

  /** A file, such as a picture, of the media type given. */
  file(path: string, mediaType: string): Promise<Answer<Blob>> {
    return this.send<Blob>('GET', path, undefined, { Accept: mediaType }, (response) => response.blob());
  }

  private async send<T>(
    method: string, path: string, body?: unknown, headers: Record<string, string> = {}, readAs: (response: Response) => Promise<unknown> = read, signal?: AbortSignal,
  ): Promise<Answer<T>> {
    const token = this.options.token?.();
    let response: Response;
    try {
      response = await (this.options.fetch ?? fetch)(path, {
        method,
        headers: {
          Accept: 'application/json',
          ...(body !== undefined && { 'Content-Type': 'application/json' }),
          ...(token && { Authorization: `Bearer ${token}` }),
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        cache: 'no-store',
        ...(signal && { signal }),
      });
    } catch {
      return { ok: false, problem: { status: 0, code: UNREACHABLE } };
    }
    let content: unknown;
    try {
      content = await (response.ok ? readAs(response) : read(response));
    } catch {
      if (response.ok) return { ok: false, problem: { status: 0, code: UNREACHABLE } }; // cut off half way; of a refusal the status still tells
    }
    if (response.ok) return { ok: true, value: content as T, status: response.status };
    if (response.status === 401 && token) this.options.onSignedOut?.();
    return { ok: false, problem: toProblem(response.status, content) };
  }
}

async function read(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // not ours (a proxy's page); the status still tells
  }
}

function toProblem(status: number, content: unknown): Problem {
  const given = (typeof content === 'object' && content !== null ? content : {}) as Partial<Problem>;
  return { ...given, status, code: typeof given.code === 'string' ? given.code : `http.${status}` };
}
