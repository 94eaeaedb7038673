/**
 * A marketplace of its own: the real program on a free port, with a new data directory that is removed
 * afterwards. It needs nothing but the binary (TRADEPLUS_BIN, else the debug build).
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '..');
const BINARY = resolve(process.env.TRADEPLUS_BIN ?? join(ROOT, 'target/debug/tradeplus'));
/** Logs stay here, where nothing is committed, so that a failure can be looked into. */
const LOGS = join(ROOT, 'target/journeys');
/** The first start makes a database cluster. */
const START_MS = 120_000;
const STOP_MS = 60_000;

/** What a command of the program answered. */
export interface Said {
  code: number;
  out: string;
}

export class Marketplace {
  private server?: ChildProcess;

  private constructor(
    readonly url: string,
    readonly data: string,
    private readonly log: string,
    private readonly extra: Record<string, string>,
  ) {}

  /** An address and a new directory, nothing running yet. `name` is that of the log. */
  static async prepare(name: string, extra: Record<string, string> = {}): Promise<Marketplace> {
    const dir = await mkdtemp(join(tmpdir(), `tradeplus-${name}-`));
    // The database runs as a user of its own when we are root: it has to walk through here.
    await chmod(dir, 0o711);
    return Marketplace.on(join(dir, 'data'), name, extra);
  }

  /** The same with a data directory that is there already, and stays. */
  static async on(data: string, name: string, extra: Record<string, string> = {}): Promise<Marketplace> {
    mkdirSync(LOGS, { recursive: true });
    const log = join(LOGS, `${name}.log`);
    closeSync(openSync(log, 'w'));
    return new Marketplace(`http://localhost:${await freePort()}`, data, log, extra);
  }

  private get env(): NodeJS.ProcessEnv {
    const mine = Object.entries(process.env).filter(([name]) => !/^(TRADEPLUS_|DATABASE_|REDIS_)/.test(name));
    return {
      ...Object.fromEntries(mine),
      TRADEPLUS_SERVER__BASE_URL: this.url,
      // The journeys are faster than people.
      TRADEPLUS_LIMITS__MULTIPLIER: '1000',
      TRADEPLUS_PAYOUTS__NEW_SELLER_LIMITS: 'false',
      ...this.extra,
    };
  }

  /** Serves, and answers when it is ready. */
  async start(): Promise<void> {
    const log = openSync(this.log, 'a');
    const listen = `127.0.0.1:${new URL(this.url).port}`;
    const options = { env: this.env, stdio: ['ignore', log, log] as ['ignore', number, number] };
    this.server = spawn(BINARY, ['serve', '--data', this.data, '--listen', listen], options);
    closeSync(log);
    let failed = '';
    this.server.on('error', (error) => (failed = error.message));
    const until = Date.now() + START_MS;
    for (;;) {
      const answer = await fetch(`${this.url}/ready`).catch(() => undefined);
      if (answer?.ok) return;
      if (failed || this.server.exitCode !== null || Date.now() > until) {
        throw new Error(`${BINARY} does not serve. ${failed}\n${this.tail()}`);
      }
      await pause(100);
    }
  }

  /** Asks it to stop, and waits until it has. */
  async stop(): Promise<void> {
    const server = this.server;
    if (!server || server.exitCode !== null) return;
    const gone = exited(server);
    server.kill('SIGTERM');
    const code = await Promise.race([gone, pause(STOP_MS).then(() => 'late' as const)]);
    if (code === 0) return;
    server.kill('SIGKILL');
    throw new Error(`The server did not stop well (${String(code)}).\n${this.tail()}`);
  }

  /** Takes its life, as a power cut does. */
  async kill(): Promise<void> {
    const server = this.server;
    if (!server) return;
    const gone = exited(server);
    server.kill('SIGKILL');
    await gone;
  }

  /** Runs a command of the program on the same data. */
  run(...args: string[]): Promise<Said> {
    const options = { env: this.env, cwd: ROOT, maxBuffer: 64 << 20 };
    return new Promise((done) => {
      execFile(BINARY, [...args, '--data', this.data], options, (error, stdout, stderr) => {
        const code = error ? (typeof error.code === 'number' ? error.code : 1) : 0;
        done({ code, out: stdout + stderr });
      });
    });
  }

  /** The same, and it must succeed. */
  async mustRun(...args: string[]): Promise<string> {
    const { code, out } = await this.run(...args);
    if (code !== 0) throw new Error(`tradeplus ${args.join(' ')} failed (${code}):\n${out}`);
    return out;
  }

  /** Removes the directory that `prepare` made. */
  async remove(): Promise<void> {
    await rm(dirname(this.data), { recursive: true, force: true });
  }

  private tail(): string {
    return readFileSync(this.log, 'utf8').split('\n').slice(-30).join('\n');
  }
}

/** The end of a process: its exit code, or the signal that ended it. */
function exited(server: ChildProcess): Promise<number | string> {
  const code = server.exitCode ?? server.signalCode;
  if (code !== null) return Promise.resolve(code);
  return new Promise((done) => server.once('exit', (code, signal) => done(code ?? signal ?? 'gone')));
}

function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}

/** A port that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.on('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === 'object' ? done(address.port) : fail(new Error('no port'))));
    });
  });
}
