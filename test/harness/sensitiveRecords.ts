import type { Feed } from '../../src/core/youth/statusEvent.ts';
import { answer, bothSides, delivery } from './navMonth.ts';
import { type Person, person } from './persons.ts';

// The whole cast with their names, and records that disclose as much as a source ever could: what is right, and what
// is wrong with the person all over it. Nothing of it may be anywhere but sealed.

export const NAMED = [
  ['P01', 'AKTSOM FJELLREV'],
  ['P02', 'BLID TROLLHEGG'],
  ['P03a', 'MILD MULTE'],
  ['P03b', 'MILDE MULTE'],
  ['P04', 'KRITISK BJØRK'],
  ['P05a', 'SEN SOMMERFUGL'],
  ['P05b', 'TIDLIG TIRILTUNGE'],
  ['P06', 'REISENDE RYPE'],
  ['P06r', 'REGISTRERT REGNSPOVE'],
  ['P07', 'NUMMERLØS NEPE'],
  ['P08', 'SKJULT SKOGSTI'],
  ['P09', 'DEMPET DALSIDE'],
  ['P10', 'FLINK FILTHATT'],
  ['P11', 'OMBESTEMT ORREFUGL'],
  ['P12', 'FLYTTENDE FJORD'],
  ['P13', 'UTENLANDSK UTSIKT'],
  ['P14', 'DOBBEL DUGG'],
  ['P15', 'PRIVAT PRESTEKRAGE'],
  ['P16', 'AVVISENDE ASK'],
  ['P17', 'SYK SØLVKRE'],
  ['P18', 'VOKSEN VALMUE'],
  ['P19', 'STILLE STEIN'],
  ['P20', 'NORDLIG NYPE'],
] as const;

export const STREET = 'Fjellrevveien 47';
export const REMARK = 'fengslet og gravid';

/** Numbers, names and remarks. Of a name also its last part, where that is no word of its own. */
export const SECRETS: readonly string[] = [
  ...NAMED.flatMap(([id, name]) => [person(id).fodselsnummer, name, ...lastName(name)]),
  STREET,
  REMARK,
  ...REMARK.split(' og '),
];

/** Codes that only OT may see, as JSON values and labels: two letters alone occur everywhere. */
export const SENSITIVE = ['OTSY', 'OTBA', '"PS"', '"SV"', '\\"PS\\"', '\\"SV\\"'];

function lastName(name: string): string[] {
  const [, last = ''] = name.split(' ');
  return last.length > 5 && !['PRIVAT', 'UTSIKT'].includes(last) ? [last] : [];
}

export interface FeedRows {
  feed: Feed;
  rows: object[];
}

/** What each feed reports of every person in county 40 in the autumn of 2026. */
export function sensitiveRows(): FeedRows[] {
  return [
    { feed: 'vigo-intake', rows: each((who, navn, at) => intake(who, navn, at)) },
    { feed: 'school-dropout', rows: each((who, navn, at) => school(who, navn, at)) },
    { feed: 'apprenticeship', rows: each((who, navn, at) => company(who, navn, at)) },
    { feed: 'private-school', rows: each((who, navn, at) => privateSchool(who, navn, at)) },
    { feed: 'lower-secondary', rows: each((who, navn, at) => lowerSecondary(who, navn, at)) },
    { feed: 'folkeregister', rows: each((who, navn, at) => register(who, navn, at)) },
    {
      feed: 'consent',
      rows: each((who, navn) => [...bothSides(who, '2026-10-07T06:00:00.000Z'), { ...who, navn }]),
    },
    { feed: 'ot-adviser', rows: each((who, navn, at) => adviser(who, navn, at)) },
  ];
}

/** All of them have a graded address: NAV is asked about none, and what it says all the same is not read. */
export function everyAnswer(): object[] {
  return delivery(
    '2026-11',
    NAMED.map(([id]) => answer('2026-11', person(id))),
  );
}

function each(rows: (who: Person, navn: string, at: number) => object[]): object[] {
  return NAMED.flatMap(([id, navn], at) => rows(person(id), navn, at));
}

function intake(who: Person, navn: string, at: number): object[] {
  const neisvar = { id: `nei-${at}`, type: 'neisvar', ...who, skolear: '2026-27', dato: '2026-08-20', navn };
  return [neisvar, { ...neisvar, id: `nei-feil-${at}`, skolear: navn }];
}

function school(who: Person, navn: string, at: number): object[] {
  const left = {
    id: `slutt-${at}`,
    type: 'avbrudd',
    ...who,
    skolenummer: '40014',
    avbruddsdato: '2026-10-05',
    avbruddsarsak: 'FV',
    navn,
  };
  return [
    left,
    { ...left, id: `arsak-${at}`, avbruddsarsak: at % 2 === 0 ? 'PS' : 'SV' },
    { ...left, id: `adresse-${at}`, adresse: STREET, merknad: REMARK },
    { ...left, id: who.fodselsnummer, [navn]: who.fodselsnummer, avbruddsarsak: navn },
    { ...left, id: `kort-${at}`, fodselsnummer: who.fodselsnummer.slice(1) },
  ];
}

function company(who: Person, navn: string, at: number): object[] {
  const ended = {
    id: `heving-${at}`,
    type: 'heving',
    ...who,
    bedriftsnummer: '987654321',
    sluttdato: '2026-09-01',
  };
  return [
    { ...ended, sluttaarsak: 'FV', navn },
    { ...ended, id: `heving-feil-${at}`, sluttaarsak: navn, merknad: REMARK },
  ];
}

function privateSchool(who: Person, navn: string, at: number): object[] {
  const pupil = {
    type: 'elev',
    skolenummer: '40301',
    dato: '2026-09-18',
    ...who,
    startdato: '2026-08-17',
    navn,
  };
  return at % 3 === 0 ? [pupil, { ...pupil, klasse: STREET }] : [{ ...pupil, startdato: navn }];
}

function lowerSecondary(who: Person, navn: string, at: number): object[] {
  const plan = {
    id: `plan-${at}`,
    type: 'uten-planer',
    ...who,
    skole: '974565781',
    skolear: '2027-28',
    dato: '2026-10-06',
    navn,
  };
  return [plan, { ...plan, id: `plan-feil-${at}`, hvorfor: REMARK }];
}

function register(who: Person, navn: string, at: number): object[] {
  const { fodselsnummer } = who;
  return [
    { id: `fr-bor-${at}`, type: 'flytting', fodselsnummer, dato: '2026-10-06', kommunenummer: '4001', navn },
    {
      id: `fr-adr-${at}`,
      type: 'flytting',
      fodselsnummer,
      dato: '2026-10-06',
      kommunenummer: '4001',
      adresse: STREET,
    },
    { id: `fr-grad-${at}`, type: 'adressebeskyttelse', fodselsnummer, dato: '2026-10-06', gradering: navn },
  ];
}

function adviser({ fodselsnummer }: Person, navn: string, at: number): object[] {
  const from = { kilde: 'ot:40201', fodselsnummer, dato: '2026-10-08' };
  return [
    { id: `k-${at}`, type: 'kontakt', ...from, via: 'UNGDOM', navn },
    { id: `s-${at}`, type: 'status', ...from, kode: at % 2 === 0 ? 'OTBA' : 'OTSY' },
    { id: `h-${at}`, type: 'henvendelse', ...from, fra: 'SELV', tekst: REMARK },
    { id: `t-${at}`, type: 'tiltak', ...from, eier: 'NAV', innhold: 'ARBEIDSPRAKSIS', sted: STREET },
    { id: `f-${at}`, type: 'status', ...from, kode: navn, grunnlag: [REMARK] },
  ];
}
