/** What somebody's data is to them: a copy of everything to take along, and an account that can be left. */
import { readFile } from 'node:fs/promises';
import { Api, type Listing } from './api';
import { unpacked } from './archive';
import { expect, test } from './journey';
import { png } from './picture';
import { PASSWORD, TITLE } from './words';

test('a copy of everything is taken, and leaving is taken back', async ({ member, baseURL }) => {
  const ann = await member('Ann');
  const program = await Api.signIn(String(baseURL), ann.email, PASSWORD);
  const lamp = await program.must<Listing>('POST', '/listings', { title: 'Lamp from the attic' });
  await program.photo(lamp.id, png(640, 480));

  await test.step('Ann asks for a copy, and downloads it when it is ready', async () => {
    await ann.open('/account');
    await ann.at('Your account');
    await ann.follow(/^Your data/);
    await ann.at('Your data');
    await ann.send('Make a copy');
    await ann.isTold('We are putting your copy together.');
    await expect(async () => {
      await ann.page.reload();
      await expect(ann.link(/^Download/)).toBeVisible({ timeout: 200 });
    }).toPass({ timeout: 60_000 });
    await ann.at('Your data');
    const [download] = await Promise.all([ann.page.waitForEvent('download'), ann.link(/^Download/).click()]);
    expect(download.suggestedFilename()).toBe('my-data.zip');
    const files = unpacked(await readFile(await download.path()));
    const lists = [...files].filter(([name]) => name.endsWith('.json'));
    expect(lists.length).toBeGreaterThan(20);
    for (const [name, text] of lists) expect(JSON.parse(text.toString()), name).toBeInstanceOf(Array);
    expect(String(files.get('profile.json'))).toContain(ann.email);
    expect(String(files.get('listings.json'))).toContain('Lamp from the attic');
    const photos = [...files].filter(([name]) => name.startsWith('pictures/listings/'));
    // Each begins as a JPEG does.
    expect(photos.map(([, bytes]) => bytes.readUInt16BE(0))).toEqual([0xffd8]);
  });
  await test.step('she deletes her account, and is signed out', async () => {
    await ann.follow('Delete account…');
    await ann.at('Delete your account');
    await ann.tick('I understand that this cannot be undone later');
    await ann.send('Delete my account');
    await ann.at(TITLE.home);
    await ann.isTold('Your account is hidden and will be erased on');
  });
  await test.step('she signs in, finds nothing else open, and keeps it', async () => {
    await ann.open('/sign-in');
    await ann.leave(() => ann.enter());
    await ann.at('Your data');
    await ann.reads('Your account is being deleted');
    await ann.open('/sell');
    await ann.at('Your data');
    await ann.send('Keep my account');
    await ann.at('Your account');
    await ann.isTold('Good to have you back.');
    await ann.open('/sell');
    await ann.at('Your listings');
    await ann.reads('Lamp from the attic');
  });
});
