import { type Problem, type ProblemCode, rawCode } from '../../src/core/problem.ts';

// What can be wrong with a record whatever its source, in words for the sender. No text holds the value.

/** One record that is being read. */
export interface RecordFields {
  readonly value: Readonly<Record<string, unknown>>;
  /** Prefix of field names in problems: '' or e.g. `elev.`. */
  readonly path: string;
  /** At most one per field: the first that was found. */
  readonly problems: Problem[];
}

const LONGEST_TEXT = 400;
const MOST_UNKNOWN = 20;

export function notAnObject(): Problem {
  return {
    code: 'NOT_AN_OBJECT',
    field: '',
    text: 'Raden er ikke et objekt med navngitte felt.',
    cure: 'Send hver hendelse som ett objekt, for eksempel {"type": "…", "fodselsnummer": "…"}.',
  };
}

/** Refuses texts that cannot be stored and, when `known` is given, every field that is not in it. */
export function sweep(fields: RecordFields, known: ReadonlySet<string> | null): void {
  let unknown = 0;
  for (const name in fields.value) {
    if (known !== null && !known.has(name)) {
      unknown += 1;
      noteUnknown(fields, name, unknown);
      if (unknown > MOST_UNKNOWN) return;
      continue;
    }
    const value = fields.value[name];
    if (typeof value !== 'string') continue;
    if (value.includes('\0')) noteNul(fields, name);
    else if (value.length > LONGEST_TEXT) noteInvalid(fields, name, 'er for langt.', 'Kort ned teksten.');
  }
}

/** A field name is the sender's text too: '' when it might hold a person. */
export function shownName(name: string): string {
  return /^[\p{L}_][\p{L}\p{N}_]{0,39}$/u.test(name) && !/\d{6}/.test(name) ? name : '';
}

/** First among the problems of a record that took effect in spite of them. */
export function tookEffect(): Problem {
  return {
    code: 'TOOK_EFFECT',
    field: '',
    text: 'Meldingen er godtatt og gjelder, men noe annet i den er galt.',
    cure: 'Rett det som står under hos avsenderen, og send rettelsen med samme id og høyere versjon.',
  };
}

/** @param path as `repeatedField` gives it. */
export function standsTwice(path: string): Problem {
  return {
    code: 'REPEATED_FIELD',
    field: path,
    text: path === '' ? 'Et felt står to ganger i raden.' : `Feltet «${path}» står to ganger i raden.`,
    cure: 'La feltet stå én gang, med verdien som gjelder, og send raden på nytt.',
  };
}

function noteUnknown(fields: RecordFields, name: string, count: number): void {
  const shown = shownName(name);
  const more = count > MOST_UNKNOWN;
  note(fields, more ? '' : shown, {
    code: 'UNKNOWN_FIELD',
    text: more
      ? 'Raden har enda flere ukjente felt.'
      : shown === ''
        ? 'Raden har et felt med et ukjent navn.'
        : `Feltet «${shown}» er ikke kjent og tas ikke imot.`,
    cure: 'Fjern feltet, eller rett navnet hvis det er feilskrevet.',
  });
}

function noteNul(fields: RecordFields, name: string): void {
  note(fields, name, {
    code: 'NUL_CHARACTER',
    text: `Feltet «${name}» har et tegn som ikke kan lagres (U+0000).`,
    cure: 'Fjern tegnet og send raden på nytt.',
  });
}

export function note(fields: RecordFields, name: string, problem: Omit<Problem, 'field'>): void {
  const field = fields.path + name;
  if (fields.problems.some((known) => known.field === field && (field !== '' || known.code === problem.code)))
    return;
  fields.problems.push({ ...problem, field });
}

export function noteMissing(
  fields: RecordFields,
  name: string,
  cure = 'Fyll inn feltet og send raden på nytt.',
): void {
  note(fields, name, { code: 'MISSING_FIELD', text: `Feltet «${name}» mangler.`, cure });
}

export function noteInvalid(fields: RecordFields, name: string, must: string, cure: string): void {
  note(fields, name, { code: 'INVALID_VALUE', text: `Feltet «${name}» ${must}`, cure });
}

export function noteType(fields: RecordFields, name: string, type: string): void {
  note(fields, name, {
    code: 'WRONG_TYPE',
    text: `Feltet «${name}» skal være ${type}.`,
    cure: type === 'tekst' ? 'Send verdien som tekst, i anførselstegn.' : `Send verdien som ${type}.`,
  });
}

/** A required date or moment that is only what a program writes for «none». */
export function noteSentinel(
  fields: RecordFields,
  name: string,
  code: 'INVALID_DATE' | 'INVALID_TIME',
): void {
  note(fields, name, {
    code,
    text: `Feltet «${name}» har en dato som bare betyr at datoen ikke er kjent.`,
    cure: 'Fyll inn datoen det gjelder, og send raden på nytt.',
  });
}

const CODE_PROBLEMS = {
  UNKNOWN_TYPE: ['er ikke en kjent hendelsestype.', 'Bruk en av typene som er beskrevet for kilden.'],
  UNKNOWN_CODE: ['har en kode som ikke finnes i kodeverket.', 'Rett koden, eller meld fra hvis koden er ny.'],
  AMBIGUOUS_CODE: [
    'har en kode som kan bety flere ting.',
    'Send koden slik den står i kodeverket som gjelder nå.',
  ],
  CODE_NOT_VALID_ON_DATE: [
    'har en kode som ikke gjaldt på datoen.',
    'Bruk en kode som gjaldt på datoen, eller rett datoen.',
  ],
} as const satisfies Partial<Record<ProblemCode, readonly [string, string]>>;

/** Codes of the lists have capitals alone; types do not. A word in small letters may be a name in the wrong column. */
function shownCode(code: keyof typeof CODE_PROBLEMS, value: unknown): string | undefined {
  const raw = rawCode(value);
  if (raw === undefined || code === 'UNKNOWN_TYPE') return raw;
  return /\p{Ll}/u.test(raw.replace(/ via$/, '')) ? undefined : raw;
}

/** Notes a code that cannot be read, with the raw code when it can only be a code. */
export function noteCode(
  fields: RecordFields,
  name: string,
  code: keyof typeof CODE_PROBLEMS,
  knownCure?: string,
): void {
  const [says, cure] = CODE_PROBLEMS[code];
  const raw = shownCode(code, fields.value[name]);
  const problem = { code, text: `Feltet «${name}» ${says}`, cure: knownCure ?? cure };
  note(fields, name, raw === undefined ? problem : { ...problem, raw });
}
