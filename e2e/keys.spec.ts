/** A key with which a program acts for somebody: made, used, replaced and ended. */
import { Api } from './api';
import { expect, test } from './journey';

const NAME = 'Stock of my shop';
const DAY_MS = 86_400_000;

test('a key does what it may, gets a successor, and ends', async ({ member, baseURL }) => {
  const ann = await member('Ann');
  /** Status and, of a problem, its code. */
  const tries = async (key: string, path: string) => {
    const { status, code } = await Api.with(String(baseURL), key).ask('GET', path);
    return code ? `${status} ${code}` : `${status}`;
  };
  const shown = () => ann.page.locator('.secret').innerText();

  await ann.open('/account/security');
  await ann.at('Security');
  await ann.follow(/^API keys/);
  await ann.at('API keys');
  await ann.reads('No keys yet');
  await ann.follow('Make a key');
  await ann.at('Make a key');
  await ann.fill('What is it for?', NAME);
  await ann.tick(/^See your account/);
  await ann.tick(/^See your listings/);
  await ann.pick('It ends by itself after', '30 days');
  await ann.send('Make a key');
  await ann.at('Your new key');
  const old = await shown();
  expect(await tries(old, '/me')).toBe('200');
  expect(await tries(old, '/me/listings')).toBe('200');
  expect(await tries(old, '/orders')).toBe('403 api-key-scope');

  await ann.follow('I have kept it');
  await ann.at('API keys');
  await expect(ann.page.getByText(old), 'it is never shown again').toHaveCount(0);
  await ann.reads('See your account: name, address, town · See your listings and their history');
  const row = ann.page.getByRole('main').getByRole('listitem').filter({ hasText: NAME });
  const ends = await row.getByRole('time').last().getAttribute('datetime');
  expect(Math.round((Date.parse(String(ends)) - Date.now()) / DAY_MS)).toBe(30);

  await ann.follow(`Replace ${NAME}`);
  await ann.at(`Replace ${NAME}`);
  await ann.choose(/^after an hour/);
  await ann.send('Replace');
  await ann.at('Your new key');
  await ann.reads('The old key ends by itself');
  const fresh = await shown();
  for (const key of [old, fresh]) expect(await tries(key, '/me'), 'both are good for a while').toBe('200');
  await ann.follow('I have kept it');
  await ann.at('API keys');
  await ann.reads('Replaced');

  for (const key of [fresh, old]) {
    await ann.send(`Revoke ${NAME}`);
    await ann.isTold('The key has ended.');
    expect(await tries(key, '/me')).toBe('401 sign-in');
  }
  await ann.at('API keys');
  await ann.open('/account/activity');
  await ann.at('Activity');
  for (const told of ['API key made', 'API key replaced', 'API key revoked']) await ann.reads(told);
});
