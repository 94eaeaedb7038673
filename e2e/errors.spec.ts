/** When something is typed wrong, is not there, or is done with other means: mistakes, languages, keyboard. */
import { orderNow } from './buying';
import { expect, test, type Person } from './journey';
import { CARD, PASSWORD, TITLE } from './words';

/** The list of mistakes is what a reader of the screen hears first. */
async function hearsMistakes(person: Person): Promise<void> {
  const list = person.page.getByRole('alert').filter({ has: person.page.getByRole('heading', { name: 'There is a problem' }) });
  await expect(list).toBeFocused();
  await expect(person.page).toHaveTitle(/^Error: /);
}

test('registering with mistakes keeps what was typed and says what to mend', async ({ visitor }) => {
  const ann = await visitor('Ann');
  await ann.open('/register');
  await ann.at(TITLE.register);
  await ann.fill('Name', ann.name);
  await ann.fill('E-mail address', 'ann at example');
  await ann.fill('Password', 'short');
  await ann.send(TITLE.register);
  await ann.at(TITLE.register);
  await hearsMistakes(ann);
  await ann.mistakeAt('E-mail address', /Enter an e-mail address/);
  await ann.mistakeAt('Password', /at least 10 characters/);
  await expect(ann.page.getByLabel('Name', { exact: true })).toHaveValue(ann.name);
  await expect(ann.page.getByLabel('E-mail address')).toHaveValue('ann at example');
  await expect(ann.page.getByLabel('Password')).toHaveValue('');

  await ann.page.getByRole('alert').getByRole('link', { name: /e-mail/i }).click();
  await expect(ann.page.getByLabel('E-mail address')).toBeFocused();
  await ann.fill('E-mail address', ann.email);
  await ann.fill('Password', PASSWORD);
  await ann.send(TITLE.register);
  await ann.at('Check your mail');
});

test('a listing with mistakes keeps what was typed and names each field', async ({ member }) => {
  const ann = await member('Ann');
  await ann.open('/sell');
  await ann.at('Your listings');
  await ann.send('Sell something');
  await ann.at('Sell something');
  await ann.fill('Title', 'Bike');
  await ann.fill('Price', 'cheap');
  await ann.fill('Description', 'Good bike');
  await ann.send('Publish');
  await ann.at('Sell something');
  await hearsMistakes(ann);
  await ann.mistakeAt('Price', /Enter an amount/);
  await expect(ann.page.getByLabel('Price', { exact: true })).toHaveValue('cheap');
  await expect(ann.page.getByLabel('Description', { exact: true })).toHaveValue('Good bike');

  await ann.fill('Price', '12.50');
  await ann.send('Publish');
  await hearsMistakes(ann);
  await ann.mistakeAt('Category', /./);
  await expect(ann.page.getByLabel('Price', { exact: true })).toHaveValue('12.50');
});

test('a file that is no photo is refused in words', async ({ member }) => {
  const ann = await member('Ann');
  await ann.open('/sell');
  await ann.send('Sell something');
  await ann.at('Sell something');
  await ann.page.getByLabel('Add photos').setInputFiles({ name: 'bike.png', mimeType: 'image/png', buffer: Buffer.from('not a picture') });
  await ann.reads(/This file is not a picture/);
  await ann.page.getByRole('button', { name: 'Try again' }).click();
  await ann.reads(/This file is not a picture/);
  await ann.open('/sell');
  await ann.at('Your listings');
});

test('a checkout with mistakes keeps the address that was typed', async ({ member, program }) => {
  const seller = await program('Ann');
  const bike = await seller.sell({ title: 'Bike to nowhere', price: 4000 });
  const ben = await member('Ben');
  await ben.open(bike.url);
  await ben.at(bike.title);
  await ben.send('Buy now');
  await ben.at(TITLE.checkout);
  await ben.fill('Full name', 'Ben Roy');
  await ben.fill('Town', 'Lyon');
  await ben.send('Continue to payment');
  await ben.at(TITLE.checkout);
  await hearsMistakes(ben);
  await ben.mistakeAt('Street and number', /Fill this in/);
  await ben.mistakeAt('Postcode', /Fill this in/);
  await ben.mistakeAt('Country', /./);
  await expect(ben.page.getByLabel('Full name')).toHaveValue('Ben Roy');
  await expect(ben.page.getByLabel('Town', { exact: true })).toHaveValue('Lyon');
});

test('the way back from paying does not order twice, and the order is found again', async ({ member, program }) => {
  const seller = await program('Ann');
  const bike = await seller.sell({ title: 'Bike that is wanted once', price: 4000, quantity: 5 });
  const ben = await member('Ben');
  await orderNow(ben, bike);
  const payment = ben.page.url();
  await ben.fill('Card number', CARD.good);
  await ben.page.goBack();
  // The cart has become the order.
  await ben.at(TITLE.cart);
  await ben.reads('Your cart is empty');
  expect((await seller.listing(bike.id)).available).toBe(4);

  await ben.open('/orders');
  await ben.at('Your purchases');
  await ben.follow(bike.title);
  await ben.at(TITLE.order);
  await ben.reads('Your turn: pay');
  await ben.follow(/^Pay €/);
  await ben.at(TITLE.pay);
  expect(ben.page.url()).toBe(payment);
  await expect(ben.page.getByLabel('Card number')).toHaveValue('');
});

test('what is not there says so, and leads on', async ({ visitor }) => {
  const ann = await visitor('Ann');
  const answer = await ann.page.goto('/listings/nothing-here');
  expect(answer?.status()).toBe(404);
  await ann.at('Not found');
  await ann.follow('Go to the home page');
  await ann.at(TITLE.home);
  for (const path of ['/no/such/page', '/orders/../../etc/passwd', '/members/nobody-of-this-name']) {
    expect((await ann.page.goto(path))?.status()).toBe(404);
    await ann.at('Not found');
  }
});

test('a wrong password tells nothing about the address', async ({ member, visitor }) => {
  const ben = await member('Ben');
  await ben.signOut();
  const nobody = await visitor('Nobody');
  for (const person of [ben, nobody]) {
    await person.open('/sign-in?next=/orders');
    await person.leave(() => person.enter('not the password'));
    await person.at(TITLE.signIn);
    await hearsMistakes(person);
    await expect(person.page.getByRole('alert')).toContainText('The address or the password is wrong.');
    await expect(person.page.getByLabel('E-mail address')).toHaveValue(person.email);
    await expect(person.page.getByLabel('Password')).toHaveValue('');
  }
  await ben.leave(() => ben.enter());
  await ben.at('Your purchases');
  await ben.signOut();
  await ben.at(TITLE.home);
  // Nothing of theirs is left: not behind the back button, not by its address.
  await ben.page.goBack();
  await expect(ben.page.getByText('Your purchases')).toBeHidden();
  await ben.open('/orders');
  await ben.at(TITLE.signIn);
});
