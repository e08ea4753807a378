import { z } from 'zod';
import { AlertSchema } from '../api/schema/alertSchema.ts';
import { ReceiptSchema } from '../api/schema/receiptSchema.ts';
import { referenceDates } from '../core/report/report.ts';
import { epochOf, instantOf, parseDate, parseInstant } from '../core/time/date.ts';
import { SAMPLE_ORG, VESTFOLD_OG_TELEMARK } from '../local/sample/target.ts';
import { ReportSchema } from '../reports/reportShape.ts';
import { alertLines } from '../text/alertLines.ts';
import { printTables } from '../text/tables.ts';
import { found, notFound, understand } from './answer.ts';
import { type Ask, CommandFailed, EXIT, problemText } from './ask.ts';
import type { Command } from './command.ts';
import { dryRun } from './dryRun.ts';
import { goOn, lanes } from './lanes.ts';
import { letter } from './letter.ts';
import { list } from './list.ts';
import { yearMeant } from './present.ts';
import { report } from './report.ts';
import { wheel } from './wheel.ts';
import { who } from './who.ts';
import { worklist } from './worklist.ts';

const SHOWN_ALERTS = 10;

export const COMMANDS: Readonly<Record<string, Command>> = {
  tabeller: {
    form: 'tabeller [org] [skoleår]',
    help: 'rapportene som er bygget, ved siden av de publiserte tallene',
    takes: [0, 2],
    run: tables,
  },
  rapport: report,
  klokke: {
    form: 'klokke <org> <dato eller tidspunkt>',
    help: 'still en virtuell klokke fram (en dato betyr kl. 12 den dagen)',
    takes: [2, 2],
    run: clock,
  },
  varsler: {
    form: 'varsler [org]',
    help: `de ${SHOWN_ALERTS} siste varslene, med grunn`,
    takes: [0, 1],
    run: alerts,
  },
  kvittering: {
    form: 'kvittering <org> <id>',
    help: 'hvordan det gikk med en innsending',
    takes: [2, 2],
    run: receipt,
  },
  prov: dryRun,
  hjul: wheel,
  arbeidsliste: worklist,
  brev: letter,
  partisjoner: lanes,
  videre: goOn,
  hvem: who,
  liste: list,
};

async function tables(
  ask: Ask,
  [
    org = SAMPLE_ORG,
    year = org === SAMPLE_ORG ? VESTFOLD_OG_TELEMARK.schoolYear : undefined,
  ]: readonly string[],
): Promise<string> {
  const schoolYear = await yearMeant(ask, org, year);
  const dates = referenceDates(schoolYear);
  const answers = await Promise.all(
    dates.map((date) => ask(`/organisations/${encodeURIComponent(org)}/reports/${date}`)),
  );
  const foreign = answers.find(({ status, value }) => status === 404 && !isNotBuilt(value));
  if (foreign) throw new CommandFailed(problemText(foreign.value) ?? notFound(org), EXIT.refused);
  const reports = answers.map(({ status, value }) =>
    status === 404 ? undefined : understand(ReportSchema, value),
  );
  const published =
    org === SAMPLE_ORG && schoolYear === VESTFOLD_OG_TELEMARK.schoolYear ? VESTFOLD_OG_TELEMARK : null;
  return printTables(dates, reports, published);
}

async function clock(ask: Ask, [org = '', when = '']: readonly string[]): Promise<string> {
  const date = parseDate(when);
  const now = date === undefined ? parseInstant(when) : noon(date);
  if (now === undefined) {
    throw new CommandFailed(
      `«${when}» er ikke en dato eller et tidspunkt. Skriv for eksempel 2021-06-20 eller 2021-06-20T08:00:00Z.`,
      EXIT.usage,
    );
  }
  const answer = await ask(`/organisations/${encodeURIComponent(org)}/clock`, { now });
  const stands = found(z.object({ now: z.string() }), answer, org).now;
  return `Klokken til ${org} står nå på ${osloText(stands)}.`;
}

async function alerts(ask: Ask, [org = SAMPLE_ORG]: readonly string[]): Promise<string> {
  const answer = await ask(`/organisations/${encodeURIComponent(org)}/alerts?limit=${SHOWN_ALERTS}`);
  const raised = z.object({ ref: z.string(), recorded: z.string(), alert: AlertSchema });
  return alertLines(found(z.object({ alerts: z.array(raised) }), answer, org).alerts);
}

async function receipt(ask: Ask, [org = '', id = '']: readonly string[]): Promise<string> {
  const answer = await ask(`/organisations/${encodeURIComponent(org)}/receipts/${encodeURIComponent(id)}`);
  const { feed, received, text, problems, notes } = found(ReceiptSchema, answer, org);
  const rows = [...problems, ...notes].flatMap(({ row, problems: all }) =>
    all.map(({ field, text: wrong, cure, raw }) =>
      [
        `  Rad ${row}${field === '' ? '' : `, ${field}`}${raw === undefined ? '' : ` («${raw}»)`}: ${wrong}`,
        `    Gjør dette: ${cure}`,
      ].join('\n'),
    ),
  );
  return [`Kvittering ${id}`, `Mottatt ${osloText(received)} til ${feed}.`, text, ...rows].join('\n');
}

function isNotBuilt(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    value.type === 'urn:ot-bridge:REPORT_NOT_BUILT'
  );
}

function noon(date: string): string {
  const moment = Temporal.PlainDate.from(date).toZonedDateTime({
    timeZone: 'Europe/Oslo',
    plainTime: '12:00',
  });
  return instantOf(moment.epochMilliseconds);
}

function osloText(instant: string): string {
  return new Intl.DateTimeFormat('nb', {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'Europe/Oslo',
  }).format(epochOf(instant));
}
