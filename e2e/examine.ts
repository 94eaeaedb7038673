/**
 * What every page must be, whoever comes to it and however: without accessibility faults, without errors in the
 * console, without anything from elsewhere, and no wider than the narrowest phone.
 *
 * Each state of a page is examined once in each project. A page that a journey passed without examining it is
 * a fault of the journey: see `Watch.passed`.
 */
import AxeBuilder from '@axe-core/playwright';
import { type Browser, type BrowserContext, expect, type Page } from '@playwright/test';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** CSS pixels: 1280 at a zoom of 400 % (WCAG 2.2, 1.4.10 Reflow). */
const NARROWEST = 320;
const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** States that were examined, with the project's name in front. Of one worker; each keeps its own. */
const examined = new Set<string>();

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

  constructor(
    context: BrowserContext,
    private readonly origin: string,
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
      if (!/^(data|blob|about):/.test(url) && new URL(url).origin !== origin) this.problems.push(`elsewhere: ${url}`);
    });
    context.on('response', (response) => {
      const request = response.request();
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

  /** Examines the page as it is now, unless this state of it was examined before. */
  async examine(page: Page, project: string): Promise<void> {
    this.looked.add(kind(page.url()));
    const state = `${project} ${await stateOf(page)}`;
    if (examined.has(state)) return;
    examined.add(state);
    const scripts = await runsScripts(page);
    const subject = scripts ? page : await copy(page, this.origin);
    const { violations } = await new AxeBuilder({ page: subject }).withTags(RULES).analyze();
    const wide = await tooWide(subject);
    if (!scripts) await subject.context().close();
    expect.soft(violations.flatMap(told), `accessibility of ${state}`).toEqual([]);
    expect.soft(wide, `what is wider than ${NARROWEST} pixels on ${state}`).toEqual([]);
  }
}

/** Tells the states of a page apart: language, colours, mistakes, and the headings that are not members' words. */
function stateOf(page: Page): Promise<string> {
  const path = kind(page.url());
  return page.evaluate((path) => {
    const html = document.documentElement;
    const headings = [...document.querySelectorAll('main h2')].filter((h) => !h.closest('li, .cart-seller, .mail'));
    const words = headings.map((h) => h.textContent?.trim());
    const wrong = document.querySelector('main .summary') ? 'with mistakes' : '';
    const flash = document.querySelector('.flashes')?.childElementCount ? 'with a message' : '';
    return [path, html.lang, html.dataset.theme, wrong, flash, ...words].filter(Boolean).join(' | ');
  }, path);
}

/** One line for each element that breaks a rule. */
function told(violation: { id: string; help: string; nodes: { target: unknown; failureSummary?: string }[] }): string[] {
  return violation.nodes.map((node) => {
    const why = node.failureSummary?.split('\n').slice(1).join(' ').trim() ?? '';
    return `${violation.id} (${violation.help}): ${JSON.stringify(node.target)} ${why}`;
  });
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

function runsScripts(page: Page): Promise<boolean> {
  // `@media (scripting: none)` is what the page itself goes by.
  return page.evaluate(() => matchMedia('(scripting: enabled)').matches);
}

/**
 * The examiner is a script itself. Where scripts are switched off it looks at a copy: the same markup and style
 * in a browser that runs scripts, of which the page gets none.
 */
async function copy(page: Page, origin: string): Promise<Page> {
  const browser = page.context().browser() as Browser;
  const context = await browser.newContext({
    javaScriptEnabled: true,
    viewport: page.viewportSize(),
    storageState: await page.context().storageState(),
  });
  const [url, body] = [page.url(), await page.content()];
  await context.route(`${origin}/**`, (route) => {
    const type = route.request().resourceType();
    if (type === 'document') return route.fulfill({ body, contentType: 'text/html; charset=utf-8' });
    return type === 'script' ? route.fulfill({ body: '', contentType: 'text/javascript' }) : route.continue();
  });
  const twin = await context.newPage();
  await twin.goto(url);
  return twin;
}
