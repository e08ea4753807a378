import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Debian's: the full browser. The smaller headless shell keeps no pages for Back, and shows nothing of what they hold. */
const CHROMIUM = '/usr/bin/chromium';

/** In CI it must be there. */
export const hasChromium = existsSync(CHROMIUM) || process.env.CI !== undefined;

export function startChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox'],
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  });
}
