import { USAGE, type Usage } from './usage.ts';

// The help of the command line. Loads no command.

const WORDS = [
  'Hvordan en kommando skrives: npm run ot -- <kommando> --help',
  '<…> må være med, […] kan være med, | skiller det du velger mellom.',
  'Uten organisasjon gjelder det den eneste som er satt opp; uten skoleår det organisasjonen er i nå.',
];
const TYPED = [
  'Tekst som ikke skal ligge i historikken til skallet: Skriv «-», så spørres du om den, eller den leses fra stdin.',
  'Skriv «@fil», så leses den fra en fil. Det samme gjelder verdien i felt=verdi. Fødselsnummer skrives aldri i kommandoen.',
];
const JSON_ANSWERS = [
  '--json: svaret slik API-et gir det, som ett dokument. Feil er også JSON, på stderr.',
  'Utgangskoder: 0 gikk bra, 1 avvist eller ikke funnet, 2 feil skrevet, 3 får ikke kontakt.',
];
const ADDRESS =
  'OT_BRIDGE_URL: adressen til OT Bridge. Når den ikke er satt: broen som kjører her (DATA_DIR), ellers port HTTP_PORT eller 8080.';

/** All commands, a line each. */
export function usage(): string {
  const width = Math.max(...Object.keys(USAGE).map((name) => name.length));
  const lines = Object.entries(USAGE).map(([name, { help }]) => `  ${name.padEnd(width)}  ${help}`);
  return [
    'OT Bridge fra kommandolinjen',
    '',
    ...lines,
    '',
    ...WORDS,
    ...TYPED,
    ...JSON_ANSWERS,
    ADDRESS,
  ].join('\n');
}

/** One command. */
export function helpOf({ form, help, more = [] }: Usage): string {
  const takesText = /begrunnelse|merknad|felt=verdi|--verdi|--grunn /.test(form);
  return [
    `npm run ot -- ${form}`,
    '',
    `${help.charAt(0).toUpperCase()}${help.slice(1)}.`,
    ...(more.length > 0 ? ['', ...more] : []),
    ...(takesText ? ['', ...TYPED] : []),
    ...(form.includes('--json') ? ['', ...JSON_ANSWERS] : []),
  ].join('\n');
}
