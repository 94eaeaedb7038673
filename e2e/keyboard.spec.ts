/** A whole way without a mouse, where there is a keyboard. */
import { expect, test } from './journey';
import { TITLE } from './words';

test('by the keyboard alone', async ({ visitor, program }) => {
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
