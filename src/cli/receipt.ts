import { z } from 'zod';
import { ReceiptListSchema } from '../api/schema/receiptListSchema.ts';
import { ReceiptSchema } from '../api/schema/receiptSchema.ts';
import { norwegianDate, norwegianDayAndTime } from '../text/norwegian.ts';
import { receiptLines } from '../text/receiptLines.ts';
import { found, told } from './answer.ts';
import { type Ask, CommandFailed, EXIT } from './ask.ts';
import type { Command } from './command.ts';
import { withoutJson } from './flags.ts';
import { USAGE } from './usage.ts';

const { form: FORM } = USAGE.kvittering;
const SHOWN_RECEIPTS = 20;
/** Runs of rows that are listed. */
const SHOWN_RUNS = 20;
const DUE = {
  contact: 'OT skal ha tatt kontakt',
  guidance: 'OT skal ha tilbudt veiledningstime',
  mend: 'radene må være rettet',
} as const;
const BYTE_ORDER_MARK = '\uFEFF';

export const receipt: Command = {
  ...USAGE.kvittering,
  run: show,
};

async function show(ask: Ask, args: readonly string[]): Promise<string> {
  const { words, json } = withoutJson(args);
  const [org = '', id, form] = words;
  if (id === undefined) {
    const list = `/organisations/${encodeURIComponent(org)}/receipts?limit=${SHOWN_RECEIPTS}`;
    return told(json, found(ReceiptListSchema, await ask(list), org), receiptLines);
  }
  if (form !== undefined && form !== 'csv')
    throw new CommandFailed(`Valget «${form}» finnes ikke. Bruk: npm run ot -- ${FORM}`, EXIT.usage);
  const path = `/organisations/${encodeURIComponent(org)}/receipts/${encodeURIComponent(id)}`;
  if (form === 'csv') {
    const table = found(z.string(), await ask(`${path}?format=csv`), org);
    return `${BYTE_ORDER_MARK}${table.trimEnd()}`;
  }
  return told(json, found(ReceiptSchema, await ask(path), org), (read) => lines(id, read));
}

function lines(id: string, read: z.infer<typeof ReceiptSchema>): string {
  const { feed, received, text, sheetRows, problems, notes, deadlines, helpline } = read;
  const inFile = sheetRows === null ? [] : [`Rad i filen: ${runsText(sheetRows)}.`];
  const word = sheetRows === null ? 'Rad' : 'Rad i filen';
  const rows = [...problems, ...notes].flatMap(({ row, problems: all }) =>
    all.map(({ field, text: wrong, cure, raw }) =>
      [
        `  ${word} ${row}${field === '' ? '' : `, ${field}`}${raw === undefined ? '' : ` («${raw}»)`}: ${wrong}`,
        `    Gjør dette: ${cure}`,
      ].join('\n'),
    ),
  );
  const head = [`Kvittering ${id}`, `Mottatt ${norwegianDayAndTime(received)} til ${feed}.`];
  const due = deadlines.map(({ kind, by, date, figures }) => {
    const about = figures === null ? '' : ` for å være med i tallene per ${norwegianDate(figures)}`;
    return `Frist ${norwegianDate(date)}: ${DUE[kind]}${about} (${by}).`;
  });
  const call = helpline === null ? [] : [`Spørsmål? Ring ${helpline.name}, ${helpline.phone}.`];
  return [...head, ...inFile, text, ...due, ...call, ...rows].join('\n');
}

function runsText(runs: readonly { from: number; to: number }[]): string {
  const shown = runs.slice(0, SHOWN_RUNS).map(({ from, to }) => (from === to ? `${from}` : `${from}–${to}`));
  return runs.length > SHOWN_RUNS ? `${shown.join(', ')} og flere` : shown.join(', ');
}
