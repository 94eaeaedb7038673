/** The stretches of road that several journeys go: from a listing to a payment. */
import { expect } from '@playwright/test';
import type { Person } from './person';
import { CARD, TITLE } from './words';

/** Fills in where the parcel goes. */
export async function typeAddress(buyer: Person): Promise<void> {
  await buyer.fill('Full name', buyer.name);
  await buyer.fill('Street and number', '12 rue Mercière');
  await buyer.fill('Postcode', '69002');
  await buyer.fill('Town', 'Lyon');
  await buyer.pick('Country', 'France');
}

/** From a listing's page to the form for the card. */
export async function orderNow(buyer: Person, listing: { url: string; title: string }): Promise<void> {
  await buyer.open(listing.url);
  await buyer.at(listing.title);
  await buyer.send('Buy now');
  await buyer.at(TITLE.checkout);
  await typeAddress(buyer);
  await buyer.send('Continue to payment');
  await buyer.at(TITLE.pay);
}

/** Types a card and presses the button that says the sum. */
export async function payWith(buyer: Person, number: string = CARD.good): Promise<void> {
  await buyer.fill('Card number', number);
  await buyer.fill('Valid until', '12/34');
  await buyer.fill('Security code', '123');
  await buyer.send(/^Pay €/);
}

/** From the thanks to the order's own page. */
export async function seeOrder(buyer: Person): Promise<void> {
  await buyer.at(TITLE.thanks);
  await buyer.follow('See your order');
  await buyer.at(TITLE.order);
}

/** The state in the head of an order's page. */
export async function isState(person: Person, state: string): Promise<void> {
  const main = person.page.getByRole('main');
  await expect(main.locator('.head').getByText(state, { exact: true })).toBeVisible();
}

/** The order's timeline tells of this, in this order. */
export async function happened(person: Person, steps: string[]): Promise<void> {
  const all = person.page.getByRole('region', { name: 'What happens when' }).getByRole('listitem');
  await expect(all.filter({ hasText: 'Done:' })).toContainText(steps);
}
