// Opens each address in a context of its own and, when a line "report" comes, says as one line of JSON what each page has applied. Ends with its input.
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';

const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--enable-unsafe-swiftshader'],
});
const pages = [];
for (const address of process.argv.slice(2)) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'en-GB' });
  const page = await context.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.addInitScript(() => {
    globalThis.journal = [];
    addEventListener('dispatch:stream', (told) => globalThis.journal.push({ ...told.detail, at: Date.now() }));
  });
  await page.goto(address);
  await page.getByTestId('connection').first().and(page.locator('[data-state="live"]')).waitFor({ timeout: 60_000 });
  pages.push({ page, errors });
}
console.log('ready');

const report = ({ page, errors }) =>
  page.evaluate(() => {
    const followed = globalThis.journal.find((told) => told.type === 'follow');
    const steps = globalThis.journal.filter((told) => told.type !== 'follow' && told.stream === followed.stream);
    return {
      stream: followed.stream,
      from: followed.after ?? 0,
      steps: steps.flatMap((told) => (told.type === 'replace' ? [[told.seq, null, 0, told.at]] : told.events.map((e) => [e.seq, e.source, e.number, told.at]))),
      connection: document.querySelector('[data-testid="connection"]')?.getAttribute('data-state') ?? null,
    };
  }).then((said) => ({ ...said, errors }));

for await (const line of createInterface({ input: process.stdin })) if (line === 'report') console.log(JSON.stringify(await Promise.all(pages.map(report))));
await browser.close();
