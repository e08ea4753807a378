import { SHEETS } from '../core/report/sheetName.ts';
import { parseDate } from '../core/time/date.ts';
import { sheetCsv } from '../reports/sheetCsv.ts';
import { type SheetDocument, SheetSchema } from '../reports/sheetShape.ts';
import { sheetText } from '../text/sheetText.ts';
import { found, told } from './answer.ts';
import { type Ask, CommandFailed, EXIT } from './ask.ts';
import type { Command } from './command.ts';
import { withoutJson } from './flags.ts';
import { presentOf } from './present.ts';
import { USAGE } from './usage.ts';

const CHOICES = 'Valg: ekstern (små tall skjult), uke (tidsserie), fylke=38, csv eller csv=<tabell>.';

export const report: Command = {
  ...USAGE.rapport,
  run: show,
};

async function show(ask: Ask, args: readonly string[]): Promise<string> {
  const { words, json } = withoutJson(args);
  const [org = '', navn = '', ...given] = words;
  const name = SHEETS.find((each) => each.navn === navn)?.name;
  if (name === undefined)
    throw new CommandFailed(`Rapporten «${navn}» finnes ikke.\n\n${listed()}`, EXIT.usage);
  const dato = given[0] !== undefined && /^\d/.test(given[0]) ? given[0] : undefined;
  const wishes = dato === undefined ? given : given.slice(1);
  const date = dato === undefined ? (await presentOf(ask, org)).today : parseDate(dato);
  if (date === undefined)
    throw new CommandFailed(`«${dato}» er ikke en dato. Skriv for eksempel 2021-06-15.`, EXIT.usage);
  const { query, csv } = chosen(wishes);
  const choices = query.size === 0 ? '' : `?${query}`;
  const path = `/organisations/${encodeURIComponent(org)}/reports/${date}/${name}${choices}`;
  const sheet = found(SheetSchema, await ask(path), org);
  return csv === null || json ? told(json, sheet, sheetText) : spreadsheet(sheet, csv);
}

/** @returns `csv`: the table wanted as CSV, '' the first; null for text */
function chosen(wishes: readonly string[]): { query: URLSearchParams; csv: string | null } {
  const query = new URLSearchParams();
  let csv: string | null = null;
  for (const wish of wishes) {
    const [word = '', value = ''] = wish.split('=');
    if (wish === 'ekstern') query.set('audience', 'ekstern');
    else if (wish === 'uke') query.set('step', 'uke');
    else if (word === 'fylke' && /^\d{2}$/.test(value)) query.set('county', value);
    else if (word === 'csv') csv = value;
    else throw new CommandFailed(`Valget «${wish}» finnes ikke.\n\n${CHOICES}`, EXIT.usage);
  }
  return { query, csv };
}

function spreadsheet(sheet: SheetDocument, name: string): string {
  const table = name === '' ? sheet.tables[0] : sheet.tables.find((each) => each.name === name);
  if (table !== undefined) return sheetCsv(sheet, table).trimEnd();
  const names = sheet.tables.map((each) => each.name).join(', ');
  throw new CommandFailed(`Rapporten har ingen tabell «${name}». Velg en av: ${names}.`, EXIT.usage);
}

function listed(): string {
  const width = Math.max(...SHEETS.map(({ navn }) => navn.length));
  const lines = SHEETS.map(({ navn, tells }) => `  ${navn.padEnd(width)}  ${tells}`);
  return ['Rapporter:', ...lines, '', CHOICES].join('\n');
}
