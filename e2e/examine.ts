/**
 * What every page must be, whoever comes to it and however: without accessibility faults, without errors in the
 * console, without anything from elsewhere, and no wider than the narrowest phone.
 *
 * Each state of a page is examined once in each project, by whichever worker comes to it first. A page that a
 * journey passed without examining it is a fault of the journey: see `Watch.passed`.
 */
import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContext, expect, type Page } from '@playwright/test';

declare global {
  interface Window {
    axe: typeof import('axe-core');
  }
}

/** The examiner, as small as it comes: it is put into every page that is examined. */
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** CSS pixels: 1280 at a zoom of 400 % (WCAG 2.2, 1.4.10 Reflow). */
const NARROWEST = 320;
const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** The path without what differs between two pages of the same kind. */
export function kind(url: string): string {
  return new URL(url).pathname
    .replace(/\/listings\/.*/, '/listings/*')
    .replace(/\/members\/.*/, '/members/*')
    .replace(UUID, '*');
}

/** Looks after one browser context: everything that went wrong in it, and where it has been. */
export class Watch {
  readonly problems: string[] = [];
  private readonly seen = new Set<string>();
  private readonly looked = new Set<string>();
  private twin?: Twin;

  constructor(
    context: BrowserContext,
    private readonly origin: string,
    /** Other addresses that pages may turn to: a provider's. What those answer is between them and their own scripts. */
    friends: readonly string[] = [],
  ) {
    context.on('console', (message) => {
      const text = message.text();
      // What did not load is judged by its answer, below.
      if (text.startsWith('Failed to load resource')) return;
      const bad = message.type() === 'error' || /content security policy|trusted ?types?/i.test(text);
      if (bad) this.problems.push(`console: ${text} (${message.location().url})`);
    });
    context.on('weberror', (error) => {
      const { name, message, stack } = error.error();
      // The browser drops a transition between two pages when it likes; the page is shown all the same.
      if (!/^Transition was (aborted|skipped)/.test(message)) this.problems.push(`script: ${name} ${message} ${stack ?? ''}`);
    });
    context.on('request', (request) => {
      const url = request.url();
      const isKnown = /^(data|blob|about):/.test(url) || [origin, ...friends].includes(new URL(url).origin);
      if (!isKnown) this.problems.push(`elsewhere: ${url}`);
    });
    context.on('response', (response) => {
      const request = response.request();
      if (friends.includes(new URL(response.url()).origin)) return;
      const status = response.status();
      // A page may say no. Scripts may send a form that has mistakes: 422 is how they learn it.
      const fine = status < 400 || (status < 500 && request.isNavigationRequest()) || status === 422;
      if (!fine) this.problems.push(`${status}: ${request.method()} ${response.url()}`);
    });
    context.on('page', (page) => this.follow(page));
  }

  private follow(page: Page): void {
    page.on('framenavigated', (frame) => {
      if (frame === page.mainFrame() && frame.url().startsWith(this.origin)) this.seen.add(kind(frame.url()));
    });
  }

  /** Kinds of pages that were shown and never examined. */
  passed(): string[] {
    return [...this.seen].filter((page) => !this.looked.has(page));
  }

  /** Examines the page as it is now, unless everything on it was examined before. */
  async examine(page: Page, project: string): Promise<void> {
    this.looked.add(kind(page.url()));
    const { states, scripts } = await statesOf(page);
    // All of them are claimed, also when the first is new already.
    const fresh = states.filter((state) => isFirst(`${project} ${state}`));
    if (fresh.length === 0) return;
    const subject = scripts ? page : await (this.twin ??= new Twin(page, this.origin)).of(page);
    const faults = await faultsOf(subject);
    const wide = await tooWide(subject);
    expect.soft(faults, `accessibility of ${project} ${states.join(', ')}`).toEqual([]);
    expect.soft(wide, `what is wider than ${NARROWEST} pixels on ${project} ${states.join(', ')}`).toEqual([]);
  }

  /** When nobody looks any more. */
  async close(): Promise<void> {
    await this.twin?.close();
  }
}

/**
 * What there is to examine. A page: told apart by language, colours, mistakes, and the headings that are not members'
 * words. What stands around any page in the same way counts for itself: messages, and the bar of who looks as a member.
 * A refusal is the same wherever it is met.
 */
function statesOf(page: Page): Promise<{ states: string[]; scripts: boolean }> {
  const path = kind(page.url());
  return page.evaluate((path) => {
    const html = document.documentElement;
    const has = (what: string) => document.querySelector(what) !== null;
    const textOf = (element: Element | null) => element?.textContent?.trim() ?? '';
    // `@media (scripting: none)` is what the page itself goes by.
    const scripts = matchMedia('(scripting: enabled)').matches;
    const look = [html.lang, html.dataset.theme, scripts ? '' : 'without scripts'];
    const isSomebodys = path.includes('*') || path === '/search';
    const title = isSomebodys ? '' : textOf(document.querySelector('h1'));
    const headings = [...document.querySelectorAll('main h2')].filter((h) => !h.closest('li, .cart-seller, .mail'));
    const wrong = has('main .summary') ? 'with mistakes' : '';
    const puzzle = has('proof-of-work') ? 'with a puzzle' : '';
    const refusal = ['refusal', textOf(document.querySelector('h1'))];
    const itself = has('main .oops') ? refusal : [path, title, wrong, puzzle, ...headings.map(textOf)];
    const undo = (message: Element) => (message.querySelector('form') ? 'with a way back' : '');
    const messages = [...document.querySelectorAll('.flashes > *')].map((message) => ['message', message.className, undo(message)]);
    const around = has('.looking') ? [...messages, ['looking as a member']] : messages;
    const states = [itself, ...around].map((parts) => [...parts, ...look].filter(Boolean).join(' | '));
    return { states, scripts };
  }, path);
}

/** Whether nobody has come to this state before, in any worker. From now on somebody has. */
function isFirst(state: string): boolean {
  const name = createHash('sha256').update(state).digest('hex');
  try {
    closeSync(openSync(join(String(process.env.JOURNEYS_EXAMINED), name), 'wx'));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** One line for each element that breaks a rule. Nothing is asked about what is fine: telling it takes most of the time. */
export async function faultsOf(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate(async (values) => {
    const { violations } = await window.axe.run(document, { runOnly: { type: 'tag', values }, resultTypes: ['violations'] });
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, failureSummary }) => {
        const why = failureSummary?.split('\n').slice(1).join(' ').trim() ?? '';
        return `${id} (${help}): ${JSON.stringify(target)} ${why}`;
      }),
    );
  }, RULES);
}

/** What sticks out at the narrowest width; nothing when the page does not scroll sideways. */
async function tooWide(page: Page): Promise<string[]> {
  const size = page.viewportSize();
  await page.setViewportSize({ width: NARROWEST, height: 800 });
  const wide = await page.evaluate((width) => {
    if (document.documentElement.scrollWidth <= width) return [];
    const out = [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > width + 1);
    return [`${document.documentElement.scrollWidth} pixels`, ...out.slice(0, 8).map((e) => `${e.localName}.${e.className}`)];
  }, NARROWEST);
  if (size) await page.setViewportSize(size);
  return wide;
}

/**
 * The examiner is a script itself. Where scripts are switched off it looks at a copy: the same markup and style
 * in a browser that runs scripts, of which the page gets none. One for each person, for opening it takes long.
 */
class Twin {
  private markup = '';
  private opened?: Promise<Page>;

  constructor(
    private readonly original: Page,
    private readonly origin: string,
  ) {}

  /** The copy of a page as it is now, with the same cookies. */
  async of(page: Page): Promise<Page> {
    const twin = await (this.opened ??= this.open());
    this.markup = await page.content();
    await twin.context().clearCookies();
    await twin.context().addCookies(await page.context().cookies());
    await twin.goto(page.url());
    return twin;
  }

  async close(): Promise<void> {
    await (await this.opened)?.context().close();
  }

  private async open(): Promise<Page> {
    const browser = this.original.context().browser() as Browser;
    const context = await browser.newContext({ javaScriptEnabled: true, viewport: this.original.viewportSize() });
    await context.route(`${this.origin}/**`, (route) => {
      const type = route.request().resourceType();
      if (type === 'document') return route.fulfill({ body: this.markup, contentType: 'text/html; charset=utf-8' });
      return type === 'script' ? route.fulfill({ body: '', contentType: 'text/javascript' }) : route.continue();
    });
    return context.newPage();
  }
}
