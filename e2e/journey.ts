/**
 * What the journeys are told with: people in browsers of their own, on the marketplace that the setup started.
 * Whatever page they come to is examined, and nothing may go wrong in the background.
 */
import { test as base, expect } from '@playwright/test';
import { join, resolve } from 'node:path';
import { execFile } from 'node:child_process';
import { Api } from './api';
import { Watch } from './examine';
import { Person } from './person';
import { PASSWORD } from './words';

/** What is unusual about somebody's browser. */
interface How {
  /** Another marketplace than the common one. */
  url?: string;
  /** Whom else its pages may turn to. */
  friends?: string[];
  scripts?: boolean;
}

interface Journey {
  /** Somebody with a browser of their own. The name is made unique; they have no account yet. */
  visitor: (name: string, how?: How) => Promise<Person>;
  /** The same with a proven account, not signed in. */
  account: (name: string, ...roles: string[]) => Promise<Person>;
  /** The same, signed in. Roles make them staff. */
  member: (name: string, ...roles: string[]) => Promise<Person>;
  /** A proven account without a browser. */
  program: (name: string) => Promise<Api>;
}

let count = 0;

/** A name and an address that nobody has yet, whichever project and worker this is. */
function unique(name: string): { name: string; email: string } {
  const mark = `${process.pid.toString(36)}${(++count).toString(36)}`;
  return { name: `${name} ${mark}`, email: `${name.toLowerCase()}.${mark}@example.org` };
}

export const test = base.extend<Journey>({
  visitor: async ({ browser }, use, info) => {
    const made: Person[] = [];
    await use(async (name, { url, friends, scripts } = {}) => {
      const origin = url ?? String(info.project.use.baseURL);
      const unusual = scripts === undefined ? {} : { javaScriptEnabled: scripts };
      const context = await browser.newContext({ baseURL: origin, ...unusual });
      const watch = new Watch(context, origin, friends);
      const person = new Person({ ...unique(name), page: await context.newPage(), watch, project: info.project.name });
      made.push(person);
      return person;
    });
    const problems = made.flatMap((person) => person.watch.problems.map((problem) => `${person.name}: ${problem}`));
    const passed = made.flatMap((person) => person.watch.passed());
    for (const person of made) {
      await person.watch.close();
      await person.page.context().close();
    }
    expect.soft(problems, 'what went wrong in the background').toEqual([]);
    if (info.status === 'passed') expect.soft([...new Set(passed)], 'pages that nobody examined').toEqual([]);
  },

  account: async ({ visitor }, use) => {
    await use(async (name, ...roles) => {
      const person = await visitor(name);
      await createMember(person.name, person.email, roles);
      return person;
    });
  },

  member: async ({ account }, use) => {
    await use(async (name, ...roles) => {
      const person = await account(name, ...roles);
      await person.signIn();
      return person;
    });
  },

  program: async ({}, use, info) => {
    await use(async (name) => {
      const who = unique(name);
      await createMember(who.name, who.email, []);
      return Api.signIn(String(info.project.use.baseURL), who.email, PASSWORD);
    });
  },
});

/** Opens a proven account from the command line, beside the server that runs. */
async function createMember(name: string, email: string, roles: string[]): Promise<void> {
  const binary = resolve(process.env.TRADEPLUS_BIN ?? join(__dirname, '../target/debug/tradeplus'));
  const data = String(process.env.JOURNEYS_DATA);
  const all = roles.flatMap((role) => ['--role', role]);
  const args = ['member', 'create', '--email', email, '--password', PASSWORD, '--name', name, '--data', data, ...all];
  await new Promise<void>((done, fail) => {
    execFile(binary, args, (error, stdout, stderr) => (error ? fail(new Error(stdout + stderr)) : done()));
  });
}

export { expect } from '@playwright/test';
export type { Person } from './person';
