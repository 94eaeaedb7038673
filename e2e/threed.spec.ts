/**
 * Paying in the card company's own field, on a marketplace that talks to it through sockets: a card that is declined, a
 * bank that asks (3-D Secure), another card, and a browser without scripts. The simulator stands in for the company.
 */
import { Api } from './api';
import { isState, orderNow, seeOrder } from './buying';
import { faultsOf } from './examine';
import { expect, test, type Person } from './journey';
import { Marketplace } from './marketplace';
import { Provider } from './provider';
import { CARD, PASSWORD, TITLE } from './words';

let market: Marketplace;
let company: Provider;
let seller: Api;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  const extra: Record<string, string> = {};
  market = await Marketplace.prepare('threed', extra);
  company = await Provider.start(market);
  Object.assign(extra, company.settings);
  await market.start();
  await create('Ann', 'ann@example.org');
  seller = await Api.signIn(market.url, 'ann@example.org', PASSWORD);
});

test.afterAll(async () => {
  company.stop();
  await market.stop();
  const books = await market.run('ledger', 'verify');
  expect(books.code, books.out).toBe(0);
  await market.remove();
});

test('a declined card, a bank that asks, and another card', async ({ visitor }) => {
  const ben = await visitor('Ben', { url: market.url, friends: [company.url] });
  await create(ben.name, ben.email);
  await ben.signIn();
  await orderNow(ben, await seller.sell({ title: 'Bike by a field', price: 4000 }));

  await test.step('the field is drawn, and nothing is wrong with it', async () => {
    await expect(ben.page.getByLabel('Card number', { exact: true })).toBeVisible();
    await expect(ben.button(/^Pay €47.60/)).toBeVisible();
    expect(await faultsOf(ben.page)).toEqual([]);
  });
  await test.step('a card without its code is not sent at all', async () => {
    await ben.fill('Card number', CARD.good);
    await ben.button(/^Pay €/).click();
    await ben.isTold('The card is incomplete.');
  });
  await test.step('a declined card is told on the spot', async () => {
    await type(ben, CARD.declined);
    await ben.button(/^Pay €/).click();
    await ben.isTold('Your card was declined.');
  });
  await test.step('the bank asks, and Ben says no', async () => {
    await type(ben, CARD.asks);
    await ben.leave(() => ben.button(/^Pay €/).click());
    await atBank(ben);
    await ben.reads('47.60 EUR');
    await ben.send('No');
    await ben.at(TITLE.pay);
    await ben.reads('The payment did not go through');
  });
  await test.step('the bank asks again, and Ben says yes', async () => {
    await type(ben, CARD.asks);
    await ben.leave(() => ben.button(/^Pay €/).click());
    await atBank(ben);
    await ben.send('Yes, it is me');
    await seeOrder(ben);
    await isState(ben, 'Paid, waiting to be sent');
  });
});

test('another card of the same buyer pays at once', async ({ visitor }) => {
  const ben = await visitor('Ben', { url: market.url, friends: [company.url] });
  await create(ben.name, ben.email);
  await ben.signIn();
  await orderNow(ben, await seller.sell({ title: 'Bike by two cards', price: 4000 }));
  await type(ben, CARD.poor);
  await ben.button(/^Pay €/).click();
  await ben.isTold('Your card has insufficient funds.');
  await type(ben, CARD.good);
  await ben.leave(() => ben.button(/^Pay €/).click());
  await seeOrder(ben);
  await isState(ben, 'Paid, waiting to be sent');
});

test('without scripts the page says what it needs, and what else can be done', async ({ visitor }) => {
  const cleo = await visitor('Cleo', { url: market.url, scripts: false });
  await create(cleo.name, cleo.email);
  await cleo.signIn();
  await orderNow(cleo, await seller.sell({ title: 'Bike without scripts', price: 4000 }));
  await cleo.reads('This page needs JavaScript');
  await cleo.page.getByText('I do not want to buy this').click();
  await cleo.send('Cancel the order');
  await cleo.at(TITLE.cart);
  await cleo.isTold('nothing was charged');
});

async function create(name: string, email: string): Promise<void> {
  await market.mustRun('member', 'create', '--email', email, '--password', PASSWORD, '--name', name);
}

/** Into the company's field. */
async function type(buyer: Person, number: string): Promise<void> {
  await buyer.fill('Card number', number);
  await buyer.fill('MM / YY', '12/34');
  await buyer.fill('CVC', '123');
}

/** The page is the company's: it is not ours to examine. */
async function atBank(buyer: Person): Promise<void> {
  await expect(buyer.page.getByRole('heading', { level: 1, name: 'Test bank' })).toBeVisible();
  expect(new URL(buyer.page.url()).origin).toBe(company.url);
}
