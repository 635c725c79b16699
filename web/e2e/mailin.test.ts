import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JobView, PointView, Tracking, Zone } from '../shared/api/types';
import { Client, desktop, dispatcher, missingManager, openBrowser, Person, phone, server, until } from './harness';
import { aroundParcels, pointIn, Postal } from './postal';

describe('a repair by parcel, from the customer’s request to the device back home', () => {
  let browser: Browser;
  let staff: Client;
  let boss: Client;
  let post: Postal;
  let zone: Zone;
  const people: Person[] = [];
  const join_ = async (size: { width: number; height: number }, more = {}) => {
    const person = await Person.at(browser, size, more);
    people.push(person);
    return person;
  };

  beforeAll(async () => {
    if (missingManager) return;
    ({ browser, staff, boss, zone, post } = await aroundParcels());
  });
  afterAll(async () => {
    await Promise.all(people.map((p) => p.close()));
    await browser?.close();
  });

  it('goes over four pages without a reload', async ({ skip }) => {
    skip(missingManager !== undefined, missingManager);
    const model = `M${Date.now().toString(36)}`;

    const console = await join_(desktop);
    await console.signIn('/console/', dispatcher);
    await console.live();
    await console.by('mode-mailIn').click();
    await console.by('search').fill(model);

    // The customer asks for it to be collected: no time to choose, but an address.
    const customer = await join_(desktop);
    await customer.open('/request/');
    await customer.by('category-screen').check({ force: true });
    await customer.by('brand').fill('Sony');
    await customer.by('model').fill(model);
    await customer.by('mode-mailIn').check({ force: true });
    expect(await customer.by('when').count(), 'a time to choose').toBe(0);
    await customer.by('lon').fill(String(zone.depot!.place.lon + 0.02));
    await customer.by('lat').fill(String(zone.depot!.place.lat - 0.01));
    await customer.by('name').fill('Chen Yu');
    await customer.by('phone').fill('138 0000 0000');
    await customer.by('request-submit').click();
    await customer.page.locator('#f-address[aria-invalid="true"]').waitFor({ timeout: 5_000 });
    await customer.by('address').fill('12 Lotus Lane, floor 3');
    await customer.by('mode-mailIn').scrollIntoViewIfNeeded();
    await customer.shoot('request-mailin');
    expect(await customer.findings()).toEqual([]);
    await customer.by('request-submit').click();
    await customer.by('filed').waitFor({ timeout: 20_000 });
    await customer.shoot('request-mailin-filed');
    expect(await customer.findings()).toEqual([]);
    await customer.by('track-link').click();
    await customer.by('tracking').waitFor({ timeout: 20_000 });
    await customer.live();

    // The planner books a bench; console and customer see it by themselves.
    await console.sees('job-row', 'status', 'booked', 'the booking on the console');
    const row = console.by('job-row').first();
    expect(await row.getAttribute('data-mode')).toBe('mailIn');
    const jobId = (await row.getAttribute('data-job'))!;
    const job = await post.booked(jobId);
    const inbound = job.parcels!.find((p) => p.direction === 'inbound')!.waybill;
    await row.click();
    await console.page.locator(`[data-testid="booking"][data-point="${job.booking!.pointId}"][data-confirmed="true"]`).waitFor({ timeout: 20_000 });
    await console.by('show-label-inbound').click();
    await console.by('label-image').waitFor({ timeout: 10_000 });
    await console.shoot('console-mailin');
    expect(await console.findings()).toEqual([]);
    await console.by('section-why').click();
    await console.by('explanation').waitFor({ timeout: 10_000 });
    await customer.sees('tracking', 'status', 'booked', 'the booking at the customer');
    await customer.by('promised').waitFor({ timeout: 10_000 });
    await customer.by('track-point').waitFor({ timeout: 10_000 });
    const label = customer.by('label-image');
    await expect.poll(() => label.evaluate((img: HTMLImageElement) => img.naturalWidth), { timeout: 10_000 }).toBeGreaterThan(100);
    await customer.shoot('track-mailin-booked');
    expect(await customer.findings()).toEqual([]);

    // The carrier collects it.
    await post.carried(inbound, 'infoReceived', 'inTransit');
    await console.sees('job-panel', 'status', 'inTransit', 'the pick-up on the console');
    await customer.sees('tracking', 'status', 'inTransit', 'the pick-up at the customer');
    expect(await customer.by('track-cancel').count(), 'cancelling after the pick-up').toBe(0);
    await post.carried(inbound, 'outForDelivery', 'delivered');

    // The point scans it in. A wrong character is said before anything is asked.
    const point = await join_(desktop);
    await point.signIn('/point/', await post.accountAt(job.booking!.pointId));
    await point.live();
    await point.page.locator(`[data-testid="queue-row"][data-job="${jobId}"]`).waitFor({ timeout: 20_000 });
    const { keyboard } = point.page;
    await expect.poll(() => point.page.evaluate(() => (document.activeElement as HTMLElement).dataset['testid'])).toBe('scan');
    const wrong = inbound.slice(0, -1) + (inbound.endsWith('2') ? '3' : '2');
    await keyboard.type(wrong);
    await point.sees('scan-said', 'kind', 'wrong', 'the wrong check character');
    expect(await point.findings()).toEqual([]);
    await keyboard.press('ControlOrMeta+a');
    // The scanner types wherever the focus is.
    await keyboard.press('Backspace');
    await point.by('stage-expected').click();
    await keyboard.type(inbound.toLowerCase(), { delay: 5 });
    await keyboard.press('Enter');
    await point.sees('scan-said', 'kind', 'received', 'the scan');
    await point.sees('device', 'status', 'received', 'the received device');
    await point.shoot('point-received');
    expect(await point.findings()).toEqual([]);
    await customer.sees('tracking', 'status', 'received', 'the arrival at the customer');

    await point.by('findings-input').fill('Display torn from its frame, battery fine');
    await point.by('step-inspect').click();
    await point.sees('device', 'status', 'inspected', 'the inspection');
    await point.by('step-start').click();
    await point.sees('device', 'status', 'onBench', 'the bench');
    await customer.sees('tracking', 'status', 'onBench', 'the bench at the customer');
    await point.by('work').fill('Display replaced, glued, tested');
    await point.shoot('point-onbench');
    expect(await point.findings()).toEqual([]);
    await point.by('step-finish').click();
    await point.sees('device', 'status', 'repaired', 'the repair');
    // Not passed at first: back to the bench, and done again.
    await point.by('check-fail').click();
    await point.by('check-note').fill('A line in the upper corner');
    await point.by('check-failed').click();
    await point.sees('device', 'status', 'onBench', 'the failed check');
    await point.by('step-finish').click();
    await point.sees('device', 'status', 'repaired', 'the second repair');
    await point.by('step-check').click();
    await point.sees('device', 'status', 'checked', 'the check');
    await point.by('step-pack').click();
    await point.sees('device', 'status', 'packed', 'the box');
    await expect.poll(() => point.by('label-image').first().evaluate((img: HTMLImageElement) => img.naturalWidth), { timeout: 10_000 }).toBeGreaterThan(100);
    await point.shoot('point-packed');
    expect(await point.findings()).toEqual([]);
    const back = (await staff.get<JobView>(`/v1/jobs/${jobId}`)).parcels!.find((p) => p.direction === 'return')!.waybill;
    // Scanning a packed device opens it at its next step.
    await keyboard.press('Escape');
    await keyboard.type(back);
    await keyboard.press('Enter');
    await point.sees('scan-said', 'kind', 'found', 'the scan of the return');
    await point.by('step-ship').click();
    await point.sees('device', 'status', 'shipped', 'the hand-over');
    await console.sees('job-panel', 'status', 'shipped', 'the hand-over on the console');
    await customer.sees('tracking', 'status', 'shipped', 'the hand-over at the customer');

    // The carrier brings it home, the customer has the last word.
    await post.carried(back, 'inTransit', 'outForDelivery', 'delivered');
    await customer.sees('tracking', 'status', 'delivered', 'the delivery at the customer');
    await point.sees('device', 'status', 'delivered', 'the delivery at the point');
    await customer.page.locator('[data-testid="parcel"][data-direction="return"][data-status="delivered"]').waitFor({ timeout: 10_000 });
    await customer.shoot('track-mailin-delivered');
    expect(await customer.findings()).toEqual([]);
    await customer.by('track-confirm').click();
    await customer.sees('tracking', 'status', 'closed', 'the end at the customer');
    await console.sees('job-panel', 'status', 'closed', 'the end on the console');
    await console.by('section-history').click();
    for (const type of ['job.booked', 'job.parcelMoved', 'job.received', 'job.inspected', 'job.benchFinished', 'job.checked', 'job.packed', 'job.shipped', 'job.delivered', 'job.closed'])
      await console.page.locator(`[data-testid="history"] [data-type="${type}"]`).first().waitFor({ timeout: 10_000 });
    expect((await staff.get<JobView>(`/v1/jobs/${jobId}`))).toMatchObject({ outcome: 'repaired', findings: 'Display torn from its frame, battery fine' });
    for (const person of people) {
      expect(person.outside, 'requests that left the origin').toEqual([]);
      expect(person.errors, 'errors of the pages').toEqual([]);
    }
  });

  it('is called off by the customer before the carrier has it, and the bench is free again', async ({ skip }) => {
    skip(missingManager !== undefined, missingManager);
    const filed = await post.file(`C${Date.now().toString(36)}`);
    const { booking } = await post.booked(filed.id);
    const taken = async () => (await staff.get<PointView>(`/v1/points/${booking!.pointId}`)).days.filter((d) => d.day === booking!.benchDay && d.category === booking!.category).reduce((sum, d) => sum + d.taken, 0);
    const before = await taken();
    const customer = await join_(phone);
    await customer.open(`/track/${filed.trackingToken}`);
    await customer.sees('tracking', 'status', 'booked', 'the booked repair');
    await customer.shoot('track-mailin-booked');
    expect(await customer.findings()).toEqual([]);
    await customer.by('track-cancel').click();
    await customer.by('track-cancel-reason').fill('Found another way');
    await customer.by('track-cancel-confirm').click();
    await customer.sees('tracking', 'status', 'cancelled', 'the cancellation');
    expect((await staff.get<Tracking>(`/v1/track/${filed.trackingToken}`)).status).toBe('cancelled');
    await until('the free place on the bench', async () => ((await taken()) === before - 1 ? true : undefined));
  });

  it('is booked elsewhere by hand, with the reasons against other points in words', async ({ skip }) => {
    skip(missingManager !== undefined, missingManager);
    const model = `H${Date.now().toString(36)}`;
    const other = await boss.post<PointView>('/v1/points', {
      name: `Camera house ${model}`, zone: zone.id, place: zone.depot!.place, serves: [zone.id], brands: ['Canon'], skills: [{ code: 'camera', level: 3 }], stock: [], hours: { open: '09:00', close: '18:00', timeZone: 'Asia/Shanghai' }, slots: [{ category: 'camera', perDay: 2 }],
    });
    const mine = await pointIn(zone, boss);
    const filed = await post.file(model);
    const first = await post.booked(filed.id);
    const console = await join_(desktop);
    await console.signIn('/console/', dispatcher);
    await console.live();
    await console.by('search').fill(model);
    await console.page.locator(`[data-testid="job-row"][data-job="${filed.id}"]`).click();
    await console.by('act-book').click();
    await console.page.locator(`[data-testid="point-candidate"][data-point="${other.id}"][data-code^="point."]`).waitFor({ timeout: 15_000 });
    const to = [mine.id, ...(await staff.get<{ items: PointView[] }>('/v1/points')).items.map((p) => p.id)].find((id) => id !== first.booking!.pointId && id !== other.id)!;
    await console.page.locator(`[data-testid="point-candidate"][data-point="${to}"]`).check();
    await console.shoot('console-book');
    expect(await console.findings()).toEqual([]);
    // The planner may have booked it again in the meantime; the dispatcher sees that and says it again.
    const there = console.page.locator(`[data-testid="booking"][data-point="${to}"]`);
    await until('the bench chosen by hand', async () => {
      if ((await there.count()) > 0 && (await console.by('book-confirm').count()) === 0) return true;
      if ((await console.by('book-confirm').count()) > 0) await console.by('book-confirm').click({ timeout: 2_000 }).catch(() => undefined);
      return undefined;
    });
    expect((await staff.get<JobView>(`/v1/jobs/${filed.id}`)).booking?.pointId).toBe(to);
  });

  it('is scanned in by camera, with nothing asked outside', async ({ skip }) => {
    skip(missingManager !== undefined, missingManager);
    const filed = await post.file(`V${Date.now().toString(36)}`);
    const job = await post.booked(filed.id);
    const film = await filmOf(browser, `${server}/v1/track/${filed.trackingToken}/label`);
    const eye = await openBrowser('--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${film.path}`);
    try {
      const point = await Person.at(eye, phone);
      await point.context.grantPermissions(['camera'], { origin: server });
      await point.signIn('/point/', await post.accountAt(job.booking!.pointId));
      await point.live();
      await point.page.locator(`[data-testid="queue-row"][data-job="${filed.id}"]`).waitFor({ timeout: 20_000 });
      await point.by('scan-camera').click();
      await point.sees('scan-said', 'kind', 'received', 'the scan by camera');
      await point.sees('device', 'status', 'received', 'the received device');
      await point.shoot('point-camera-received');
      expect(await point.findings()).toEqual([]);
      expect(point.outside).toEqual([]);
      expect(point.errors).toEqual([]);
    } finally {
      await eye.close();
      film.remove();
    }
  });

  it('shows a dispatcher every point, and says plainly that a link leads nowhere', async ({ skip }) => {
    skip(missingManager !== undefined, missingManager);
    for (const dark of [false, true]) {
      const person = await join_(phone, { dark });
      await person.open('/track/bad');
      await person.by('track-unknown').waitFor({ timeout: 10_000 });
      expect(await person.findings()).toEqual([]);
      await person.shoot(`track-unknown${dark ? '-dark' : ''}`);
      expect(person.errors).toEqual([]);
      await person.close();
    }
    const forged = await join_(desktop);
    await forged.open('/track/job_abc.AAAA');
    await forged.by('track-unknown').waitFor({ timeout: 10_000 });
    const console = await join_(desktop);
    await console.signIn('/point/', dispatcher);
    await console.live();
    const select = console.by('choose-point');
    const names = await select.locator('option').allTextContents();
    expect(names.length).toBeGreaterThan(1);
    await select.selectOption({ index: names.length - 1 });
    await expect.poll(() => console.by('workshop').getAttribute('data-loaded'), { timeout: 10_000 }).toBe('true');
    await console.live();
    expect(await console.findings()).toEqual([]);
  });
});

/** A short film of a label for a camera that is none: a Y4M file, as Chromium takes it. */
async function filmOf(browser: Browser, url: string): Promise<{ path: string; remove: () => void }> {
  const [width, height] = [640, 480];
  const page = await browser.newPage({ viewport: { width, height } });
  const svg = await (await fetch(url)).text();
  await page.setContent(`<body style="margin:0;background:#777"><img style="position:absolute;left:140px;top:-330px;width:560px" src="data:image/svg+xml,${encodeURIComponent(svg)}"></body>`);
  const shot = `data:image/png;base64,${(await page.screenshot()).toString('base64')}`;
  const grey = await page.evaluate(async ({ shot, width, height }) => {
    const image = new Image();
    image.src = shot;
    await image.decode();
    const canvas = Object.assign(document.createElement('canvas'), { width, height });
    const context = canvas.getContext('2d')!;
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, width, height);
    return Array.from({ length: width * height }, (_, i) => Math.round(16 + (219 / 255) * data[i * 4]!));
  }, { shot, width, height });
  await page.close();
  const folder = mkdtempSync(join(tmpdir(), 'dispatch-film-'));
  const path = join(folder, 'label.y4m');
  const frame = Buffer.concat([Buffer.from('FRAME\n'), Buffer.from(grey), Buffer.alloc((width * height) / 2, 128)]);
  writeFileSync(path, Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420mpeg2\n`), ...Array.from({ length: 10 }, () => frame)]));
  return { path, remove: () => rmSync(folder, { recursive: true }) };
}
