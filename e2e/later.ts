/** What comes later, now: the jobs that a marketplace does every hour are due at once. */
import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Marketplace } from './marketplace';

const SERVERS = '/usr/lib/postgresql';

/** Lets these be done in a moment, by their kind. Their order is theirs. */
export async function dueNow(market: Marketplace, kinds: string[]): Promise<void> {
  const keys = kinds.map((kind) => `'every:${kind}'`).join(', ');
  const statement = `update jobs set run_at = now() where unique_key in (${keys})`;
  const args = ['-h', join(market.data, 'run'), '-U', 'tradeplus_owner', '-d', 'tradeplus', '-qc', statement];
  await new Promise<void>((done, fail) => {
    execFile(psql(), args, (error, stdout, stderr) => (error ? fail(new Error(stdout + stderr)) : done()));
  });
}

/** Of the installation that the program finds, too. */
function psql(): string {
  const versions = existsSync(SERVERS) ? readdirSync(SERVERS).sort().reverse() : [];
  const found = versions.map((version) => join(SERVERS, version, 'bin/psql')).find((path) => existsSync(path));
  return found ?? 'psql';
}

/** Moves the clock of the marketplace's sandbox by so many days, and does there what is due meanwhile. */
export async function passDays(market: Marketplace, days: number): Promise<void> {
  const body = JSON.stringify({ advance: days * 86_400 });
  const answer = await fetch(`${market.url}/_sim/clock`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
}
