import type { Bridge } from '../bridge/bridge.ts';
import { Fodselsnummer } from '../core/person/fodselsnummer.ts';
import { defaultPolicy } from '../core/policy.ts';
import type { IsoDate } from '../core/time/date.ts';
import { osloDate } from '../core/time/oslo.ts';
import { manifests } from '../desk/nav/batches.ts';
import { ReportSchema } from '../reports/reportShape.ts';
import { buildSnapshot } from '../reports/snapshot.ts';
import { alertLines, type ShownAlert } from '../text/alertLines.ts';
import { navMonthLines } from '../text/navLines.ts';
import { norwegianDate } from '../text/norwegian.ts';
import { printTables } from '../text/tables.ts';
import { referencesOf } from '../wire/recordKeys.ts';
import { firstAlert } from './firstAlert.ts';
import { COUNTY, sampleExchange } from './navExchange.ts';
import { SAMPLE_END } from './sample/calendar.ts';
import { playSample } from './sample/player.ts';
import { createProgressPrinter } from './sample/progressBar.ts';
import { SAMPLE_ORG, VESTFOLD_OG_TELEMARK } from './sample/target.ts';

const FAR = '9999-12-31T23:59:59.999Z';
const SHOWN_ALERTS = 3;

export interface Screen {
  write(text: string): void;
  terminal: boolean;
  colour: boolean;
}

/** Plays the sample county on an empty embedded store, or the rest of it, and prints the result. */
export async function showSample(bridge: Bridge, screen: Screen, elapsed: () => string): Promise<void> {
  const { queries, operations, publisher, store, vault } = bridge;
  const { county } = VESTFOLD_OG_TELEMARK;
  const policy = defaultPolicy(county);
  const bar = createProgressPrinter(screen);
  screen.write(
    'Eksempelfylket (Vestfold og Telemark 2020–21, bare syntetiske personer) spilles gjennom Kafka:\n',
  );
  const off = new AbortController();
  const first = (await newestAlerts(bridge, 1)).length > 0 ? undefined : announceFirst();
  async function announceFirst() {
    const told = await firstAlert(() => newestAlerts(bridge, 1), off.signal);
    if (told === undefined) return;
    bar.end();
    screen.write(`  Første varsel etter ${elapsed()}:\n${told.replaceAll(/^/gm, '    ')}\n`);
  }
  const result = await playSample({
    org: SAMPLE_ORG,
    publisher,
    operations,
    resolveKeys: (numbers) =>
      referencesOf(
        { store, vault },
        numbers.map((number) => new Fodselsnummer(number)),
      ),
    hasRecords: () => queries.hasRecords(SAMPLE_ORG, FAR),
    moveClock: (to) => bridge.moveClock(SAMPLE_ORG, to),
    awaitIdle: () => bridge.awaitIdle(SAMPLE_ORG),
    buildSnapshot: (referenceDate) =>
      buildSnapshot({ queries, operations, org: SAMPLE_ORG, county, referenceDate, policy }),
    nav: sampleExchange(bridge),
    onProgress: (progress) => bar.show(progress),
  });
  off.abort();
  await first;
  bar.end();
  if (result === 'already-played') {
    const now = (await operations.virtualNow(SAMPLE_ORG)) ?? SAMPLE_END;
    screen.write(`  er spilt fra før; klokken står ${norwegianDate(osloDate(now))}.\n`);
  }
  if (result === 'occupied') screen.write('  utelatt: organisasjonen har egne data.\n');
  screen.write(`\n${await tables(bridge)}\n\n${await navMonths(bridge)}${await lastAlerts(bridge)}\n`);
}

async function tables({ operations }: Bridge): Promise<string> {
  const dates: readonly IsoDate[] = VESTFOLD_OG_TELEMARK.referenceDates;
  const reports = await Promise.all(
    dates.map(async (date) => {
      const saved = await operations.snapshot(SAMPLE_ORG, date);
      return saved && ReportSchema.parse(JSON.parse(saved.content.toString()));
    }),
  );
  return printTables(dates, reports, VESTFOLD_OG_TELEMARK);
}

/** Oldest first, as a year is read; empty when none was asked for. */
async function navMonths({ nav }: Bridge): Promise<string> {
  const lists = (await manifests(nav, COUNTY)).toReversed();
  if (lists.length === 0) return '';
  return `Spurt NAV:\n${lists.map(navMonthLines).join('\n')}\n\n`;
}

async function lastAlerts(bridge: Bridge): Promise<string> {
  if (bridge.url === null) return '';
  return `De siste varslene:\n${alertLines(await newestAlerts(bridge, SHOWN_ALERTS))}`;
}

/** Empty when the bridge does not serve HTTP. */
async function newestAlerts({ url }: Bridge, limit: number): Promise<readonly ShownAlert[]> {
  if (url === null) return [];
  const response = await fetch(`${url}/organisations/${SAMPLE_ORG}/alerts?limit=${limit}`);
  const { alerts } = (await response.json()) as { alerts: ShownAlert[] };
  return alerts;
}
