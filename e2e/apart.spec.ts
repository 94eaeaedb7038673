/**
 * What needs a marketplace of its own. Signing in with an account elsewhere, at a provider that others have written:
 * the journeys on the common one must not lead anywhere else. And pressure, which everybody there would feel; it comes
 * last, for it stays.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './journey';
import { Marketplace, freePort } from './marketplace';
import { PASSWORD, TITLE } from './words';

const CONTINUE = 'Continue with Other place';
/** Wrong sign-ins from which on there is pressure: more than anybody here errs before. */
const PRESSURE = 8;

let market: Marketplace;
let provider: ChildProcess;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  const port = await freePort();
  const extra: Record<string, string> = { TRADEPLUS_LIMITS__CHALLENGE_AFTER: String(PRESSURE) };
  market = await Marketplace.prepare('apart', extra);
  extra.TRADEPLUS_OIDC = JSON.stringify([
    { id: 'other', title: 'Other place', issuer: `http://localhost:${port}`, client_id: 'market', client_secret: 'not a secret' },
  ]);
  const args = [String(port), 'market', 'not a secret', `${market.url}/sign-in/with/other/return`];
  provider = spawn(process.execPath, [join(__dirname, 'oidc-server.mjs'), ...args], { stdio: ['ignore', 'pipe', 'ignore'] });
  const ready = new Promise<void>((done, fail) => {
    provider.stdout?.on('data', (text) => String(text).includes('ready') && done());
    provider.on('exit', () => fail(new Error('the provider does not start')));
  });
  await Promise.all([market.start(), ready]);
});

test.afterAll(async () => {
  provider.kill();
  await market.stop();
  await market.remove();
});

test('sign up, come back, and sign in again', async ({ page }) => {
  await page.goto(`${market.url}/register`);
  await page.getByRole('link', { name: CONTINUE }).click();
  await signInThere(page, 'nora');
  await at(page, TITLE.home);
  await page.goto(`${market.url}/account`);
  await expect(page.getByText('nora@example.org')).toBeVisible();

  await signOut(page);
  await page.goto(`${market.url}/sign-in?next=/orders`);
  await page.getByRole('link', { name: CONTINUE }).click();
  await at(page, 'Your purchases');
});

test('an address that has an account is added by its owner', async ({ page }) => {
  await market.mustRun('member', 'create', '--email', 'ben@example.org', '--password', PASSWORD, '--name', 'Ben');
  await page.goto(`${market.url}/sign-in`);
  await page.getByRole('link', { name: CONTINUE }).click();
  await signInThere(page, 'ben');
  await at(page, TITLE.signIn);
  await expect(page.getByText('There is an account with the address')).toBeVisible();
  await page.getByLabel('E-mail address', { exact: true }).fill('ben@example.org');
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('main').getByRole('button', { name: 'Sign in', exact: true }).click();
  await at(page, 'Accounts elsewhere');
  await page.getByRole('link', { name: 'Add Other place' }).click();
  await expect(page.getByText('From now on you can sign in with Other place.')).toBeVisible();
  await at(page, 'Accounts elsewhere');

  await signOut(page);
  await page.goto(`${market.url}/sign-in`);
  await page.getByRole('link', { name: CONTINUE }).click();
  await at(page, TITLE.home);
  await page.goto(`${market.url}/account/activity`);
  await expect(page.getByText('Account elsewhere added')).toBeVisible();
});

test('who changes their mind there comes back to try again', async ({ page }) => {
  await page.goto(`${market.url}/sign-in`);
  await page.getByRole('link', { name: CONTINUE }).click();
  await page.getByRole('link', { name: 'Cancel' }).click();
  await at(page, TITLE.signIn);
  await expect(page.getByText('The other service did not sign you in.')).toBeVisible();
});

test('under pressure a browser works for it, and who runs no scripts waits', async ({ visitor }) => {
  const [ben, cleo] = [await visitor('Ben', { url: market.url }), await visitor('Cleo', { url: market.url, scripts: false })];
  await market.mustRun('member', 'create', '--email', ben.email, '--password', PASSWORD, '--name', ben.name);
  for (let n = 0; n < PRESSURE; n++) {
    const body = JSON.stringify({ email: `nobody${n}@example.org`, password: PASSWORD });
    const answer = await fetch(`${market.url}/api/v1/sessions`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
    // Other journeys of this file may have counted too.
    expect([401, 429]).toContain(answer.status);
  }
  await ben.open('/sign-in');
  await ben.reads(/your browser does a little work first|Your browser has done its work/);
  // What is sent too early is sent when the work is done.
  await ben.leave(() => ben.enter());
  await ben.at(TITLE.home);

  await cleo.open('/sign-in');
  await cleo.at(TITLE.signIn);
  await cleo.reads(/please wait half a minute before you send this form/);
  await cleo.leave(() => cleo.enter());
  await cleo.at(TITLE.signIn);
  await expect(cleo.page.getByRole('alert')).toContainText('That was too soon. Wait half a minute');
  await expect(cleo.page.getByLabel('E-mail address')).toHaveValue(cleo.email);
});

/** The provider's own pages. */
async function signInThere(page: Page, name: string): Promise<void> {
  await page.getByPlaceholder('Enter any login').fill(name);
  await page.getByPlaceholder('and password').fill('anything');
  await page.getByRole('button', { name: 'Sign-in' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
}

async function signOut(page: Page): Promise<void> {
  await page.goto(`${market.url}/account`);
  await page.locator('summary', { hasText: 'Account' }).click();
  await page.getByRole('button', { name: 'Sign out' }).first().click();
  await expect(page.getByText('You are signed out.')).toBeVisible();
}

async function at(page: Page, title: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name: title, exact: true })).toBeVisible();
}
