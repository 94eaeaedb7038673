/**
 * Before all journeys: a marketplace. After them: it stops when asked, and its books are right whatever
 * happened on it.
 */
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Marketplace } from './marketplace';

export default async function setup(): Promise<() => Promise<void>> {
  const market = await Marketplace.prepare('marketplace');
  await market.start();
  // Workers are started after this and inherit it.
  process.env.JOURNEYS_URL = market.url;
  process.env.JOURNEYS_DATA = market.data;
  // Beside the data: it goes with it.
  process.env.JOURNEYS_EXAMINED = join(dirname(market.data), 'examined');
  mkdirSync(process.env.JOURNEYS_EXAMINED);
  return async () => {
    await market.stop();
    const books = await market.run('ledger', 'verify');
    if (books.code !== 0) throw new Error(`The books are wrong after the journeys; data kept in ${market.data}:\n${books.out}`);
    await market.remove();
  };
}
