/** The same pages in another language, other colours, and by the keyboard alone. */
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
});

test('every page of an account', async ({ member }) => {
  const ann = await member('Ann');
  const pages: [string, string | RegExp][] = [
    ['/account', 'Your account'],
    ['/account/profile', 'Profile'],
    ['/account/sessions', 'Devices'],
    ['/account/language', 'Language and colours'],
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

test('German and back', async ({ visitor }) => {
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

test('a browser that asks for German gets it', async ({ browser }) => {
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

test('by the keyboard alone', async ({ visitor, program, isMobile }) => {
  test.skip(isMobile, 'phones have no keyboard');
  const bike = await (await program('Ann')).sell({ title: 'Keyboard bike', price: 4000 });
  const ben = await visitor('Ben');
  const { page } = ben;
  await ben.open('/');
  await ben.at(TITLE.home);
  await page.keyboard.press('Tab');
  await expect(ben.link('Skip to content')).toBeFocused();
  await expect(ben.link('Skip to content')).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();

  // To the search box, whichever number of stops it is away.
  const box = page.getByRole('banner').getByRole('combobox', { name: 'Search' });
  await ben.open('/');
  await expect(box).toBeVisible();
  for (let stops = 0; stops < 10 && !(await box.evaluate((e) => e === document.activeElement)); stops++) {
    await page.keyboard.press('Tab');
  }
  await expect(box).toBeFocused();
  await expect(async () => {
    await box.fill('keybo');
    await box.press('ArrowDown');
    await expect(page.getByRole('option').first()).toBeVisible({ timeout: 1000 });
  }).toPass({ timeout: 30_000 });
  await page.keyboard.press('ArrowDown');
  await expect(box).toHaveAttribute('aria-activedescendant', /./);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('option').first()).toBeHidden();
  await expect(box).toHaveValue('keybo');
  await box.fill('keyboard bike');
  await ben.leave(() => page.keyboard.press('Enter'));
  await ben.at('“keyboard bike”');
  await ben.link(bike.title).focus();
  await ben.leave(() => page.keyboard.press('Enter'));
  await ben.at(bike.title);
  await ben.button('Add to cart').focus();
  await ben.leave(() => page.keyboard.press('Enter'));
  await ben.at(TITLE.cart);
});
