/** What the scripts for Node.js share: the simulator's own calls, and a place where events are heard. */
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** Address of the simulator; folder with the packages. */
export const [BASE, PACKAGES] = process.argv.slice(2);
export const load = createRequire(join(PACKAGES, 'here.js'));

/** One of the simulator's own calls. */
export async function sim(path, body) {
  const answered = await fetch(`${BASE}/_sim/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answered.ok) throw new Error(`${path}: ${answered.status} ${await answered.text()}`);
  return answered.json();
}

export const passTime = (seconds) => sim('clock', { advance: seconds });

/**
 * Listens for events. `believes` is given path, headers and body and answers the event, or throws; what it threw at is in
 * `disbelieved`.
 */
export async function listen(believes) {
  const heard = [];
  const disbelieved = [];
  const server = createServer((request, response) => {
    const parts = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', async () => {
      const body = Buffer.concat(parts);
      try {
        heard.push(await believes(request.url, request.headers, body));
        response.writeHead(200).end();
      } catch (error) {
        disbelieved.push({ error, body, headers: request.headers });
        response.writeHead(400).end();
      }
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { heard, disbelieved, url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

/** What `look` finds, as soon as it finds something. */
export async function until(what, look) {
  for (let tries = 0; tries < 300; tries++) {
    const found = look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`This did not come: ${what}`);
}

/** Tells each story, one after the other, and how long it took. */
export async function tell(stories) {
  for (const story of stories) {
    const begun = Date.now();
    await story();
    console.log(`  ${story.name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}: ${((Date.now() - begun) / 1000).toFixed(1)} s`);
  }
}
