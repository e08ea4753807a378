import type { AdapterContext, BrokenRow, ListEnvelope, NumberClaim } from '../../src/core/feedAdapter.ts';
import { Fodselsnummer, UnreadableNumber } from '../../src/core/person/fodselsnummer.ts';
import { readIdentityNumber } from '../../src/core/person/identityNumber.ts';
import { comparableFullName, comparableName, WrittenName } from '../../src/core/person/personName.ts';
import { CURE } from '../../src/core/sentences/cures.ts';
import { FIELD } from '../../src/core/sentences/fields.ts';
import type { IsoDate } from '../../src/core/time/date.ts';
import type { FactBody, FactHead, StatusEvent } from '../../src/core/youth/statusEvent.ts';
import * as read from './recordFields.ts';
import type { RecordFields } from './recordProblems.ts';
import { note, noteCode, noteMissing, noteType as noteWrongType } from './recordProblems.ts';

// The fields that records of all feeds share: the person, the event's id, its type.

export function eventOf(
  head: Omit<FactHead, 'effective'>,
  told: { effective: IsoDate; body: FactBody },
  born: IsoDate | null,
  nameTag: string | null = null,
): StatusEvent {
  const { feed, source, id, version, reported, county } = head;
  return {
    feed,
    source,
    id,
    version,
    reported,
    county,
    effective: told.effective,
    born,
    nameTag,
    ...told.body,
  };
}

/** Null and a problem when it is none. A JSON number is read too: a spreadsheet knows no other, and of eleven digits it
 *  has lost nothing. */
export function identityNumber(
  fields: RecordFields,
  name: string,
  context: AdapterContext,
): Fodselsnummer | null {
  const sent = fields.value[name];
  const text = typeof sent === 'number' ? digitsOf(fields, name, sent) : read.text(fields, name, ANY_TEXT);
  if (text === '') return null;
  const number = readIdentityNumber(text, context.environment);
  if (number.ok) return new Fodselsnummer(number.number);
  note(fields, name, { code: number.code, text: number.text, cure: number.cure });
  return null;
}

/** A row of a list that cannot be used: its person, as far as the number can be read. */
export function brokenRow(
  fields: RecordFields,
  name: string,
  fodselsnummer: Fodselsnummer | null,
  envelope: ListEnvelope | null = null,
): BrokenRow {
  const raw = fields.value[name];
  const written = typeof raw === 'string' || typeof raw === 'number' ? String(raw).trim() : '';
  return {
    envelope,
    person: fodselsnummer === null ? null : { fodselsnummer },
    written: fodselsnummer === null && written !== '' ? new UnreadableNumber(written) : null,
  };
}

/** The caller counts the digits: of ten it reports that a leading zero is lost. */
function digitsOf(fields: RecordFields, name: string, sent: number): string {
  if (Number.isSafeInteger(sent) && sent >= 0) return String(sent);
  noteWrongType(fields, name, 'text');
  return '';
}

const ANY_TEXT: read.TextForm = { accepts: () => true, must: FIELD.nb.notText, cure: CURE.nb.sendText };

/**
 * The name of the youth as keyed tags (nameTags.ts): from `navn`, or from `fornavn` and `etternavn`. Null when the record has
 * none. The name itself goes nowhere: it is only compared with other names that came with the same number (Y03).
 */
export function nameTag(fields: RecordFields, context: AdapterContext): string | null {
  const full = read.optionalText(fields, 'navn', NAME);
  const given = read.optionalText(fields, 'fornavn', NAME);
  const family = read.optionalText(fields, 'etternavn', NAME);
  const name =
    given !== null && family !== null
      ? comparableName(given, family)
      : full === null
        ? null
        : comparableFullName(full);
  if (name === null) return null;
  if (name.others.length === 0) return context.nameTag(name.exact);
  return [name.exact, ...name.others].map((spelling) => context.nameTag(spelling)).join(' ');
}

/** The person of a record, by number; with the name as written when it has one that names compare by. */
export function personOf(
  fodselsnummer: Fodselsnummer,
  tag: string | null,
  fields: Pick<RecordFields, 'value'>,
): NumberClaim {
  const name = tag === null ? null : writtenName(fields);
  return name === null ? { fodselsnummer } : { fodselsnummer, name: new WrittenName(name) };
}

function writtenName({ value: { navn, fornavn, etternavn } }: Pick<RecordFields, 'value'>): string | null {
  const name = isText(fornavn) && isText(etternavn) ? `${fornavn.trim()} ${etternavn.trim()}` : navn;
  return isText(name) ? name.trim() : null;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

export const NAME_FIELDS = ['navn', 'fornavn', 'etternavn'];

const NAME: read.TextForm = {
  accepts: (text) => text.length <= 200,
  must: FIELD.nb.longForName,
  cure: CURE.nb.nameAlone,
};

/** The source's id of its event, '' when broken. Refuses ids that hold a person: they are kept in the database. */
export function eventId(fields: RecordFields, name: string): string {
  return read.text(fields, name, EVENT_ID);
}

const EVENT_ID: read.TextForm = {
  accepts: (text) => /^[\p{L}\p{N}:._/@+-]{1,160}$/u.test(text) && !holdsIdentityNumber(text),
  must: FIELD.nb.noEventId,
  cure: CURE.nb.eventId,
};

/** A run inside hexadecimal is not meant as a number: one random UUID in 25,000 would be refused. */
const ELEVEN_DIGITS = /(?<![0-9a-f])\d{11}(?![0-9a-f])/gi;

function holdsIdentityNumber(text: string): boolean {
  if (text.length < 11) return false;
  const runs = text.match(ELEVEN_DIGITS);
  if (runs === null) return false;
  // Both environments: a real number is a person in test too.
  return runs.some((run) => readIdentityNumber(run, 'test').ok || readIdentityNumber(run, 'production').ok);
}

/** The record says no type, or one that the feed does not have. */
export function noteType(fields: RecordFields, types: readonly string[]): void {
  const cure = CURE.nb.oneOfTypes(types.join(', '));
  if (read.isAbsent(fields, 'type')) noteMissing(fields, 'type', cure);
  else noteCode(fields, 'type', 'UNKNOWN_TYPE', cure);
}
