/**
 * Somebody in front of a browser. What they do is told in their words: they know labels, headings and what is
 * written on buttons, and nothing of how a page is made.
 */
import { expect, type Locator, type Page } from '@playwright/test';
import type { Watch } from './examine';
import { PASSWORD } from './words';

interface Who {
  name: string;
  email: string;
  page: Page;
  watch: Watch;
  project: string;
}

export class Person {
  readonly name: string;
  readonly email: string;
  readonly page: Page;
  readonly watch: Watch;
  private readonly project: string;

  constructor({ name, email, page, watch, project }: Who) {
    this.name = name;
    this.email = email;
    this.page = page;
    this.watch = watch;
    this.project = project;
  }

  /** Opens an address, as from a bookmark. */
  async open(path: string): Promise<void> {
    await this.page.goto(path);
  }

  /** They are where this is the title; the page is examined. */
  async at(title: string | RegExp): Promise<void> {
    await expect(this.page.getByRole('heading', { level: 1, name: title, exact: typeof title === 'string' })).toBeVisible();
    await this.watch.examine(this.page, this.project);
  }

  /** They read this somewhere on the page. */
  async reads(text: string | RegExp): Promise<void> {
    await expect(this.page.getByText(text).filter({ visible: true }).first()).toBeVisible();
  }

  /** What the page says about what they just did. */
  async isTold(text: string | RegExp): Promise<void> {
    const messages = this.page.getByRole('status').or(this.page.getByRole('alert'));
    await expect(messages.filter({ hasText: text })).toBeVisible();
  }

  link(name: string | RegExp): Locator {
    return this.page.getByRole('link', { name, exact: typeof name === 'string' }).first();
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: typeof name === 'string' }).first();
  }

  /** Follows a link to the page it leads to. */
  async follow(name: string | RegExp): Promise<void> {
    await this.leave(() => this.link(name).click());
  }

  /** Presses a button that sends a form, and waits for the page that answers. */
  async send(name: string | RegExp): Promise<void> {
    await this.leave(() => this.button(name).click());
  }

  /** Does what leads to another page, and waits until that page is there. */
  async leave(act: () => Promise<void>): Promise<void> {
    const arrived = this.page.waitForEvent('domcontentloaded', { timeout: 45_000 });
    await Promise.all([arrived, act()]);
  }

  async fill(label: string | RegExp, text: string): Promise<void> {
    await this.page.getByLabel(label, { exact: typeof label === 'string' }).fill(text);
  }

  async pick(label: string, option: string): Promise<void> {
    await this.page.getByLabel(label, { exact: true }).selectOption({ label: option });
  }

  async choose(name: string | RegExp): Promise<void> {
    await this.page.getByRole('radio', { name }).check();
  }

  async tick(name: string | RegExp): Promise<void> {
    await this.page.getByRole('checkbox', { name }).check();
  }

  /** A field says what is wrong with it, in words that belong to it, and the list above names it too. */
  async mistakeAt(label: string | RegExp, text: string | RegExp): Promise<void> {
    const field = this.page.getByLabel(label, { exact: typeof label === 'string' });
    await expect(field).toHaveAttribute('aria-invalid', 'true');
    await expect(field).toHaveAccessibleDescription(text);
    await expect(this.page.getByRole('alert').getByRole('link', { name: text }).first()).toBeVisible();
  }

  /** Opens a mail that was written to them, by its subject. It may be on its way still. */
  async openMail(subject: string | RegExp): Promise<void> {
    const mails = this.page.getByRole('navigation', { name: 'Mails' });
    const mail = mails.getByRole('link').filter({ hasText: subject }).first();
    await expect(async () => {
      await this.open(`/dev/mailbox?to=${encodeURIComponent(this.email)}`);
      await expect(mail).toBeVisible({ timeout: 200 });
    }).toPass({ timeout: 30_000 });
    await this.at('Mailbox');
    const heading = this.page.getByRole('heading', { level: 2, name: subject });
    // The newest is open already.
    if (!(await heading.isVisible())) await this.leave(() => mail.click());
    await expect(heading).toBeVisible();
    await this.at('Mailbox');
  }

  /** From the form of registration, which is open, to being signed in. */
  async register(): Promise<void> {
    await this.at('Create an account');
    await this.fill('Name', this.name);
    await this.fill('E-mail address', this.email);
    await this.fill('Password', PASSWORD);
    await this.send('Create an account');
    await this.at('Check your mail');
    await this.openMail('Confirm your e-mail address');
    await this.follow(/\/verify\?token=/);
    await this.at('Confirm your address');
    await this.send('Confirm and sign in');
    await this.isTold(`Welcome, ${this.name}. Your address is confirmed.`);
  }

  /** On the form for it, which is open. */
  async enter(password = PASSWORD): Promise<void> {
    await this.at('Sign in');
    await this.fill('E-mail address', this.email);
    await this.fill('Password', password);
    await this.page.getByRole('main').getByRole('button', { name: 'Sign in', exact: true }).click();
  }

  async signIn(): Promise<void> {
    await this.open('/sign-in');
    await this.leave(() => this.enter());
    await this.at('Good things, second time round');
  }

  async signOut(): Promise<void> {
    await this.page.locator('summary', { hasText: 'Account' }).click();
    await this.send('Sign out');
    await this.isTold('You are signed out.');
  }

  /** Types into the search box of the page's head. */
  async search(words: string): Promise<void> {
    const box = this.page.getByRole('searchbox', { name: 'Search' }).or(this.page.getByRole('combobox', { name: 'Search' })).first();
    await box.fill(words);
    await this.leave(() => box.press('Enter'));
  }
}
