/** A payment provider by itself: `tradeplus simulator` on a free port, with books that are gone when it stops. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import type { Marketplace } from './marketplace';

const BINARY = resolve(process.env.TRADEPLUS_BIN ?? join(__dirname, '../target/debug/tradeplus'));
const START_MS = 60_000;
const SECRET = 'whsec_journeys';

export class Provider {
  private constructor(
    readonly url: string,
    private readonly program: ChildProcess,
  ) {}

  /** Starts one that tells this marketplace what happens, and answers when it listens. */
  static async start(market: Marketplace): Promise<Provider> {
    const hook = `stripe,${SECRET},${market.url}/api/v1/webhooks/stripe`;
    const program = spawn(BINARY, ['simulator', '--listen', '127.0.0.1:0', '--hook', hook], { stdio: ['ignore', 'pipe', 'inherit'] });
    const url = await new Promise<string>((done, fail) => {
      let said = '';
      const late = setTimeout(() => fail(new Error(`the simulator does not start: ${said}`)), START_MS);
      program.stdout.on('data', (text) => {
        said += String(text);
        const found = /below (http:\/\/[0-9.:]+)\//.exec(said);
        if (!found) return;
        clearTimeout(late);
        done(found[1]);
      });
      program.on('exit', () => fail(new Error(`the simulator does not start: ${said}`)));
    });
    return new Provider(url, program);
  }

  /** What a marketplace has to know to be paid through it, as through Stripe. */
  get settings(): Record<string, string> {
    return {
      TRADEPLUS_PAYMENTS__PROVIDER: 'live',
      TRADEPLUS_STRIPE__API_URL: this.url,
      TRADEPLUS_STRIPE__FILES_URL: this.url,
      TRADEPLUS_STRIPE__JS_URL: `${this.url}/v3/`,
      TRADEPLUS_STRIPE__PUBLISHABLE_KEY: 'pk_test_journeys',
      TRADEPLUS_STRIPE__SECRET_KEY: 'sk_test_journeys',
      TRADEPLUS_STRIPE__WEBHOOK_SECRETS: SECRET,
    };
  }

  stop(): void {
    this.program.kill();
  }
}
