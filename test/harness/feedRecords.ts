import type { Person } from './persons.ts';

// Records about one youth as the sources send them (adapters/<feed>/README.md). Each has an id of its own; `more` is
// what the record has besides, or instead.

let next = 0;

type Record = { id: string; version: number } & Readonly<{ [field: string]: unknown }>;

function recordOf(type: string, person: Person, fields: object, more: object): Record {
  next += 1;
  return { id: `${type}-${next}`, version: 1, type, ...person, ...fields, ...more };
}

export const dropout = (person: Person, avbruddsdato: string, more: object = {}) =>
  recordOf('avbrudd', person, { skolenummer: '40014', avbruddsdato, avbruddsarsak: 'FV' }, more);

export const started = (person: Person, startdato: string, more: object = {}) =>
  recordOf('oppstart', person, { skolenummer: '40014', startdato }, more);

export const notApplied = (person: Person, skolear: string, dato: string, more: object = {}) =>
  recordOf('ikkesoker', person, { skolear, dato }, more);

export const declined = (person: Person, dato: string, more: object = {}) =>
  recordOf('neisvar', person, { skolear: '2026-27', dato }, more);

export const applied = (person: Person, skolear: string, dato: string, more: object = {}) =>
  recordOf('sen-soknad', person, { skolear, dato }, more);

/** The status of one of a youth's wishes in VIGO. */
export const wish = (person: Person, dato: string, onskestatus: string, more: object = {}) =>
  recordOf('onskestatus', person, { skolear: '2026-27', dato, onskestatus }, more);

/** A place, as the intake office reports it. */
export const placed = (person: Person, dato: string, more: object = {}) =>
  recordOf('plass', person, { dato, skolenummer: '40014' }, more);

/** An apprentice’s contract that ended before its time, or by a final test. */
export const terminated = (person: Person, sluttdato: string, sluttaarsak: string, more: object = {}) =>
  recordOf('heving', person, { bedriftsnummer: '987654321', sluttdato, sluttaarsak }, more);

export const contract = (person: Person, startdato: string, bedriftsnummer: string, more: object = {}) =>
  recordOf('kontrakt', person, { bedriftsnummer, startdato }, more);

export const nonShow = (person: Person, dato: string, more: object = {}) =>
  recordOf('ikkemott', person, { skolear: '2026-27', dato }, more);

const OT = { kilde: 'ot:40201' };

export const attempt = (person: Person, dato: string, kanal: string, more: object = {}) =>
  recordOf('kontaktforsok', person, { ...OT, dato, kanal, besvart: false }, more);

/** Without `more` it is the youth who was reached. */
export const contact = (person: Person, dato: string, more: object = {}) =>
  recordOf('kontakt', person, { ...OT, dato, via: 'UNGDOM' }, more);

export const status = (person: Person, dato: string, kode: string, more: object = {}) =>
  recordOf('status', person, { ...OT, dato, kode }, more);

export const measure = (person: Person, dato: string, eier: string, more: object = {}) =>
  recordOf('tiltak', person, { ...OT, dato, eier, innhold: 'ARBEIDSPRAKSIS' }, more);

export const referral = (person: Person, dato: string, more: object = {}) =>
  recordOf('henvendelse', person, { ...OT, dato, fra: 'SELV' }, more);

export const recode = (person: Person, dato: string, tilmeldingskode: string, more: object = {}) =>
  recordOf('omkoding', person, { ...OT, dato, skolear: '2026-27', tilmeldingskode }, more);

/** What the county `tilFylke` answers to the offer. */
export const handover = (person: Person, dato: string, tilFylke: string, svar: string, more: object = {}) =>
  recordOf('overlevering', person, { ...OT, dato, tilFylke, svar }, more);

export const moved = (person: Person, dato: string, kommunenummer: string, more: object = {}) =>
  recordOf('flytting', person, { dato, kommunenummer }, more);

export const emigrated = (person: Person, dato: string, more: object = {}) =>
  recordOf('utvandring', person, { dato }, more);

export const immigrated = (person: Person, dato: string, kommunenummer: string, more: object = {}) =>
  recordOf('innvandring', person, { dato, kommunenummer }, more);

export const renumbered = (now: Person, was: Person, dato: string, more: object = {}) =>
  recordOf('nummerendring', now, { tidligereNummer: was.fodselsnummer, dato }, more);

/** Given or changed at a moment; without `more` by the youth. */
export const consent = (
  person: Person,
  side: 'A' | 'B',
  tidspunkt: string,
  more: { part?: string; [field: string]: unknown } = {},
) => ({
  fodselsnummer: person.fodselsnummer,
  side,
  part: 'UNGDOM',
  tilstand: 'SAMTYKKET',
  tidspunkt,
  rettsgrunnlag: 'SAMTYKKE',
  kilde: 'ot:40201',
  ...(more.part === 'FORESATT' && { antallForesatte: 1 }),
  ...more,
});

/** A month of NAV's answers, whole: one row per person, and the manifest. */
export const navMonth = (maaned: string, answers: readonly [Person, 'JA' | 'NEI'][]) => {
  const batch = { batchId: `B-${maaned}`, maaned };
  const rows = answers.map(([{ fodselsnummer }, registrert], at) => ({
    type: 'svar',
    ...batch,
    id: `m-${maaned}-${at}`,
    fodselsnummer,
    registrert,
    ...(registrert === 'JA' && { kontor: '0801' }),
  }));
  return [...rows, { type: 'manifest', ...batch, antall: rows.length }];
};
