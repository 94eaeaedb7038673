/**
 * A whole deal, from opening an account to the seller's money: on a desk, on a phone, and without any script.
 */
import { happened, isState, payWith, seeOrder, typeAddress } from './buying';
import { expect, test, type Person } from './journey';
import { png } from './picture';
import { TITLE } from './words';

// 40.00 and 4.90 postage; the buyer adds 5 % and 0.70, the seller gives 8 %.
const [PRICE, POSTAGE, TOTAL, PROCEEDS] = ['€40.00', '€4.90', '€47.60', '€41.70'];

test('Ann sells a bike to Ben', async ({ visitor, account, javaScriptEnabled }, info) => {
  const [ann, ben] = [await visitor('Ann'), await account('Ben')];
  const title = `Peugeot PX-10, ${info.project.name} ${ann.name.split(' ')[1]}`;

  await test.step('Ann opens an account', () => openAccount(ann));
  await test.step('Ann puts the bike on sale', () => putOnSale(ann, title, javaScriptEnabled !== false));
  await test.step('Ben finds it and puts it into his cart as a guest', async () => {
    await find(ben, title);
    await ben.at(title);
    await ben.reads(`plus ${POSTAGE} postage`);
    await ben.send('Add to cart');
    await ben.at(TITLE.cart);
    await ben.isTold('Added to your cart.');
  });
  await test.step('Ben signs in on the way, and his cart comes along', async () => {
    await ben.follow('Checkout');
    await ben.leave(() => ben.enter());
    await ben.at(TITLE.checkout);
    await expect(ben.page.getByRole('link', { name: title })).toBeVisible();
    await expect(ben.page.getByRole('link', { name: 'Cart, 1 item' })).toBeVisible();
  });
  await test.step('Ben pays', async () => {
    await typeAddress(ben);
    await expect(ben.page.getByRole('complementary', { name: 'Summary' })).toContainText(TOTAL);
    await ben.send('Continue to payment');
    await ben.at(TITLE.pay);
    await payWith(ben);
    await seeOrder(ben);
    await isState(ben, 'Paid, waiting to be sent');
    await ben.reads(`${TOTAL} is held by the payment provider until you say that all is well.`);
  });
  await test.step('Ann learns of it by mail and sends the parcel', async () => {
    await ann.openMail(`You sold ${title}`);
    await ann.follow(/\/orders\//);
    await ann.at(TITLE.order);
    await expect(ann.page.getByRole('region', { name: 'Delivery' })).toContainText('12 rue Mercière');
    await ann.fill(/^Parcel service/, 'Colissimo');
    await ann.fill(/^Tracking number/, '6A12345678901');
    await ann.send('Mark as sent');
    await ann.at(TITLE.order);
    await isState(ann, 'On its way');
  });
  await test.step('Ben gets it and confirms', async () => {
    await openOrders(ben, 'Buying');
    await ben.follow(title);
    await ben.at(TITLE.order);
    await expect(ben.page.getByRole('region', { name: 'Delivery' })).toContainText('6A12345678901');
    await ben.send('I have received it, all is well');
    await ben.at(TITLE.order);
  });
  await test.step('both see that it is complete, and Ann what she gets', async () => {
    await openOrders(ann, 'Selling');
    await ann.follow(title);
    await ann.at(TITLE.order);
    for (const person of [ann, ben]) {
      await isState(person, 'Completed');
      await happened(person, ['The order was placed.', 'The payment arrived.', 'The seller sent the goods.', 'The buyer received the goods.']);
    }
    await ann.reads(`${PROCEEDS} was released to you.`);
    await ann.openMail(`${PROCEEDS} was released to you`);
  });
  await test.step('Ann signs out', async () => {
    await ann.signOut();
    await ann.at(TITLE.home);
  });
});

/** From the front door, because that is where people begin. */
async function openAccount(person: Person): Promise<void> {
  await person.open('/');
  await person.at(TITLE.home);
  await person.follow('Sell');
  await person.at(TITLE.signIn);
  await person.follow('Create an account');
  await person.register();
  await person.at(TITLE.home);
}

async function putOnSale(seller: Person, title: string, scripts: boolean): Promise<void> {
  const { page } = seller;
  await seller.follow('Sell');
  await seller.at('Your listings');
  await seller.send('Sell something');
  await seller.at('Sell something');
  await page.getByLabel('Add photos').setInputFiles({ name: 'bike.png', mimeType: 'image/png', buffer: png(1000, 750) });
  // With scripts it goes up by itself.
  if (!scripts) await seller.send('Upload');
  await expect(page.getByRole('img', { name: 'Photo 1' })).toBeVisible();
  await seller.fill('Title', title);
  await page.getByLabel('Category', { exact: true }).selectOption('sports.bikes.road');
  await seller.send('Show the details of this category');
  await seller.at('Sell something');
  await seller.pick('Colour', 'Blue');
  await seller.choose(/^Good/);
  await seller.fill('Description', 'Serviced in spring.\n\nThe saddle is worn, the rest is fine.');
  await seller.fill('Price', '40');
  await seller.fill(/^Postage/, '4.90');
  await expect(page.getByLabel('Title', { exact: true })).toHaveValue(title);
  await seller.send('Publish');
  await seller.at(title);
  await seller.isTold('It is on sale.');
  await seller.reads(PRICE);
  await expect(page.getByRole('img', { name: `Photo 1 of 1: ${title}` })).toBeVisible();
}

/** The index follows the database a moment later. */
async function find(buyer: Person, title: string): Promise<void> {
  await buyer.open('/');
  await buyer.at(TITLE.home);
  await expect(async () => {
    await buyer.search(title);
    await expect(buyer.page.getByRole('main').getByRole('link', { name: title })).toBeVisible({ timeout: 1000 });
  }).toPass({ timeout: 30_000 });
  await buyer.at(`“${title}”`);
  await buyer.follow(title);
}

async function openOrders(person: Person, side: 'Buying' | 'Selling'): Promise<void> {
  await person.open('/');
  await person.at(TITLE.home);
  await person.follow('Orders');
  await person.at('Your purchases');
  if (side === 'Selling') {
    await person.follow('Selling');
    await person.at('Your sales');
  }
}
