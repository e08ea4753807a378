import type { CountyNumber } from '../organisation.ts';
import { gradeAt } from '../protection/grade.ts';
import { navNeedsConsent } from '../rules/consent.ts';
import type { IsoDate } from '../time/date.ts';
import type { SchoolYear } from '../time/schoolYear.ts';
import type { Youth } from '../youth/youth.ts';
import type { Alert, AlertKind } from '../youth/youthEvent.ts';

// What is reported to VIGO's register. VIGO has no public interface to write to: this is a file of our own form, which the
// register's owner reads in, and a receipt in return. Which field of VIGO each column is: docs/integration.md.

export const VIGO_VERSION = 'no.otbridge.vigo-ot.v1';
export const VIGO_RECEIPT_VERSION = 'no.otbridge.vigo-ot-kvittering.v1';

export const VIGO_COLUMNS = [
  'versjon',
  'fil',
  'rad',
  'fodselsnummer',
  'skolear',
  'aktivitetskode',
  'dato',
  'tilmeldingskode',
  'tilknytningnr',
  'varsel',
] as const;

/** What a row reports about a youth. */
export interface VigoContent {
  skolear: SchoolYear;
  aktivitetskode: string;
  dato: IsoDate;
  tilmeldingskode: string | null;
  tilknytningnr: string;
  /** Newest open alert of the registration; only where asked for. */
  varsel: AlertKind | null;
}

/** One row, its number in the file counted from 1. */
export interface VigoRow extends VigoContent {
  rad: number;
}

/** Shared with OT alone. Each feed of NAV's is named so. */
function isOfNav({ kind, feed }: Alert): boolean {
  return kind === navNeedsConsent.leadsTo.alert || feed.startsWith('nav-');
}

/** Of the newest school year in the county. Null without one, and while the address is graded. */
export function vigoContent(
  { registrations, alerts, facts, asOf, mergedInto }: Youth,
  { county, from, withAlerts }: { county: CountyNumber; from: SchoolYear; withAlerts: boolean },
): VigoContent | null {
  if (mergedInto !== null || asOf === null || gradeAt(facts, asOf) !== 'UGRADERT') return null;
  const newest = registrations.findLast((each) => each.county === county && each.schoolYear >= from);
  if (newest === undefined) return null;
  const open = alerts.filter(
    (alert) => alert.category === 'alert' && alert.schoolYear === newest.schoolYear && !isOfNav(alert),
  );
  return {
    skolear: newest.schoolYear,
    aktivitetskode: newest.status.code,
    dato: newest.status.effective,
    tilmeldingskode: newest.tilmeldingskode,
    tilknytningnr: newest.owner,
    varsel: withAlerts ? (open.sort((a, b) => (a.effective < b.effective ? 1 : -1))[0]?.kind ?? null) : null,
  };
}

/** A row as it is handed out. */
export interface VigoNumberedRow extends VigoRow {
  fodselsnummer: string;
}

/** Both forms have the same columns with the same values: this is the mapping. */
function fieldsOf(file: string, row: VigoNumberedRow) {
  return {
    versjon: VIGO_VERSION,
    fil: file,
    rad: row.rad,
    fodselsnummer: row.fodselsnummer,
    skolear: row.skolear,
    aktivitetskode: row.aktivitetskode,
    dato: row.dato,
    tilmeldingskode: row.tilmeldingskode,
    tilknytningnr: row.tilknytningnr,
    varsel: row.varsel,
  } satisfies Record<(typeof VIGO_COLUMNS)[number], string | number | null>;
}

/** The file as text: UTF-8, `;`, one head line, lines end in CRLF; what is absent is empty. */
export function vigoCsv(file: string, rows: readonly VigoNumberedRow[]): string {
  const lines = rows.map((row) => {
    const fields = fieldsOf(file, row);
    return VIGO_COLUMNS.map((column) => fields[column] ?? '').join(';');
  });
  return [VIGO_COLUMNS.join(';'), ...lines, ''].join('\r\n');
}

/** The same file as JSON: what is absent is null. Held by schemas/vigo/file.schema.json. */
export function vigoJson(file: string, rows: readonly VigoNumberedRow[]): string {
  const rader = rows.map((row) => {
    const { versjon: _versjon, fil: _fil, ...fields } = fieldsOf(file, row);
    return fields;
  });
  return `${JSON.stringify({ versjon: VIGO_VERSION, fil: file, rader })}\n`;
}

export interface VigoAnswer {
  file: string;
  rad: number;
  accepted: boolean;
  code: string | null;
}

export type VigoReceipt =
  | { ok: true; answers: VigoAnswer[] }
  /** Bokmål: which line, and the cure. */
  | { ok: false; problem: string };

const RECEIPT_HEAD = 'versjon;fil;rad;utfall;kode';
const OUTCOMES: ReadonlyMap<string, boolean> = new Map([
  ['GODTATT', true],
  ['AVVIST', false],
]);
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Reads a receipt: per row whether it was taken in, and a code of the register. */
export function readVigoReceipt(text: string): VigoReceipt {
  const [head, ...lines] = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '');
  if (head !== RECEIPT_HEAD) return no(`Første linje må være «${RECEIPT_HEAD}».`);
  if (lines.length === 0) return no('Filen har ingen rader. Be om kvitteringen på nytt.');
  const answers: VigoAnswer[] = [];
  for (const [index, line] of lines.entries()) {
    const [version, file = '', row = '', outcome = '', code = '', ...more] = line.split(';');
    const at = `Linje ${index + 2}`;
    if (version !== VIGO_RECEIPT_VERSION)
      return no(`${at} har en versjon som ikke er kjent. Denne broen leser ${VIGO_RECEIPT_VERSION}.`);
    const accepted = OUTCOMES.get(outcome);
    if (!UUID.test(file) || !/^[1-9]\d{0,6}$/.test(row) || accepted === undefined || more.length > 0)
      return no(`${at} skal ha fem felt: versjon, fil-id, radnummer, GODTATT eller AVVIST, og kode.`);
    if (!/^[A-Z0-9_]{0,30}$/.test(code) || (!accepted && code === ''))
      return no(`${at}: en avvist rad må ha en kode av store bokstaver og tall.`);
    answers.push({ file, rad: Number(row), accepted, code: code || null });
  }
  return { ok: true, answers };
}

function no(problem: string): VigoReceipt {
  return { ok: false, problem };
}

/** What the adviser does about a refused row, by the register's code. */
export function vigoCure(code: string | null): string {
  return (
    CURES.get(code ?? '') ?? 'Spør registeret hva koden betyr, rett saken i OT-systemet, og lag en ny fil.'
  );
}

/** Instead of a code of the register: the county took the file back before it was delivered. */
export const VIGO_WITHDRAWN = 'TRUKKET';

const CURES: ReadonlyMap<string, string> = new Map([
  [VIGO_WITHDRAWN, 'Filen er trukket tilbake. Lag en ny fil: raden kommer med igjen.'],
  [
    'UKJENT_PERSON',
    'Kontroller fødselsnummeret; et fiktivt nummer kan være erstattet av et D-nummer eller fødselsnummer.',
  ],
  ['UKJENT_STATUS', 'Sett en status fra kodelisten som gjelder på datoen, i OT-systemet.'],
  ['UKJENT_ENHET', 'Registrer riktig OT-enhet på ungdommen, eller meld enheten inn i VIGO.'],
  [
    'ANNET_FYLKE',
    'Ungdommen er registrert i et annet fylke: overlever saken, eller avklar med fylket hvem som har ansvaret.',
  ],
  [
    'NYERE_FINNES',
    'Registeret har en nyere status. Hent OT-listen fra VIGO, og se på avviket i arbeidslisten.',
  ],
]);
