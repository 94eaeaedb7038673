/** When paying does not go straight: declined, asked by the bank, slow, given up, paid back. */
import { happened, isState, orderNow, payWith, seeOrder } from './buying';
import { expect, test } from './journey';
import { CARD, TITLE } from './words';

test('a declined card is told at its field, and another one will do', async ({ member, program }) => {
  const seller = await program('Ann');
  const ben = await member('Ben');
  await orderNow(ben, await seller.sell({ title: 'Declined bike', price: 4000 }));

  await payWith(ben, CARD.declined);
  await ben.at(TITLE.pay);
  await ben.mistakeAt('Card number', /Your bank declined the card/);
  await expect(ben.page.getByLabel('Card number')).toHaveValue('');
  await expect(ben.page.getByLabel('Valid until')).toHaveValue('12/34');

  await ben.fill('Card number', CARD.good);
  await ben.fill('Valid until', '12/20');
  await ben.fill('Security code', '1');
  await ben.send(/^Pay €/);
  await ben.mistakeAt('Valid until', /expired/);
  await ben.mistakeAt('Security code', /3 digits/);

  await payWith(ben, CARD.poor);
  await ben.mistakeAt('Card number', /not enough money/);

  await payWith(ben);
  await seeOrder(ben);
  await isState(ben, 'Paid, waiting to be sent');
});

test('the bank asks first, and the answer decides', async ({ member, program }) => {
  const seller = await program('Ann');
  const ben = await member('Ben');
  await orderNow(ben, await seller.sell({ title: 'Bike with a question', price: 4000 }));

  await payWith(ben, CARD.asks);
  await ben.at(TITLE.bank);
  await ben.reads('€47.60');
  await ben.send('Decline');
  await ben.at(TITLE.pay);
  await ben.mistakeAt('Card number', /could not confirm that it was you/);

  await payWith(ben, CARD.asks);
  await ben.at(TITLE.bank);
  await ben.send('Approve');
  await seeOrder(ben);
  await isState(ben, 'Paid, waiting to be sent');
});

test('a payment that takes its time says so, and goes on by itself', async ({ member, program }) => {
  test.slow();
  const seller = await program('Ann');
  const ben = await member('Ben');
  await orderNow(ben, await seller.sell({ title: 'Slow bike', price: 4000 }));

  await payWith(ben, CARD.later);
  await ben.at(TITLE.wait);
  const waiting = ben.page.url();
  await ben.open('/orders');
  await ben.at('Your purchases');
  await ben.follow('Slow bike');
  await ben.at(TITLE.order);
  await isState(ben, 'Payment being checked');

  // Nobody touches the page: the sandbox takes a minute, and the page looks every few seconds.
  await ben.open(waiting);
  await expect(ben.page.getByRole('heading', { level: 1, name: TITLE.thanks })).toBeVisible({ timeout: 120_000 });
  await seeOrder(ben);
  await isState(ben, 'Paid, waiting to be sent');
});

test('who does not want it after all pays nothing, and has it in the cart again', async ({ member, program }) => {
  const seller = await program('Ann');
  const ben = await member('Ben');
  const bike = await seller.sell({ title: 'Unwanted bike', price: 4000 });
  await orderNow(ben, bike);
  const payment = ben.page.url();
  expect((await seller.listing(bike.id)).available).toBe(0);

  await ben.page.getByText('I do not want to buy this').click();
  await ben.send('Cancel the order');
  await ben.at(TITLE.cart);
  await ben.isTold('nothing was charged');
  await expect(ben.page.getByRole('main').getByRole('link', { name: 'Unwanted bike' })).toBeVisible();
  expect((await seller.listing(bike.id)).available).toBe(1);

  await ben.open(payment);
  await ben.at('This payment is closed');
});

test('a paid order is cancelled before it is sent, and the money goes back', async ({ member, program }) => {
  const seller = await program('Ann');
  const ben = await member('Ben');
  const bike = await seller.sell({ title: 'Returned bike', price: 4000 });
  await orderNow(ben, bike);
  await payWith(ben);
  await seeOrder(ben);

  await ben.page.getByText('Cancel and get a refund').first().click();
  await ben.reads('€47.60 goes back to you');
  await ben.send('Cancel and get a refund');
  await ben.at(TITLE.order);
  // The provider answers a moment later.
  await expect(async () => {
    await ben.page.reload();
    await expect(ben.page.getByRole('main').locator('.head').getByText('Refunded', { exact: true })).toBeVisible({ timeout: 1000 });
  }).toPass({ timeout: 30_000 });
  await ben.at(TITLE.order);
  await happened(ben, ['The payment arrived.', 'The buyer cancelled the order.', 'The refund was paid.']);
  await ben.reads('€47.60 was paid back to you.');
  expect((await seller.listing(bike.id)).available).toBe(1);
});
