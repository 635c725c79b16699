import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JobReply, JobView, TechnicianView } from '../shared/api/types';

const program = process.env['DISPATCH_SERVER'];
const missing = program ? undefined : 'DISPATCH_SERVER is not set: there is no built server that may be killed';

interface Accounts {
  dispatcher: { user: string; password: string };
  technicianPassword: string;
}

interface StreamEvent {
  seq: number;
  type: string;
  source: string;
  number: number;
}

/** A server of this test's own, which it may kill: always the same data folder and port. */
class Server {
  private process: ChildProcess | undefined;
  private output = '';

  constructor(
    private readonly folder: string,
    readonly port: number,
  ) {}

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  start(): Promise<string> {
    this.output = '';
    const child = spawn('dotnet', [program!, '--data', this.folder, '--port', String(this.port), '--web', resolve(import.meta.dirname, '..', 'dist'), '--demo', 'true', '--city', 'quiet', '--Dispatch:Planning:OfferLead', '08:00:00']);
    this.process = child;
    return new Promise((ready, failed) => {
      const patience = setTimeout(() => failed(new Error(`starting: not ready within 60 s\n${this.output}`)), 60_000);
      const read = (chunk: Buffer) => {
        this.output += chunk.toString();
        if (!this.output.includes('Stop with Ctrl-C')) return;
        clearTimeout(patience);
        ready(this.output);
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      child.on('exit', () => {
        clearTimeout(patience);
        failed(new Error(`the server ended\n${this.output}`));
      });
    });
  }

  async kill(): Promise<void> {
    const child = this.process!;
    child.removeAllListeners('exit');
    const gone = new Promise((done) => child.once('exit', done));
    child.kill('SIGKILL');
    await gone;
  }
}

const freePort = (): Promise<number> =>
  new Promise((found) => {
    const probe = createServer();
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => found(port));
    });
  });

function accounts(output: string): Accounts {
  const dispatcher = /dispatcher\s+(\S+) \/ (\S+)/.exec(output);
  const technicians = /technicians .* \/ (\S+)/.exec(output);
  if (!dispatcher || !technicians) throw new Error(`no accounts in\n${output}`);
  return { dispatcher: { user: dispatcher[1]!, password: dispatcher[2]! }, technicianPassword: technicians[1]! };
}

describe('kill -9 in the middle', () => {
  let server: Server;
  let folder: string;
  let known: Accounts;
  let harness: typeof import('./harness');

  beforeAll(async () => {
    if (missing) return;
    folder = mkdtempSync(join(tmpdir(), 'dispatch-kill-'));
    server = new Server(folder, await freePort());
    known = accounts(await server.start());
    process.env['DISPATCH_URL'] = server.url;
    harness = await import('./harness');
  });

  afterAll(async () => {
    if (missing) return;
    await server.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  it('pages recover by themselves, every event is there once, and the job goes on', async ({ skip }) => {
    skip(missing !== undefined, missing);
    const { Client, Person, openBrowser, desktop, phone, until } = harness;
    const browser = await openBrowser();
    try {
      const staff = await Client.signIn(known.dispatcher);
      const { items: everybody } = await staff.get<{ items: TechnicianView[] }>('/v1/technicians');
      const names = everybody.map((_, i) => ({ user: `tech${String(i + 1).padStart(2, '0')}`, password: known.technicianPassword }));
      const signedIn = await Promise.all(names.map(async (who) => ({ who, client: await Client.signIn(who) })));
      await Promise.all(signedIn.map(({ client }) => client.post(`/v1/technicians/${client.id}/duty`, { onDuty: true })));

      const console = await Person.at(browser, desktop);
      await console.signIn('/console/', known.dispatcher);
      await console.live();

      const file = async (): Promise<JobReply> => {
        const now = Date.parse((await staff.get<{ now: string }>('/v1/clock')).now);
        return staff.post<JobReply>('/v1/jobs', {
          category: 'battery', place: { lon: 121.01, lat: 31.01 }, contact: { name: 'Chen Yu', phone: '13800000000' },
          window: { from: new Date(now).toISOString(), to: new Date(now + 6 * 3_600_000).toISOString() },
        });
      };
      const { id, trackingUrl } = await file();
      const offered = await until('an offer', async () => {
        const view = await staff.get<JobView>(`/v1/jobs/${id}`);
        return view.status === 'offered' ? view : undefined;
      });
      const mine = signedIn.find(({ client }) => client.id === offered.candidates?.[0])!;
      const technician = await Person.at(browser, phone);
      await technician.signIn('/technician/', mine.who);
      await technician.live();
      await technician.page.locator(`[data-testid="offer"][data-job="${id}"]`).getByTestId('accept').click();
      await technician.sees('current-job', 'status', 'accepted', 'acceptance on the phone');
      const customer = await Person.at(browser, phone);
      await customer.page.goto(new URL(trackingUrl!, server.url).href);
      await customer.sees('tracking', 'status', 'accepted', 'acceptance at the customer');

      // A map that is still fetching its parts when the server dies cannot be blamed for it.
      for (const page of [console.page, technician.page, customer.page])
        for (const map of await page.locator('[data-testid="map"]').all()) await expect.poll(() => map.getAttribute('data-ready'), { timeout: 20_000 }).toBe('true');
      await server.kill();
      for (const [who, person] of [['console', console], ['technician', technician], ['customer', customer]] as const)
        await person.page.locator('[data-testid="connection"]:not([data-state="live"])').first().waitFor({ timeout: 30_000 }).catch(() => {
          throw new Error(`${who}: still says live although the server is dead`);
        });
      await console.shoot('console-server-gone');
      await technician.by('step-depart').click();

      await server.start();
      await Promise.all([console.live(), technician.live(), customer.live()]);
      await console.sees('job-row', 'status', 'enRoute', 'the step made while the server was dead, on the console');
      await customer.sees('tracking', 'status', 'enRoute', 'the same at the customer');
      await technician.by('step-arrive').click();
      await console.sees('job-row', 'status', 'arrived', 'the job goes on');
      await console.shoot('console-recovered');

      // Two staff accounts survive with the data; the token does too.
      for (const stream of [`job/${id}`, 'zone/zone_riverside']) {
        const { events, head } = await staff.get<{ events: StreamEvent[]; head: number }>(`/v1/streams/${stream}/events?after=0&limit=500`);
        expect(events.map((e) => e.seq), `${stream}: numbers`).toEqual(Array.from({ length: events.length }, (_, i) => i + 1));
        expect(new Set(events.map((e) => `${e.source}#${e.number}`)).size, `${stream}: each event once`).toBe(events.length);
        expect(head).toBe(events.length);
      }
      const { events } = await staff.get<{ events: StreamEvent[] }>(`/v1/streams/job/${id}/events?after=0&limit=500`);
      expect(events.filter((e) => e.type === 'job.departed')).toHaveLength(1);
      expect([...console.errors, ...technician.errors, ...customer.errors]).toEqual([]);
    } finally {
      await browser.close();
    }
  });
});
