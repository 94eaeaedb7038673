/**
 * The power goes out while two hundred people buy the same few things at once. Nothing of theirs may be lost,
 * paid twice or sold twice, and whoever was cut off tries again with the same key.
 */
import { expect, test } from '@playwright/test';
import { Api, GaveUp, type Listing, type Money, type Order, type Payment, persist } from './api';
import { Marketplace } from './marketplace';
import { PASSWORD } from './words';

const CHECKOUTS = 200;
const BUYERS = 20;
/** Fewer pieces than are asked for: 4 of 40. */
const LISTINGS = 4;
const PIECES = 40;
/** The power goes out when so many are ordered, and again when so many are paid. */
const ORDERED_BEFORE = 40;
const PAID_BEFORE = 50;
/** Longer than a key stays claimed by a request that died (60 s). */
const PATIENCE_MS = 150_000;

/** One person's purchase, and what they know of it. */
interface Checkout {
  buyer: Api;
  listing: string;
  key: string;
  order?: string;
  payment?: string;
  paid?: Money;
  soldOut?: boolean;
}

let market: Marketplace;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  market = await Marketplace.prepare('crash', {
    TRADEPLUS_SERVER__MAX_PER_ADDRESS: '1000',
    TRADEPLUS_PASSWORDS__QUEUE: '1000',
  });
  await market.start();
});

test.afterAll(async () => {
  await market.kill();
  await market.remove();
});

test('a power cut amid two hundred checkouts', async () => {
  test.setTimeout(600_000);
  const seller = await member('seller');
  const listings: Listing[] = [];
  for (let n = 0; n < LISTINGS; n++) listings.push(await seller.sell({ title: `Lamp ${n}`, price: 1000 + n, quantity: PIECES }));
  const buyers: Api[] = [];
  for (let n = 0; n < BUYERS; n++) buyers.push(await member(`buyer-${n}`));
  const checkouts: Checkout[] = Array.from({ length: CHECKOUTS }, (_, n) => ({
    buyer: buyers[n % BUYERS],
    listing: listings[Math.floor(n / BUYERS) % LISTINGS].id,
    key: `checkout-${n}`,
  }));

  await test.step('the power goes out while orders are placed', async () => {
    await cutPower(checkouts, (c) => c.order !== undefined, ORDERED_BEFORE);
    await market.start();
  });
  await test.step('everybody tries again, and it goes out while payments are made', async () => {
    await cutPower(checkouts, (c) => c.paid !== undefined, PAID_BEFORE);
  });
  const told = checkouts.map((one) => ({ ...one }));

  await test.step('it comes back, and every order agrees with its payment', async () => {
    await market.start();
    await expect(async () => {
      for (const { order, payment } of await dealsOf(buyers)) {
        const expected = payment.state === 'succeeded' ? 'paid' : 'pending_payment';
        expect(order.state, `order ${order.number}, payment ${payment.state}`).toBe(expected);
      }
    }).toPass({ timeout: 120_000 });
    const deals = await dealsOf(buyers);
    for (const one of told.filter((c) => c.order)) {
      const deal = deals.find((d) => d.order.id === one.order);
      expect(deal, 'what was promised is there').toBeDefined();
      if (one.paid) expect(deal?.order.state, 'what was paid is paid').toBe('paid');
    }
    await booksAreRight();
  });

  await test.step('whoever was cut off tries again with the same key', async () => {
    const until = Date.now() + PATIENCE_MS;
    await Promise.all(checkouts.map((one) => buy(one, () => Date.now() < until)));
    for (const [n, one] of checkouts.entries()) {
      expect(one.paid || one.soldOut, `checkout ${n} came to an end`).toBeTruthy();
      if (told[n].soldOut) expect(one.soldOut, 'the same key has the same answer').toBe(true);
    }
  });

  await test.step('nothing was sold twice, ordered twice or paid twice', async () => {
    const deals = await dealsOf(buyers);
    const paid = checkouts.filter((c) => c.paid);
    expect(deals.map((d) => d.order.id).sort(), 'one order for each key').toEqual(paid.map((c) => c.order).sort());
    for (const { order, payment } of deals) {
      expect([order.state, payment.state]).toEqual(['paid', 'succeeded']);
      expect(payment.amount).toEqual(order.amounts.total);
    }
    for (const listing of listings) {
      const sold = deals.filter((d) => d.order.items[0].listing_id === listing.id).length;
      expect(sold, 'pieces sold').toBeLessThanOrEqual(PIECES);
      expect((await seller.listing(listing.id)).available, 'pieces left').toBe(PIECES - sold);
      if (sold < PIECES) expect(checkouts.filter((c) => c.listing === listing.id && c.soldOut).length).toBe(0);
    }
    await booksAreRight();
  });

  await test.step('it stops when asked, and the books are right at rest', async () => {
    await market.stop();
    await booksAreRight();
  });
});

async function member(name: string): Promise<Api> {
  const email = `${name}@example.org`;
  await market.mustRun('member', 'create', '--email', email, '--password', PASSWORD, '--name', name);
  return Api.signIn(market.url, email, PASSWORD);
}

/** Orders one piece and pays it, each with a key of its own. Rejects when patience ends first. */
async function buy(one: Checkout, patient: () => boolean): Promise<void> {
  const ordered = await persist(patient, () => one.buyer.order(one.listing, 1, `${one.key}-order`));
  if (ordered.status === 409) {
    expect(ordered.code).toBe('sold-out');
    one.soldOut = true;
    return;
  }
  expect(ordered.status, JSON.stringify(ordered.body)).toBe(201);
  if (one.order) expect(ordered.body.orders[0].id, 'the same key is the same order').toBe(one.order);
  one.order = ordered.body.orders[0].id;
  one.payment = ordered.body.payment.id;
  const payment = ordered.body.payment.id;
  const paid = await persist(patient, () => one.buyer.pay(payment, `${one.key}-pay`));
  // Whose payment went through and whose answer did not is told so.
  const look = async () => ({ status: 200, body: await one.buyer.payment(payment), code: undefined });
  const now = paid.code === 'payment-paid' ? (await persist(patient, look)).body : paid.body;
  expect(now.state, JSON.stringify(paid.body)).toBe('succeeded');
  one.paid = now.amount;
}

/** All orders with their payments. */
async function dealsOf(buyers: Api[]): Promise<{ order: Order; payment: Payment }[]> {
  const deals = [];
  for (const buyer of buyers) {
    for (const order of await buyer.orders()) deals.push({ order, payment: await buyer.payment(order.payment_id) });
  }
  return deals;
}

/** Lets everybody buy at once, and kills the server as soon as so many have got so far. */
async function cutPower(all: Checkout[], isFar: (one: Checkout) => boolean, count: number): Promise<void> {
  let dark = false;
  // Until then they try again when they are told to; afterwards nobody answers.
  const rush = all.map((one) => buy(one, () => !dark).catch((error: unknown) => error));
  await expect.poll(() => all.filter(isFar).length, { intervals: [10], timeout: 180_000 }).toBeGreaterThanOrEqual(count);
  dark = true;
  await market.kill();
  for (const error of await Promise.all(rush)) if (error instanceof Error && error.name !== GaveUp.name) throw error;
  expect(all.filter(isFar).length, 'others were still under way').toBeLessThan(all.length);
}

async function booksAreRight(): Promise<void> {
  const books = await market.run('ledger', 'verify');
  expect(books.code, books.out).toBe(0);
}
