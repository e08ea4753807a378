import { z } from 'zod';
import { ReceiptSchema } from '../api/schema/receiptSchema.ts';
import { norwegianDayAndTime } from '../text/norwegian.ts';
import { found } from './answer.ts';
import { type Ask, CommandFailed, EXIT } from './ask.ts';
import type { Command } from './command.ts';

const FORM = 'kvittering <org> <id> [csv]';
/** Runs of rows that are listed. */
const SHOWN_RUNS = 20;
const BYTE_ORDER_MARK = '\uFEFF';

export const receipt: Command = {
  form: FORM,
  help: 'hvordan det gikk med en innsending; csv: hver rad og hva som ble av den',
  takes: [2, 3],
  run: show,
};

async function show(ask: Ask, [org = '', id = '', form]: readonly string[]): Promise<string> {
  if (form !== undefined && form !== 'csv')
    throw new CommandFailed(`Valget «${form}» finnes ikke. Bruk: npm run ot -- ${FORM}`, EXIT.usage);
  const path = `/organisations/${encodeURIComponent(org)}/receipts/${encodeURIComponent(id)}`;
  if (form === 'csv') {
    const table = found(z.string(), await ask(`${path}?format=csv`), org);
    return `${BYTE_ORDER_MARK}${table.trimEnd()}`;
  }
  const { feed, received, text, sheetRows, problems, notes } = found(ReceiptSchema, await ask(path), org);
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
  return [...head, ...inFile, text, ...rows].join('\n');
}

function runsText(runs: readonly { from: number; to: number }[]): string {
  const shown = runs.slice(0, SHOWN_RUNS).map(({ from, to }) => (from === to ? `${from}` : `${from}–${to}`));
  return runs.length > SHOWN_RUNS ? `${shown.join(', ')} og flere` : shown.join(', ');
}
