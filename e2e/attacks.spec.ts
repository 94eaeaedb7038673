/**
 * What another site can do to somebody who is signed in here: nothing. In a real browser, because it is the browser
 * that has to keep the rules. The other site is another port of this machine: another origin, but the same site,
 * so cookies go along, which is worse than what a stranger has.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from './journey';
import { PASSWORD, TITLE } from './words';

/** The other site: its pages by path. */
async function evil(pages: Record<string, string>): Promise<{ url: string; close: () => Promise<void> }> {
  const server: Server = createServer((request, response) => {
    const page = pages[request.url ?? ''];
    response.writeHead(page ? 200 : 404, { 'Content-Type': 'text/html; charset=utf-8' });
    response.end(page ? `<!doctype html><title>Elsewhere</title>${page}` : '');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}`,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

test('another site cannot act as Ann', async ({ member, browser, baseURL }) => {
  const ann = await member('Ann');
  const context = await browser.newContext({ storageState: await ann.page.context().storageState() });
  const page = await context.newPage();
  const site = await evil({
    '/form': `<form method="post" action="${baseURL}/account/profile">
        <input name="display_name" value="Mallory"><input name="bio" value=""><input name="location" value="">
        <button>Win a prize</button></form>`,
    '/plain': `<form method="post" enctype="text/plain" action="${baseURL}/sign-out"><button>Win a prize</button></form>`,
    '/script': '<p>Nothing to see</p>',
  });
  try {
    for (const path of ['/form', '/plain']) {
      await page.goto(site.url + path);
      const [answer] = await Promise.all([
        page.waitForResponse((it) => it.request().method() === 'POST'),
        page.getByRole('button', { name: 'Win a prize' }).click(),
      ]);
      expect(answer.status(), path).toBe(403);
    }
    await page.goto(`${site.url}/script`);
    const read = await page.evaluate(async (url) => {
      const ask = (path: string, init: RequestInit) =>
        fetch(url + path, { credentials: 'include', ...init }).then(
          (answer) => answer.text(),
          () => 'refused',
        );
      const json = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' };
      return [await ask('/account', {}), await ask('/api/v1/me', {}), await ask('/account/profile', json)];
    }, String(baseURL));
    expect(read, 'it reads nothing').toEqual(['refused', 'refused', 'refused']);
    // It may send without reading: nothing comes of it.
    await page.evaluate(
      (url) =>
        fetch(`${url}/sign-out`, { method: 'POST', mode: 'no-cors', credentials: 'include' }).then(
          () => undefined,
          () => undefined,
        ),
      String(baseURL),
    );
    await page.goto(`${baseURL}/account/profile`);
    await expect(page.getByRole('heading', { level: 1, name: 'Profile' })).toBeVisible();
    await expect(page.getByLabel('Name', { exact: true })).toHaveValue(ann.name);
  } finally {
    await context.close();
    await site.close();
  }
});

test('a frame on another site stays empty', async ({ member, browser, baseURL }) => {
  const ann = await member('Ann');
  const context = await browser.newContext({ storageState: await ann.page.context().storageState() });
  const page = await context.newPage();
  const frames = ['/', '/account', '/cart', '/health'].map((path) => `<iframe src="${baseURL}${path}"></iframe>`);
  const site = await evil({ '/': frames.join(''), '/window': '<button>Open</button>' });
  try {
    await page.goto(site.url, { waitUntil: 'load' });
    const inside = page.frames().filter((frame) => frame !== page.mainFrame());
    expect(inside).toHaveLength(4);
    for (const frame of inside) expect(frame.url().startsWith(String(baseURL)), frame.url()).toBe(false);
    // A window that it opens is not its own: it sees nothing of it.
    await page.goto(`${site.url}/window`);
    const [opened] = await Promise.all([
      context.waitForEvent('page'),
      page.evaluate((url) => void Object.assign(window, { other: window.open(`${url}/account`) }), String(baseURL)),
    ]);
    await opened.waitForLoadState();
    const seen = await page.evaluate(() => {
      const { other } = window as unknown as { other: Window | null };
      try {
        return other === null || other.closed ? 'cut off' : other.document.title;
      } catch {
        return 'refused';
      }
    });
    expect(['cut off', 'refused']).toContain(seen);
  } finally {
    await context.close();
    await site.close();
  }
});

test('a session that somebody else chose is worthless', async ({ member, browser, baseURL }) => {
  const ann = await member('Ann');
  const context = await browser.newContext();
  const chosen = 'A'.repeat(43);
  await context.addCookies([{ name: 'tp_session', value: chosen, url: String(baseURL) }]);
  const page = await context.newPage();
  try {
    await page.goto(`${baseURL}/sign-in`);
    await page.getByLabel('E-mail address').fill(ann.email);
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('main').getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(page.getByRole('heading', { level: 1, name: TITLE.home })).toBeVisible();
    const kept = (await context.cookies()).find((cookie) => cookie.name === 'tp_session');
    expect(kept?.value).not.toBe(chosen);
    expect(kept?.httpOnly).toBe(true);
    const scripts = await page.evaluate(() => document.cookie);
    expect(scripts).not.toContain(String(kept?.value));
    // Who chose it has nothing.
    const thief = await browser.newContext();
    await thief.addCookies([{ name: 'tp_session', value: chosen, url: String(baseURL) }]);
    const theirs = await thief.newPage();
    await theirs.goto(`${baseURL}/account`);
    await expect(theirs.getByRole('heading', { level: 1, name: TITLE.signIn })).toBeVisible();
    await thief.close();
  } finally {
    await context.close();
  }
});

test('nothing private is left after signing out', async ({ member }) => {
  const ann = await member('Ann');
  for (const [path, title] of [
    ['/account', 'Your account'],
    ['/account/profile', 'Profile'],
    ['/orders', 'Your purchases'],
    ['/sell', 'Your listings'],
  ]) {
    await ann.open(path);
    await ann.at(title);
  }
  // What could not be sent is kept for her; not for who sits down next.
  await ann.page.evaluate(() => localStorage.setItem('draft', 'half a sentence of mine'));
  await ann.signOut();
  await ann.at(TITLE.home);
  const left = await ann.page.evaluate(async () => ({
    local: localStorage.length,
    session: sessionStorage.length,
    databases: (await indexedDB.databases()).length,
    caches: (await caches.keys()).length,
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    cookies: document.cookie,
  }));
  expect(left).toEqual({ local: 0, session: 0, databases: 0, caches: 0, workers: 0, cookies: '' });
  for (let step = 0; step < 4; step++) {
    await ann.page.goBack();
    await expect(ann.page.getByText(ann.email)).toBeHidden();
    await expect(ann.page.getByText('Your purchases')).toBeHidden();
  }
  await ann.open('/account');
  await ann.at(TITLE.signIn);
});
