import { setTimeout as sleep } from 'node:timers/promises';
import { SHEET_NAMES } from '../../src/core/report/sheetName.ts';
import { WORKLIST_IDS } from '../../src/core/worklist/worklistId.ts';
import type { TestBrowser } from '../harness/browser.ts';
import { dropout, followUp, type LoadRecord, ORG, PER_YOUTH } from './load.ts';

// What the pages of the console are measured on: a county's youths, each with a history of its own, and the addresses that a
// leader opens.

/** OT units. */
const UNITS = 30;
/** The dropouts come over so many days from the first. */
const [FIRST, DAYS] = ['2026-08-20', 95];

/** A dropout, and none to seven records of what OT has done since, spread over days and units. */
export function* historyOf(youth: number, number: string): Generator<LoadRecord> {
  const on = Temporal.PlainDate.from(FIRST).add({ days: (youth * 7) % DAYS });
  yield changed(dropout(youth, number), { avbruddsdato: on.toString() });
  for (let step = 1; step <= youth % PER_YOUTH; step += 1)
    yield act(youth, number, step, on.add({ days: step }));
}

/** One more record about the youth; `turn` distinguishes it from those before. */
export function oneMore(youth: number, number: string, turn: number): LoadRecord {
  return changed(followUp(youth, number, 1 + (turn % (PER_YOUTH - 1)), turn), {
    ...unitOf(youth),
    dato: Temporal.Now.plainDateISO('Europe/Oslo')
      .subtract({ days: turn % 4 })
      .toString(),
  });
}

function act(youth: number, number: string, step: number, on: Temporal.PlainDate): LoadRecord {
  return changed(followUp(youth, number, step), { ...unitOf(youth), dato: on.toString() });
}

function unitOf(youth: number) {
  const unit = `40${201 + (youth % UNITS)}`;
  return { kilde: `ot:${unit}`, enhet: unit };
}

/** A status has a unit, and no other act. */
function changed(record: LoadRecord, changes: Record<string, string>): LoadRecord {
  const value: Record<string, unknown> = JSON.parse(record.value.toString());
  for (const [name, to] of Object.entries(changes)) if (name in value) value[name] = to;
  return { ...record, value: Buffer.from(JSON.stringify(value)) };
}

/** A page, under the name its times are summed up by. */
export interface MeasuredPage {
  name: string;
  path: string;
}

const BASE = `/k/${ORG}`;

/** Every page of the console, each list in both orders, of one unit and its second page; some alerts and youths that they
 *  lead to. */
export async function pagesOf(browser: TestBrowser, url: string): Promise<MeasuredPage[]> {
  const pages: MeasuredPage[] = [
    { name: 'I dag', path: `${BASE}/` },
    { name: 'Finn', path: `${BASE}/finn` },
    { name: 'Lister og kvitteringer', path: `${BASE}/lister` },
    { name: 'Arbeidslistene', path: `${BASE}/arbeidsliste` },
  ];
  for (const id of WORKLIST_IDS) {
    const path = `${BASE}/arbeidsliste/${id}`;
    pages.push(
      { name: 'Arbeidsliste', path },
      { name: 'Arbeidsliste etter frist', path: `${path}?orden=frist` },
      { name: 'Arbeidsliste for en enhet', path: `${path}?enhet=40205` },
      { name: 'API, side av arbeidsliste', path: `/organisations/${ORG}/worklists/${id}?limit=50` },
    );
    const { text } = await browser.go(url + path);
    const next = /<a href="([^"]+)">Neste side/.exec(text)?.[1]?.replaceAll('&amp;', '&');
    if (next !== undefined) pages.push({ name: 'Arbeidsliste, neste side', path: next });
    for (const [, to = ''] of [...text.matchAll(/<th scope="row"><a href="([^"]+)"/g)].slice(0, 3)) {
      pages.push({
        name: to.includes('/varsel/') ? 'Varsel' : 'Ungdom',
        path: new URL(to, url + path).pathname,
      });
    }
  }
  return [...pages, ...(await reportPages(browser, url))];
}

/** Every report of today, whole and without small figures, when all have been counted. */
async function reportPages(browser: TestBrowser, url: string): Promise<MeasuredPage[]> {
  const pages = SHEET_NAMES.flatMap((name) => [
    { name: `Rapport ${name}`, path: `${BASE}/rapporter/${name}` },
    { name: 'Rapport uten små tall', path: `${BASE}/rapporter/${name}?for=ekstern` },
  ]);
  for (const { path } of pages) {
    // While it is made the page renews itself.
    while ((await browser.go(url + path)).text.includes('http-equiv="refresh"')) await sleep(500);
  }
  return [{ name: 'Rapporter', path: `${BASE}/rapporter` }, ...pages];
}
