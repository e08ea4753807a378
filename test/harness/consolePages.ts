import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Language } from '../../src/core/language.ts';

// Pages of the console in a real browser: what is true of every page, whatever it shows.

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = {
  type: 'tag',
  values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
};
/** What a theme can break. */
const COLOURS = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };

/** One page in one state. */
export interface ConsolePage {
  name: string;
  /** Leads the browser there, from wherever it is: by an address, or by filling in what comes before. */
  open(page: Page): Promise<unknown>;
}

export interface ConsoleVisitor {
  /** Address of the server. */
  url: string;
  org: string;
  /** Beginning of the name of the button of the local login, e.g. `Solveig`. */
  persona: string;
}

interface Look {
  language?: Language;
  colorScheme?: 'light' | 'dark';
  javaScriptEnabled?: boolean;
  width?: number;
}

/** A browser of its own, with one person logged in at the first page. */
export async function visit(
  browser: Browser,
  { url, org, persona }: ConsoleVisitor,
  { language = 'nb', colorScheme = 'light', javaScriptEnabled = true, width = 1280 }: Look = {},
): Promise<{ context: BrowserContext; page: Page; complaints: string[] }> {
  const context = await browser.newContext({
    locale: 'nb-NO',
    colorScheme,
    javaScriptEnabled,
    viewport: { width, height: 900 },
    // Without it a page is still scrolling when focus is looked for.
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  // A page that refuses what was filled in is answered with 422, which the browser notes.
  page.on('console', (message) => {
    if (!/\b(401|403|404|409|413|422)\b/.test(message.text())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${url}/k/${org}/`);
  await page
    .getByRole('region', { name: org })
    .getByRole('button', { name: new RegExp(`^${persona} `) })
    .click();
  await page.waitForURL(`${url}/k/${org}/`);
  if (language === 'nn') {
    await page.getByRole('button', { name: 'Nynorsk' }).click();
    await page.getByRole('button', { name: 'Bokmål' }).waitFor();
  }
  return { context, page, complaints };
}

/** What is wrong with the pages, one line each: in both languages and themes, at 320 px, by keyboard, without a script, and
 *  texts that must not be found in addresses, titles or what the browser keeps.
 *  @param secrets numbers, names, file names that the pages are about */
export async function examine(
  browser: Browser,
  visitor: ConsoleVisitor,
  pages: readonly ConsolePage[],
  secrets: readonly string[] = [],
): Promise<string[]> {
  const faults: string[] = [];
  const languages: readonly Language[] = ['nb', 'nn'];
  for (const language of languages) {
    const { context, page, complaints } = await visit(browser, visitor, { language });
    const leaks = listen(page, secrets);
    for (const { name, open } of pages) {
      const note = (found: readonly string[], theme = 'light') =>
        faults.push(...found.map((each) => `${name} (${language}, ${theme}): ${each}`));
      await open(page);
      note(await violations(page));
      // The same page: a theme is colours, and the style sheet alone knows it.
      await page.emulateMedia({ colorScheme: 'dark' });
      note(await found(page, COLOURS), 'dark');
      await page.emulateMedia({ colorScheme: 'light' });
      note(await languageFaults(page, language));
      await page.setViewportSize({ width: 320, height: 900 });
      const width = Number(await page.evaluate('document.documentElement.scrollWidth'));
      if (width > 320) note([`${width} px wide in a window of 320`]);
      await page.setViewportSize({ width: 1280, height: 900 });
      // The languages differ in words: the order of the controls is one.
      if (language === 'nb') note(await keyboardFaults(page));
      note(await leaks.found(page));
    }
    faults.push(...complaints);
    await context.close();
  }
  faults.push(...(await withoutScript(browser, visitor, pages)));
  return faults;
}

async function withoutScript(
  browser: Browser,
  visitor: ConsoleVisitor,
  pages: readonly ConsolePage[],
): Promise<string[]> {
  const { context, page } = await visit(browser, visitor, { javaScriptEnabled: false });
  const faults: string[] = [];
  for (const { name, open } of pages) {
    await open(page);
    const headings = await page.locator('h1').count();
    if (headings !== 1) faults.push(`${name} without a script: ${headings} headings of the page`);
    const inline = await page.locator('[onclick], [style], script:not([src])').count();
    if (inline > 0) faults.push(`${name}: ${inline} elements with inline script or style`);
  }
  await context.close();
  return faults;
}

/** By axe; evaluated past the page's policy. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  return found(page, RULES);
}

/** @param rules of axe, which is in the page */
async function found(page: Page, rules: object): Promise<string[]> {
  const all: { id: string; nodes: { target: string[]; failureSummary?: string }[] }[] = await page.evaluate(
    `axe.run(document, ${JSON.stringify({ runOnly: rules, resultTypes: ['violations'] })}).then(({ violations }) => violations)`,
  );
  return all.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary = '' }) => `axe ${id} at ${target.join(' ')}: ${failureSummary}`),
  );
}

async function languageFaults(page: Page, language: Language): Promise<string[]> {
  const lang = await page.locator('html').getAttribute('lang');
  return lang === language ? [] : [`the page says that its language is ${lang}`];
}

/** Every control is reached by Tab, in the order of the page, and is seen to have focus. */
async function keyboardFaults(page: Page): Promise<string[]> {
  const walk = `(() => {
    const all = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
      .filter((each) => !each.disabled && each.checkVisibility());
    const seen = new Set();
    return all.filter((each) => {
      if (each.type !== 'radio') return true;
      const first = !seen.has(each.name);
      seen.add(each.name);
      return first;
    }).length;
  })()`;
  const wanted = Number(await page.evaluate(walk));
  await page.evaluate(
    `(() => { document.activeElement?.blur(); const top = document.querySelector('.skip'); top.focus(); })()`,
  );
  const describe = `(() => {
    const at = document.activeElement;
    const style = getComputedStyle(at);
    const box = at.getBoundingClientRect();
    return {
      name: at.outerHTML.slice(0, 80),
      body: at === document.body,
      skip: at.classList.contains('skip'),
      outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0,
      inside: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
    };
  })()`;
  interface Focused {
    name: string;
    body: boolean;
    skip: boolean;
    outlined: boolean;
    inside: boolean;
  }
  const faults: string[] = [];
  let reached = 1;
  for (let steps = 0; steps < wanted + 5; steps += 1) {
    await page.keyboard.press('Tab');
    const focused: Focused = await page.evaluate(describe);
    if (focused.body || focused.skip) break;
    reached += 1;
    if (!focused.outlined) faults.push(`focus is not seen at ${focused.name}`);
    if (!focused.inside) faults.push(`focus is out of sight at ${focused.name}`);
  }
  if (reached !== wanted) faults.push(`${reached} of ${wanted} controls are reached by keyboard`);
  return faults;
}

/** Addresses that the browser asks for, and what it keeps. */
export function listen(page: Page, secrets: readonly string[]) {
  const asked = new Set<string>();
  page.on('request', (request) => asked.add(decodeURIComponent(request.url())));
  return {
    async found(at: Page): Promise<string[]> {
      const kept: string = await at.evaluate(
        `JSON.stringify([document.title, location.href, document.referrer, history.state,
          { ...localStorage }, { ...sessionStorage }, window.name])`,
      );
      const cookies = JSON.stringify(await at.context().cookies());
      const places = { address: [...asked].join('\n'), 'title, storage or history': kept, cookies };
      return Object.entries(places).flatMap(([place, text]) =>
        secrets.flatMap((secret, at) =>
          text.includes(secret) ? [`secret ${at + 1} is in the ${place}`] : [],
        ),
      );
    },
  };
}
