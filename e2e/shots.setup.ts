/**
 * A marketplace with the demo in it. Making the demo takes some minutes with a debug build; SHOTS_DATA names a data
 * directory to keep it in for the next time.
 */
import { Marketplace } from './marketplace';

export default async function setup(): Promise<() => Promise<void>> {
  const { SHOTS, SHOTS_DATA } = process.env;
  if (!SHOTS) throw new Error('SHOTS names the folder for the pictures.');
  const market = SHOTS_DATA ? await Marketplace.on(SHOTS_DATA, 'shots') : await Marketplace.prepare('shots');
  await market.mustRun('demo', '--once');
  await market.start();
  process.env.JOURNEYS_URL = market.url;
  return async () => {
    await market.stop();
    if (!SHOTS_DATA) await market.remove();
  };
}
