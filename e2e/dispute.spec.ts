/** A problem with an order: shown in two photos, talked about, and ended with a part of the money back. */
import { Api } from './api';
import { happened, isState, orderNow, payWith, seeOrder } from './buying';
import { expect, test } from './journey';
import { png } from './picture';
import { PASSWORD, TITLE } from './words';

const CASE = /^The problem with order [0-9A-Z]+$/;
const BACK = '€10.00';

test('Ben shows what is wrong, and Ann pays a part back', async ({ member }, info) => {
  const [ann, ben] = [await member('Ann'), await member('Ben')];
  const seller = await Api.signIn(String(info.project.use.baseURL), ann.email, PASSWORD);
  let order = '';

  await test.step('Ben buys a bike, and it comes', async () => {
    await orderNow(ben, await seller.sell({ title: 'Bike with a dent', price: 4000 }));
    await payWith(ben);
    await seeOrder(ben);
    order = new URL(ben.page.url()).pathname;
    await ann.open(order);
    await ann.at(TITLE.order);
    await ann.send('Mark as sent');
    await ann.at(TITLE.order);
    await ann.page.getByText('Mark as delivered', { exact: true }).first().click();
    await ann.send('Mark as delivered');
    await ann.at(TITLE.order);
    await isState(ann, 'Delivered');
  });
  await test.step('Ben reports that it is not as described', async () => {
    await ben.open(order);
    await ben.at(TITLE.order);
    await ben.page.locator('summary').filter({ hasText: 'Report a problem' }).click();
    const form = ben.page.locator('form').filter({ has: ben.page.getByRole('button', { name: 'Report a problem' }) });
    await form.getByRole('combobox', { name: 'What is wrong?' }).selectOption({ label: 'It arrived damaged' });
    await form.getByRole('combobox', { name: 'What would you like?' }).selectOption({ label: 'A part of the money back, and keep it' });
    await form.getByRole('textbox', { name: 'What is wrong?' }).fill('The frame has a dent that the photos did not show.');
    await ben.leave(() => form.getByRole('button', { name: 'Report a problem' }).click());
    await ben.at(TITLE.order);
    await isState(ben, 'Problem reported');
  });
  await test.step('he shows it in two photos', async () => {
    await ben.follow(/show photos/);
    await ben.at(CASE);
    await ben.page.getByLabel(/^Photos/).setInputFiles([
      { name: 'dent.png', mimeType: 'image/png', buffer: png(1200, 900, 40) },
      { name: 'dent-near.png', mimeType: 'image/png', buffer: png(900, 1200, 160) },
    ]);
    await ben.fill(/^What they show/, 'The dent, from afar and from near');
    await ben.send('Show them');
    await ben.at(CASE);
    await ben.isTold('The photos are there.');
    const photos = ben.page.getByRole('img', { name: /^Photo \d, shown by: Buyer$/ });
    await expect(photos).toHaveCount(2);
    for (const photo of await photos.all()) {
      await photo.scrollIntoViewIfNeeded();
      await expect.poll(() => photo.evaluate((img: HTMLImageElement) => img.complete && img.naturalWidth)).toBeGreaterThan(100);
    }
  });
  await test.step('he asks for ten euros back', async () => {
    await ben.page.getByText('Make a proposal', { exact: true }).click();
    await ben.choose(/^A part of the money back/);
    await ben.fill(/^What goes back to the buyer/, '10');
    await ben.send('Propose it');
    await ben.at(CASE);
    await ben.isTold('The other side was told of your proposal.');
    await ben.reads(BACK);
  });
  await test.step('Ann sees the photos and what she would get, answers, and agrees', async () => {
    await ann.open(order);
    await ann.at(TITLE.order);
    await ann.follow(/^Read what was said/);
    await ann.at(CASE);
    await expect(ann.page.getByRole('img', { name: /shown by: Buyer/ })).toHaveCount(2);
    await ann.fill('What the other side and our team should know', 'I had not seen it. Ten euros are fine.');
    await ann.send('Say it');
    await ann.at(CASE);
    await ann.isTold('It was said.');
    await ann.reads('Proposal of: Buyer: A part of the money back');
    await ann.reads(BACK);
    await ann.send('Accept and pay this part back');
    await ann.at(TITLE.order);
  });
  await test.step('Ben has his part, Ann the rest, and both can read why', async () => {
    // The provider answers a moment later.
    await expect(async () => {
      await ben.open(order);
      await expect(ben.page.locator('.head').getByText('Completed, part of the money back', { exact: true })).toBeVisible({ timeout: 1000 });
    }).toPass({ timeout: 60_000 });
    await ben.at(TITLE.order);
    await happened(ben, [
      'The buyer reported a problem.',
      'The seller agreed to pay a part of the money back.',
      'The part was paid back.',
    ]);
    await ben.reads(BACK);
    await ann.open(order);
    await ann.at(TITLE.order);
    await isState(ann, 'Completed, part of the money back');
    await ann.follow(/^Read what was said/);
    await ann.at(CASE);
    await ann.reads('Ended: a part of the money goes back, the seller gets the rest.');
    await ann.reads('Accepted');
    await expect(ann.button('Say it')).toHaveCount(0);
  });
});
