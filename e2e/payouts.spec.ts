/**
 * A seller's money: from saying where it goes to seeing it paid. On a marketplace of its own, because the clock of its
 * sandbox is moved, and what is done every hour is done at once.
 */
import { Api } from './api';
import { isState } from './buying';
import { expect, test, type Person } from './journey';
import { dueNow, passDays } from './later';
import { Marketplace } from './marketplace';
import { PASSWORD, TITLE } from './words';

// 41.70 comes of the sale; a tenth of it is kept back for longer.
const [WAITS, KEPT] = ['€37.53', '€4.17'];
const ROUNDS = ['payouts.clear', 'payouts.move', 'payouts.gather'];

let market: Marketplace;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  market = await Marketplace.prepare('payouts');
  await market.start();
});

test.afterAll(async () => {
  await market.stop();
  const books = await market.run('ledger', 'verify');
  expect(books.code, books.out).toBe(0);
  await market.remove();
});

test('Ann says where her money goes, sells a bike, and is paid', async ({ visitor }) => {
  const there = async (name: string, ...roles: string[]) => {
    const person = await visitor(name, { url: market.url });
    const all = roles.flatMap((role) => ['--role', role]);
    await market.mustRun('member', 'create', '--email', person.email, '--password', PASSWORD, '--name', person.name, ...all);
    await person.signIn();
    return person;
  };
  const [ann, ben, olga] = [await there('Ann'), await there('Ben'), await there('Olga', 'operator')];
  const seller = await Api.signIn(market.url, ann.email, PASSWORD);
  const buyer = await Api.signIn(market.url, ben.email, PASSWORD);
  let number = '';

  await test.step('she learns when her first money comes, and says where it goes', async () => {
    await ann.open('/account');
    await ann.at('Your account');
    await ann.follow(/^Payouts/);
    await ann.at('Payouts');
    await ann.reads('Your first money comes 14 days after');
    await ann.follow('Set payouts up');
    await ann.at('Where your money goes');
    await ann.send('Begin');
    await ann.at('Where your money goes');
    await ann.mistakeAt('Country', /./);
    await ann.pick('Country', 'France');
    await ann.send('Begin');
    await ann.at('Where your money goes');
    await ann.isTold('Test bank knows of you now.');
    await ann.follow('Go on there');
    await ann.at('Test onboarding');
    await ann.send('Send');
    await ann.at('Payouts');
    await ann.follow('Set payouts up');
    await ann.at('Where your money goes');
    await ann.reads('You can be paid out.');
    await ann.reads(/^Your money goes to .*3000\.$/);
  });
  await test.step('she asks to be paid every day', async () => {
    await ann.follow('Payouts');
    await ann.at('Payouts');
    await ann.follow('How often');
    await ann.at('How often you are paid out');
    await ann.pick('How often', 'Every day');
    await ann.send('Save');
    await ann.at('Payouts');
    await ann.isTold('Saved.');
  });
  await test.step('Ben buys her bike, and has it', async () => {
    const bike = await seller.sell({ title: 'Bike that is paid out', price: 4000 });
    const placed = await buyer.order(bike.id, 1, 'order');
    const [order] = placed.body.orders;
    number = order.number;
    await buyer.pay(placed.body.payment.id, 'pay');
    await expect.poll(async () => (await buyer.payment(placed.body.payment.id)).state).toBe('succeeded');
    for (const [person, button] of [
      [ann, 'Mark as sent'],
      // Who is content at once is looked at for some days.
      [ann, 'Mark as delivered'],
      [ben, 'All is well, pay the seller'],
    ] as const) {
      await person.open(`/orders/${order.id}`);
      await person.at(TITLE.order);
      const folded = person.page.locator('summary', { hasText: button });
      if (await folded.count()) await folded.click();
      await person.send(button);
      await person.at(TITLE.order);
    }
    await isState(ben, 'Completed');
  });
  await test.step('Ann sees what waits, why, and until when', async () => {
    await ann.open('/payouts');
    await ann.at('Payouts');
    const rows = ann.page.getByRole('table', { name: 'What waits, and why' }).getByRole('row').filter({ hasText: number });
    await expect(rows).toHaveCount(2);
    await expect(rows.filter({ hasText: WAITS })).toContainText('It waits for some days');
    await expect(rows.filter({ hasText: KEPT })).toContainText('A small part is kept back for longer');
  });
  await test.step('Olga ends the wait', async () => {
    const { id } = await seller.must<{ id: string }>('GET', '/me');
    await olga.open(`/admin/sellers/${id}`);
    await olga.at(`The money of ${ann.name}`);
    const what = olga.page.getByLabel('What to do', { exact: true });
    const choice = await what.locator('option').filter({ hasText: WAITS }).getAttribute('value');
    await what.selectOption(String(choice));
    await olga.fill('Why', 'The buyer has said that all is well');
    await olga.send('Do it');
    await olga.at(`The money of ${ann.name}`);
    await olga.isTold('Done.');
  });
  await test.step('the money goes to her account at the test bank, and on from there', async () => {
    await soon(ann, async () => expect(waiting(ann)).toHaveCount(1, { timeout: 500 }));
    // What a card paid is not there at once.
    await passDays(market, 3);
    await soon(ann, async () => expect(ann.page.getByRole('table', { name: 'Your payouts' })).toContainText('on its way', { timeout: 500 }));
    await ann.at('Payouts');
    await ann.openMail(`${WAITS} is on its way to you`);
    await passDays(market, 2);
    await soon(ann, async () => expect(ann.page.getByRole('table', { name: 'Your payouts' })).toContainText('paid', { timeout: 500 }));
  });
  await test.step('she reads what it is made of, and keeps it as a table', async () => {
    await ann.at('Payouts');
    await ann.leave(() => ann.page.getByRole('table', { name: 'Your payouts' }).getByRole('link').first().click());
    await ann.at(/^Payout /);
    await ann.reads('Paid on');
    await expect(ann.page.getByRole('table', { name: 'What it is made of' })).toContainText(number);
    const csv = await ann.page.request.get(`${ann.page.url()}/statement.csv`);
    expect(csv.headers()['content-type']).toContain('text/csv');
    const [heads, line, ...more] = (await csv.text()).trimEnd().split('\r\n');
    expect(heads).toContain('"Paid out"');
    expect(line.split(',').slice(1)).toEqual([number, '"Sale"', expect.stringMatching(/^\d{4}-\d\d-\d\d$/), 'EUR', '37.53', '0.00', '0.00', '37.53']);
    expect(more).toEqual([]);
  });
});

function waiting(person: Person) {
  return person.page.getByRole('table', { name: 'What waits, and why' }).locator('tbody').getByRole('row');
}

/** Looks at the payouts again and again, with a round of the jobs before each look. */
async function soon(person: Person, look: () => Promise<void>): Promise<void> {
  await expect(async () => {
    await dueNow(market, ROUNDS);
    await new Promise((done) => setTimeout(done, 1000));
    await person.open('/payouts');
    await look();
  }).toPass({ timeout: 120_000 });
}
