/** The same pages in another language and in other colours. */
import { expect, test } from './journey';
import { TITLE } from './words';

/** Pages that everybody can open. */
const PAGES: [string, string | RegExp][] = [
  ['/', TITLE.home],
  ['/search', 'Everything on sale'],
  ['/search?q=qqqq&condition=good', '“qqqq”'],
  ['/cart', TITLE.cart],
  ['/sign-in', TITLE.signIn],
  ['/register', TITLE.register],
  ['/reset', 'Set a new password'],
  ['/about', /^About /],
  ['/about/limits', 'Limits'],
  ['/about/api', 'API'],
  ['/about/credits', 'Credits'],
  ['/about/sandbox', 'Test cards'],
  ['/dev/mailbox', 'Mailbox'],
];

test('every page that everybody can open', async ({ visitor }) => {
  const ann = await visitor('Ann');
  for (const [path, title] of PAGES) {
    await ann.open(path);
    await ann.at(title);
  }
  await ann.fill('To', ann.email);
  await ann.send('Show');
  await ann.at('Mailbox');
  await ann.reads('No mail was written to this address.');
});

test('every page of an account', async ({ member }) => {
  const ann = await member('Ann');
  const pages: [string, string | RegExp][] = [
    ['/account', 'Your account'],
    ['/account/profile', 'Profile'],
    ['/account/language', 'Language and colours'],
    ['/account/security', 'Security'],
    ['/account/passkeys', 'Passkeys'],
    ['/account/password', 'Password'],
    ['/account/totp', 'Authenticator app'],
    ['/account/mail-codes', 'Codes by mail'],
    ['/account/phone', 'Codes by SMS'],
    ['/account/sign-ins', 'Accounts elsewhere'],
    ['/account/email', 'E-mail address'],
    ['/account/bank', 'Where your money goes'],
    ['/account/bank/new', 'Your bank account'],
    ['/account/sessions', 'Devices'],
    ['/account/keys', 'API keys'],
    ['/account/keys/new', 'Make a key'],
    ['/account/activity', 'Activity'],
    ['/account/data', 'Your data'],
    ['/account/delete', 'Delete your account'],
    ['/orders', 'Your purchases'],
    ['/orders?as=seller', 'Your sales'],
    ['/sell', 'Your listings'],
  ];
  for (const [path, title] of pages) {
    await ann.open(path);
    await ann.at(title);
  }
  await ann.open('/');
  await ann.page.locator('summary', { hasText: 'Account' }).click();
  await ann.follow('Your page');
  await ann.at(ann.name);
});

test('every page of staff', async ({ member }) => {
  const olga = await member('Olga', 'operator');
  await olga.open('/account');
  await olga.at('Your account');
  await olga.follow(/^Administration/);
  await olga.at('Overview');
  for (const [path, title] of [
    ['/admin/orders', 'Orders'],
    ['/admin/cases', 'Cases'],
    ['/admin/members', 'Members'],
    ['/admin/roles', 'Roles'],
    ['/admin/roles/new', 'New role'],
    ['/admin/jobs', 'Dead jobs'],
    ['/admin/payments', 'Payment events'],
    ['/admin/ledger', 'Ledger'],
    ['/admin/audit', 'Audit log'],
  ]) {
    await olga.open(path);
    await olga.at(title);
  }
});

// Where words are longer shows at the narrowest width, which every page is tried at.
test('German and back', { tag: '@desk' }, async ({ visitor }) => {
  const ann = await visitor('Ann');
  await ann.open('/about');
  await ann.at(/^About /);
  const html = ann.page.locator('html');
  await expect(html).toHaveAttribute('lang', 'en');
  await ann.pick('Language', 'Deutsch');
  await ann.send('Change');
  await expect(html).toHaveAttribute('lang', 'de');
  await ann.at(/^Über /);
  expect(new URL(ann.page.url()).pathname).toBe('/about');
  for (const [path] of PAGES) {
    await ann.open(path);
    await expect(html).toHaveAttribute('lang', 'de');
    await ann.at(/./);
  }
  await ann.open('/');
  await ann.pick('Sprache', 'English');
  await ann.send('Ändern');
  await ann.at(TITLE.home);
});

test('a browser that asks for German gets it', { tag: '@desk' }, async ({ browser }) => {
  const context = await browser.newContext({ locale: 'de-AT' });
  const page = await context.newPage();
  await page.goto('/');
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await context.close();
});

test('dark, light, and as the device is set', async ({ visitor }) => {
  const ann = await visitor('Ann');
  const { page } = ann;
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('color-scheme'));
  await ann.open('/search');
  await ann.at('Everything on sale');
  await ann.send('Dark');
  await ann.at('Everything on sale');
  await expect(ann.button('Dark')).toHaveAttribute('aria-pressed', 'true');
  expect(await ground()).toBe('dark');
  for (const [path, title] of PAGES) {
    await ann.open(path);
    await ann.at(title);
  }
  await ann.send('Auto');
  await expect(page.locator('html')).not.toHaveAttribute('data-theme', /./);
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.emulateMedia({ colorScheme: 'light' });
  const light = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect(dark).not.toBe(light);
});
