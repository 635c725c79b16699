import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Locator, type Page, type WebSocketRoute } from 'playwright-core';

/** Address of the running server; without it every browser test is skipped by name. */
export const server = process.env['DISPATCH_URL']?.replace(/\/$/, '') ?? '';
export const dispatcher = { user: process.env['DISPATCH_DISPATCHER_USER'] ?? '', password: process.env['DISPATCH_DISPATCHER_PASSWORD'] ?? '' };
export const manager = { user: process.env['DISPATCH_MANAGER_USER'] ?? '', password: process.env['DISPATCH_MANAGER_PASSWORD'] ?? '' };
export const technician = { user: process.env['DISPATCH_TECHNICIAN_USER'] ?? '', password: process.env['DISPATCH_TECHNICIAN_PASSWORD'] ?? '' };

/** Why the browser tests cannot run here, or undefined. */
export const missing = !server
  ? 'DISPATCH_URL is not set: there is no running server to test against'
  : !dispatcher.user || !technician.user
    ? 'DISPATCH_DISPATCHER_USER/PASSWORD and DISPATCH_TECHNICIAN_USER/PASSWORD are not set: nobody to sign in as'
    : undefined;

/** Why a test that defines points and accounts cannot run here, or undefined. */
export const missingManager = missing ?? (manager.user ? undefined : 'DISPATCH_MANAGER_USER/PASSWORD are not set: nobody who may define points and accounts');

export const desktop = { width: 1440, height: 900 };
export const phone = { width: 390, height: 844 };

const shots = resolve(import.meta.dirname, '..', '..', 'artifacts', 'screenshots');
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export const openBrowser = (...more: string[]): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--enable-unsafe-swiftshader', ...more],
  });

/** One person at one device. Everything the browser asks for outside the server's origin is noted, and so are errors of the pages. */
export class Person {
  readonly outside: string[] = [];
  readonly errors: string[] = [];
  private readonly sockets: WebSocketRoute[] = [];
  private isCut = false;

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
  ) {}

  static async at(browser: Browser, size: { width: number; height: number }, more: { dark?: boolean; locale?: string; place?: { longitude: number; latitude: number }; timeZone?: string } = {}): Promise<Person> {
    const context = await browser.newContext({
      viewport: size, locale: more.locale ?? 'en-GB', colorScheme: more.dark ? 'dark' : 'light', hasTouch: size.width < 600, isMobile: size.width < 600, timezoneId: more.timeZone ?? 'Asia/Shanghai',
      ...(more.place && { geolocation: more.place, permissions: ['geolocation'] }),
    });
    const page = await context.newPage();
    const person = new Person(context, page);
    person.listen();
    // Emulated offline leaves open sockets open; a cut network closes them.
    await page.routeWebSocket(/\/hub/, (socket) => {
      if (person.isCut) return void socket.close({ code: 1011 });
      socket.connectToServer();
      person.sockets.push(socket);
    });
    context.on('request', (request) => {
      const url = request.url();
      const local = url.startsWith(`${server}/`) || url.startsWith(server.replace(/^http/, 'ws') + '/') || url.startsWith('data:') || url.startsWith(`blob:${server}`);
      if (!local) person.outside.push(url);
    });
    return person;
  }

  /** The page that a press opens beside this one, with the same sign-in. */
  async beside(press: () => Promise<void>): Promise<Person> {
    const [page] = await Promise.all([this.context.waitForEvent('page'), press()]);
    const person = new Person(this.context, page);
    person.listen();
    return person;
  }

  private listen(): void {
    this.page.on('pageerror', (error) => this.errors.push(error.message));
    this.page.on('console', (message) => {
      // Refusals (4xx) and requests made while a test pulls the plug are said by the page itself, not by an error of it.
      if (message.type() === 'error' && !/Failed to load resource|WebSocket|net::ERR_/.test(message.text())) this.errors.push(message.text());
    });
  }

  async open(path: string): Promise<void> {
    await this.page.goto(server + path);
  }

  async signIn(path: string, who: { user: string; password: string }): Promise<void> {
    await this.open(path);
    await this.page.getByTestId('user').fill(who.user);
    await this.page.getByTestId('password').fill(who.password);
    await this.page.getByTestId('sign-in-submit').click();
    await this.page.getByTestId('sign-in').waitFor({ state: 'detached', timeout: 15_000 });
  }

  by(testId: string): Locator {
    return this.page.getByTestId(testId);
  }

  /** Waits for an element whose data attribute has this value. */
  async sees(testId: string, attribute: string, value: string, phase: string): Promise<void> {
    const shown = this.page.locator(`[data-testid="${testId}"][data-${attribute}="${value}"]`).first();
    await shown.waitFor({ timeout: 30_000 }).catch(() => {
      throw new Error(`${phase}: ${testId} never had ${attribute} "${value}"`);
    });
  }

  async live(): Promise<void> {
    await this.sees('connection', 'state', 'live', 'connecting');
  }

  async shoot(name: string): Promise<void> {
    mkdirSync(shots, { recursive: true });
    const { width, height } = this.page.viewportSize() ?? desktop;
    await this.page.screenshot({ path: resolve(shots, `${name}-${width}x${height}.png`) });
  }

  /** Serious and critical findings of axe, as short sentences. */
  async findings(): Promise<string[]> {
    await this.page.evaluate(axeSource);
    return this.page.evaluate(async () => {
      // What fades in is judged once it is there.
      const passing = document.getAnimations().filter((animation) => animation.effect?.getTiming().iterations !== Infinity);
      await Promise.all(passing.map((animation) => animation.finished.catch(() => undefined)));
      interface Finding {
        id: string;
        impact: string | null;
        help: string;
        nodes: { target: unknown[]; failureSummary?: string }[];
      }
      const { axe } = globalThis as unknown as { axe: { run(context: Document, options: object): Promise<{ violations: Finding[] }> } };
      const { violations } = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
      return violations
        .filter((v) => v.impact === 'serious' || v.impact === 'critical')
        .flatMap((v) => v.nodes.map((n) => `${v.id}: ${v.help} at ${n.target.join(' ')} — ${(n.failureSummary ?? '').split('\n').slice(1).join('; ').trim()}`));
    });
  }

  /** The network goes away: open connections end, new ones fail. */
  async cut(): Promise<void> {
    this.isCut = true;
    await this.context.setOffline(true);
    await Promise.all(this.sockets.splice(0).map((socket) => socket.close({ code: 1011 }).catch(() => undefined)));
  }

  async mend(): Promise<void> {
    this.isCut = false;
    await this.context.setOffline(false);
  }

  close(): Promise<void> {
    return this.context.close();
  }
}

/** Asks again and again until the answer is there; gives up with the name of the phase. */
export async function until<T>(phase: string, ask: () => Promise<T | undefined>, milliseconds = 30_000): Promise<T> {
  const end = Date.now() + milliseconds;
  for (;;) {
    const found = await ask();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`${phase}: not within ${milliseconds / 1000} s`);
    await new Promise((resume) => setTimeout(resume, 100));
  }
}

/** A signed-in client of the public interface, for what a test needs besides the pages. */
export class Client {
  private constructor(
    private readonly token: string | undefined,
    readonly id: string,
  ) {}

  static async signIn(who: { user: string; password: string }): Promise<Client> {
    const session = await new Client(undefined, '').post<{ accessToken: string; subjectId: string }>('/v1/sign-in', who);
    return new Client(session.accessToken, session.subjectId);
  }

  get<T>(path: string): Promise<T> {
    return this.send<T>('GET', path);
  }

  post<T>(path: string, body: unknown): Promise<T> {
    return this.send<T>('POST', path, body);
  }

  private async send<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(server + path, {
      method,
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID(), ...(this.token && { Authorization: `Bearer ${this.token}` }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return JSON.parse(text) as T;
  }
}

/** A new account with this role, made by the manager. */
export async function anAccount(role: string): Promise<{ user: string; password: string }> {
  const who = { user: `${role}-${Date.now().toString(36)}`, password: 'a long enough password' };
  await (await Client.signIn(manager)).post('/v1/accounts', { ...who, role, name: `Some ${role}` });
  return who;
}
