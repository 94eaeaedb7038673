/** Walks the demo marketplace as a visitor, as a member and as staff, and keeps a picture of every page. */
import { type Page, test } from '@playwright/test';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = process.env.SHOTS ?? '';
/** Printed by `tradeplus demo`. */
const DEMO = { member: 'ade_o@demo.example', staff: 'operator@demo.example', password: 'lamps-and-chairs' };
/** Pages of staff, below `/admin/`. */
const STAFF = [
  ...['', 'orders', 'jobs', 'payments', 'payments/calls', 'ledger', 'members', 'roles', 'roles/support', 'audit', 'approvals'],
  ...['tickets', 'cases', 'chargebacks', 'payouts', 'accounts', 'transit', 'rules', 'rules/fees/new', 'reports', 'reconciliation'],
];
/** Taller pages are cut off: nobody looks at the hundredth card. */
const TALLEST = 4000;

test('as a visitor', async ({ page }, info) => {
  const shoot = camera(page, info.project.name);
  await shoot('home', '/');
  await shoot('search-all', '/search');
  await shoot('search-bike', '/search?q=bike');
  await shoot('search-filtered', '/search?q=bike&condition=good&sort=price_asc');
  await shoot('search-nothing', '/search?q=qqqqqq&condition=new');
  await page.goto('/search?sort=newest');
  await page.locator('main .card a').first().click();
  await shoot('listing');
  await page.getByRole('link', { name: /sales?/ }).or(page.locator('a.seller')).first().click();
  await shoot('member');
  for (const [name, path] of [
    ['cart-empty', '/cart'],
    ['sign-in', '/sign-in'],
    ['register', '/register'],
    ['about', '/about'],
    ['limits', '/about/limits'],
    ['api', '/about/api'],
    ['credits', '/about/credits'],
    ['test-cards', '/about/sandbox'],
    ['not-found', '/nothing/here'],
    ['mailbox', '/dev/mailbox'],
  ]) {
    await shoot(name, path);
  }
  await page.goto('/register');
  await page.getByLabel('E-mail address').fill('nobody');
  await page.getByRole('main').getByRole('button', { name: 'Create an account' }).click();
  await shoot('register-mistakes');
});

test('as a member', async ({ page }, info) => {
  const shoot = camera(page, info.project.name);
  await signIn(page, DEMO.member);
  for (const [name, path] of [
    ['account', '/account'],
    ['profile', '/account/profile'],
    ['devices', '/account/sessions'],
    ['language', '/account/language'],
    ['security', '/account/security'],
    ['passkeys', '/account/passkeys'],
    ['app', '/account/totp'],
    ['mail-codes', '/account/mail-codes'],
    ['phone', '/account/phone'],
    ['bank', '/account/bank'],
    ['bank-new', '/account/bank/new'],
    ['keys', '/account/keys'],
    ['keys-new', '/account/keys/new'],
    ['activity', '/account/activity'],
    ['data', '/account/data'],
    ['delete', '/account/delete'],
    ['purchases', '/orders'],
    ['sales', '/orders?as=seller'],
    ['my-listings', '/sell'],
    ['payouts', '/payouts'],
    ['payouts-set-up', '/payouts/set-up'],
    ['payouts-schedule', '/payouts/schedule'],
    ['payouts-tax', '/payouts/tax'],
    ['documents', '/documents'],
  ]) {
    await shoot(name, path);
  }
  await first(page, '/payouts', 'a[href^="/payouts/0"]', () => shoot('payout'));
  for (const kind of ['Receipt', 'Invoice for commission', 'Credit note']) {
    const paper = `main table a:text-is("${kind}")`;
    await first(page, '/documents', paper, () => shoot(`document-${kind.toLowerCase().replaceAll(' ', '-')}`));
  }
  for (const state of ['Waiting for payment', 'Paid, waiting to be sent', 'On its way', 'Delivered', 'Completed', 'Completed, part of the money back', 'Problem reported', 'Being reviewed by our team', 'Refunded', 'Taken back by the bank', 'Cancelled']) {
    for (const side of ['/orders', '/orders?as=seller']) {
      await page.goto(side);
      const row = page.locator('li.order').filter({ hasText: state }).locator('h2 a').first();
      if ((await row.count()) === 0) continue;
      await row.click();
      const name = `${side.includes('seller') ? 'seller' : 'buyer'}-${state.toLowerCase().replace(/[^a-z]+/g, '-')}`;
      await shoot(`order-${name}`);
      const talk = page.locator('main a[href$="/case"]').first();
      if ((await talk.count()) === 0) continue;
      await talk.click();
      await shoot(`case-${name}`);
    }
  }
  await page.goto('/sell');
  await page.getByRole('button', { name: 'Sell something' }).first().click();
  await shoot('sell-empty');
  await page.goto('/search?delivery=ship&sort=price_asc&min=20');
  await page.locator('main .card a').nth(1).click();
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await shoot('cart');
  await page.getByRole('link', { name: 'Checkout' }).click();
  await shoot('checkout');
  await page.getByLabel('Full name').fill('');
  await page.getByRole('button', { name: 'Continue to payment' }).click();
  await shoot('checkout-mistakes');
  await page.getByLabel('Full name').fill('Ann Keller');
  await page.getByLabel('Street and number').fill('12 Garden Street');
  await page.getByLabel('Postcode').fill('10115');
  await page.getByLabel('Town', { exact: true }).fill('Berlin');
  await page.getByLabel('Country').selectOption('DE');
  await page.getByRole('button', { name: 'Continue to payment' }).click();
  await shoot('pay');
  await pay(page, '4000 0000 0000 0002');
  await shoot('pay-declined');
  await pay(page, '4000 0000 0000 3220');
  await shoot('bank');
  await page.getByRole('button', { name: 'Approve' }).click();
  await shoot('thanks');
});

test('as staff', async ({ page }, info) => {
  const shoot = camera(page, info.project.name);
  await signIn(page, DEMO.staff);
  for (const name of STAFF) await shoot(`admin-${(name || 'overview').replaceAll('/', '-')}`, `/admin/${name}`.replace(/\/$/, ''));
  for (const [list, name] of [
    ['tickets', 'ticket'],
    ['orders', 'order'],
    ['chargebacks', 'chargeback'],
    ['payments/calls', 'call'],
    ['reconciliation', 'reconciliation-run'],
    ['accounts', 'account'],
  ]) {
    await first(page, `/admin/${list}`, `main table a[href^="/admin/${list}/"]`, () => shoot(`admin-${name}`));
  }
  await first(page, '/admin/payouts', 'main table a[href^="/admin/sellers/"]', () => shoot('admin-seller'));
  await page.goto('/admin/members?q=ade_o');
  await page.locator('main').getByRole('link', { name: /Ade|ade_o/ }).first().click();
  await shoot('admin-member');
  const member = page.url();
  for (const name of ['suspension', 'roles', 'look', 'sign-out']) await shoot(`admin-member-${name}`, `${member}/${name}`);
});

/** Opens the first link of a list, if there is one, and does something there. */
async function first(page: Page, list: string, link: string, there: () => Promise<void>): Promise<void> {
  await page.goto(list);
  const found = page.locator(link).first();
  if ((await found.count()) === 0) return;
  await found.click();
  await there();
}

async function signIn(page: Page, email: string): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password').fill(DEMO.password);
  await page.getByRole('main').getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL((url) => url.pathname === '/');
}

async function pay(page: Page, card: string): Promise<void> {
  await page.getByLabel('Card number').fill(card);
  await page.getByLabel('Valid until').fill('12/34');
  await page.getByLabel('Security code').fill('123');
  await page.getByRole('button', { name: /^Pay / }).click();
}

/** Takes the pictures of one project: of an address, or of the page as it is. */
function camera(page: Page, project: string): (name: string, path?: string) => Promise<void> {
  const folder = join(FOLDER, project);
  mkdirSync(folder, { recursive: true });
  return async (name, path) => {
    if (path) await page.goto(path);
    await page.waitForLoadState('load');
    // Without this, pictures that are still being decoded are grey boxes.
    await page.evaluate(() => Promise.all([...document.images].map((image) => ((image.loading = 'eager'), image.decode().catch(() => undefined)))));
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    const clip = { x: 0, y: 0, width: page.viewportSize()?.width ?? 0, height: Math.min(height, TALLEST) };
    await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true, clip });
  };
}
