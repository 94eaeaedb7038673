/**
 * The papers of a deal, in each language that they speak: read by another program than the one that wrote them, and drawn
 * by it too. The drawings are compared with kept ones (`papers/`), which were looked at by a person. Names, numbers and
 * days differ from run to run; they are less than what makes a drawing another one. `KEEP_PAPERS=1 bin/journeys invoice`
 * keeps what is drawn now; look at it before it is committed.
 */
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { Api } from './api';
import { isState } from './buying';
import { expect, test, type Person } from './journey';
import { PASSWORD, TITLE } from './words';

/** Pixels that may differ, of all. Another deal of the same kind differs in 0.15 %, another language in 1 % and more. */
const DIFFERS_MAX = 0.005;
/** Dots an inch. */
const FINENESS = '72';
const KEPT = join(__dirname, 'papers');
/** What was drawn stays here, where nothing is committed. */
const DRAWN = join(__dirname, '../target/journeys/papers');

const RECEIPT = {
  en: ['Receipt R-', '40.00 EUR', '47.60 EUR', 'Buyer protection', 'no tax is shown for the goods'],
  de: ['Zahlungsbeleg R-', '40,00 EUR', '47,60 EUR', 'Käuferschutz', 'Für die Waren wird keine Steuer ausgewiesen'],
  ar: ['40.00 EUR', '47.60 EUR', 'إيصال', 'المجموع'],
};
const COMMISSION = {
  en: ['Invoice for commission C-', '3.20 EUR'],
  de: ['Rechnung über die Provision C-', '3,20 EUR'],
  ar: ['3.20 EUR', 'العمولة'],
};

const INVOICE = {
  en: ['Invoice S-', '44.90 EUR', 'Bike Works Ann', 'in the name and on the account of the seller', 'the seller owes it'],
  de: ['Rechnung S-', '44,90 EUR', 'Bike Works Ann', 'im Namen und für Rechnung der Verkäuferseite'],
  ar: ['44.90 EUR', 'Bike Works Ann', 'المجموع'],
};

test('both sides keep the papers of their deal, in three languages', async ({ member }, info) => {
  const [ann, ben] = [await member('Ann'), await member('Ben')];
  const url = String(info.project.use.baseURL);
  const [seller, buyer] = [await Api.signIn(url, ann.email, PASSWORD), await Api.signIn(url, ben.email, PASSWORD)];
  let order = '';

  await test.step('a bike is sold', async () => {
    const bike = await seller.sell({ title: 'Bike with papers', price: 4000 });
    const { body } = await buyer.order(bike.id, 1, `papers-${ben.email}`);
    order = body.orders[0].id;
    await buyer.pay(body.payment.id, `pay-papers-${ben.email}`);
    await expect.poll(async () => (await buyer.payment(body.payment.id)).state).toBe('succeeded');
  });
  await test.step('Ben has a receipt', async () => {
    await openPaper(ben, 'Receipt');
    await ben.at(/^Receipt R-\d{4}-\d{6}$/);
    await ben.reads('Bike with papers');
    await ben.reads('47.60 EUR');
    for (const [language, words] of Object.entries(RECEIPT)) {
      const file = await save(ben, language);
      await reads(file, words);
      await looksLike(ben.page, await draw(file), `receipt-${language}`);
    }
  });
  await test.step('on the page, too, it speaks each of them', async () => {
    for (const [name, dir, title] of [
      ['Deutsch', 'ltr', /^Zahlungsbeleg R-/],
      ['العربية', 'rtl', /R-\d{4}-\d{6}/],
    ] as const) {
      await ben.pick('Language of this document', name);
      await ben.send('Show');
      await ben.at(title);
      await expect(ben.page.getByRole('article')).toHaveAttribute('dir', dir);
    }
  });
  await test.step('the bike arrives, and Ann has the invoice for the commission', async () => {
    for (const [person, button] of [
      [ann, 'Mark as sent'],
      [ben, 'I have received it, all is well'],
    ] as const) {
      await person.open(`/orders/${order}`);
      await person.at(TITLE.order);
      await person.send(button);
      await person.at(TITLE.order);
    }
    await isState(ben, 'Completed');
    await openPaper(ann, 'Invoice for commission');
    await ann.at(/^Invoice for commission C-\d{4}-\d{6}$/);
    for (const [language, words] of Object.entries(COMMISSION)) {
      const file = await save(ann, language);
      await reads(file, [...words, 'TradePlus']);
      await looksLike(ann.page, await draw(file), `commission-${language}`);
    }
  });
  await test.step('a paper is nobody else’s', async () => {
    const address = ann.page.url();
    await ben.open(address);
    await ben.at('Not found');
    expect((await ben.page.request.get(`${address}/pdf`)).status()).toBe(404);
  });
});

test('a business that allows it has its invoices made in its name', async ({ member }, info) => {
  const [ann, ben] = [await member('Ann'), await member('Ben')];
  const url = String(info.project.use.baseURL);
  const [seller, buyer] = [await Api.signIn(url, ann.email, PASSWORD), await Api.signIn(url, ben.email, PASSWORD)];

  await test.step('Ann says that she is a business, and allows it', async () => {
    await ann.open('/payouts/tax');
    await ann.at('Tax details');
    await ann.choose(/As a business/);
    await ann.pick('The country where you pay taxes', 'Germany');
    await ann.fill('Name of the business', 'Bike Works Ann');
    await ann.tick(/You may write invoices in the name of my business/);
    await ann.fill('Street and number', 'Lindenweg 3');
    await ann.fill('Town', 'Berlin');
    await ann.page.locator('[name=tin]').fill('12/345/67890');
    await ann.send('Save');
    await ann.at('Tax details');
    await ann.isTold('Your tax details are saved.');
  });
  await test.step('Ben buys a bike of hers', async () => {
    const bike = await seller.sell({ title: 'Bike of a business', price: 4000 });
    const { body } = await buyer.order(bike.id, 1, `invoice-${ben.email}`);
    await buyer.pay(body.payment.id, `pay-invoice-${ben.email}`);
    await expect.poll(async () => (await buyer.payment(body.payment.id)).state).toBe('succeeded');
  });
  await test.step('and has her invoice', async () => {
    await openPaper(ben, 'Invoice');
    await ben.at(/^Invoice S-/);
    for (const [language, words] of Object.entries(INVOICE)) {
      const file = await save(ben, language);
      await reads(file, words);
      await looksLike(ben.page, await draw(file), `invoice-${language}`);
    }
  });
});

/** From the list of one's papers. It is made a moment after what it is about. */
async function openPaper(person: Person, kind: string): Promise<void> {
  await expect(async () => {
    await person.open('/documents');
    await expect(person.link(kind)).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 60_000 });
  await person.at('Documents');
  await person.follow(kind);
}

/** The paper that is open, as a file. */
async function save(person: Person, language: string): Promise<string> {
  const { origin, pathname } = new URL(person.page.url());
  const answer = await person.page.request.get(`${origin}${pathname}/pdf?lang=${language}`);
  expect(answer.headers()['content-type']).toBe('application/pdf');
  mkdirSync(DRAWN, { recursive: true });
  const file = join(DRAWN, `${pathname.split('/').pop()}-${language}.pdf`);
  writeFileSync(file, await answer.body());
  return file;
}

/** The words are words to others, and not only shapes. */
async function reads(file: string, words: string[]): Promise<void> {
  // What is written from right to left is marked so, and its letters may be joined into one sign.
  const text = (await run('pdftotext', ['-raw', file, '-'])).toString('utf8').normalize('NFKC');
  const plain = text.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '');
  for (const word of words) expect(plain).toContain(word);
}

/** One page, as a picture. */
async function draw(file: string): Promise<Buffer> {
  const picture = file.replace(/\.pdf$/, '');
  await run('pdftoppm', ['-r', FINENESS, '-gray', '-png', file, picture, '-singlefile']);
  return readFileSync(`${picture}.png`);
}

/** In a corner of the browser where nobody looks: it can read pictures. */
async function looksLike(page: Page, drawn: Buffer, name: string): Promise<void> {
  if (process.env.KEEP_PAPERS) writeFileSync(join(KEPT, `${name}.png`), drawn);
  const kept = readFileSync(join(KEPT, `${name}.png`));
  const corner = await page.context().browser()?.newPage();
  if (!corner) throw new Error('there is no browser');
  const differs = await corner.evaluate(
    async (pictures) => {
      const dots = async (picture: string) => {
        const image = new Image();
        image.src = `data:image/png;base64,${picture}`;
        await image.decode();
        const canvas = new OffscreenCanvas(image.width, image.height);
        const surface = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
        surface.drawImage(image, 0, 0);
        const { data } = surface.getImageData(0, 0, image.width, image.height);
        return { width: image.width, data };
      };
      const [a, b] = await Promise.all(pictures.map(dots));
      if (a.width !== b.width || a.data.length !== b.data.length) return 1;
      let count = 0;
      for (let at = 0; at < a.data.length; at += 4) if (Math.abs(a.data[at] - b.data[at]) > 64) count++;
      return count / (a.data.length / 4);
    },
    [drawn.toString('base64'), kept.toString('base64')],
  );
  await corner.context().close();
  expect(differs, `${name}: how much of it differs from the kept picture`).toBeLessThan(DIFFERS_MAX);
}

function run(program: string, args: string[]): Promise<Buffer> {
  return new Promise((done, fail) => {
    execFile(program, args, { encoding: 'buffer', maxBuffer: 16 << 20 }, (error, stdout, stderr) =>
      error ? fail(new Error(`${program}: ${error.message} ${String(stderr)}`)) : done(stdout),
    );
  });
}
