import { defineConfig } from '@playwright/test';
import { browser } from './browser';

/** What is walked on a desk and on a phone. Of what is in both, a tag says what is walked on one of them alone. */
const DESK = ['deal', 'paying', 'errors', 'ways', 'keyboard', 'security', 'attacks', 'apart', 'keys', 'staff', 'threed', 'dispute', 'payouts', 'invoice'];
const PHONE = ['deal', 'ways', 'security', 'privacy'];

/** One marketplace for all; two browsers at a time, since each waits for its pages half of the time. */
export default defineConfig({
  testDir: '.',
  outputDir: '../target/journeys/results',
  globalSetup: './setup.ts',
  workers: 2,
  retries: 0,
  forbidOnly: !!process.env.CI,
  // A whole deal on a slow machine that walks two journeys at once.
  timeout: 480_000,
  // A photo takes its time in an unoptimised build on a busy machine.
  expect: { timeout: 60_000 },
  reporter: [['list']],
  use: { ...browser, baseURL: process.env.JOURNEYS_URL },
  projects: [
    // The longest first, so that none of them is alone at the end.
    { name: 'crash', testMatch: spec('crash') },
    { name: 'without scripts', testMatch: spec('deal'), use: { viewport: { width: 1440, height: 900 }, javaScriptEnabled: false } },
    { name: 'desktop', testMatch: DESK.map(spec), grepInvert: /@phone/, use: { viewport: { width: 1440, height: 900 } } },
    { name: 'phone', testMatch: PHONE.map(spec), grepInvert: /@desk/, use: phone() },
  ],
});

function spec(name: string): string {
  return `${name}.spec.ts`;
}

function phone() {
  return { viewport: { width: 390, height: 844 }, screen: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
}
