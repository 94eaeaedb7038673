/** The browser of all journeys: the machine's own Chromium, quiet, and without a way out of the machine. */
import type { PlaywrightTestOptions, PlaywrightWorkerOptions } from '@playwright/test';

const ARGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const browser = {
  browserName: 'chromium',
  locale: 'en-GB',
  timezoneId: 'Europe/Paris',
  colorScheme: 'light',
  // Nothing is judged half-way through a movement.
  contextOptions: { reducedMotion: 'reduce' },
  actionTimeout: 20_000,
  navigationTimeout: 45_000,
  screenshot: 'only-on-failure',
  launchOptions: { executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ARGS },
} satisfies Partial<PlaywrightTestOptions & PlaywrightWorkerOptions & { screenshot: 'only-on-failure' }>;
