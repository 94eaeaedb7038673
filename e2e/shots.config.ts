import { defineConfig } from '@playwright/test';
import { browser } from './browser';

/**
 * Pictures of the demo marketplace, to be looked at by people; not part of the checks. By hand:
 *
 *   SHOTS=target/shots npx playwright test --config e2e/shots.config.ts
 */
const SIZES = { phone: { width: 390, height: 844 }, desk: { width: 1440, height: 900 } };
const COLOURS = ['light', 'dark'] as const;

export default defineConfig({
  testDir: '.',
  testMatch: 'screenshots.ts',
  outputDir: '../target/journeys/shots-results',
  globalSetup: './shots.setup.ts',
  workers: 1,
  timeout: 300_000,
  reporter: [['list']],
  use: { ...browser, baseURL: process.env.JOURNEYS_URL },
  projects: Object.entries(SIZES).flatMap(([size, viewport]) =>
    COLOURS.map((colorScheme) => ({
      name: `${size}-${colorScheme}`,
      use: { viewport, colorScheme, isMobile: size === 'phone', hasTouch: size === 'phone' },
    })),
  ),
});
