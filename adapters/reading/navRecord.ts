import type { AdapterContext, NumberClaim, SourceKey, Verdict } from '../../src/core/feedAdapter.ts';
import { Fodselsnummer } from '../../src/core/person/fodselsnummer.ts';
import { readIdentityNumber } from '../../src/core/person/identityNumber.ts';
import { CURE } from '../../src/core/sentences/cures.ts';
import { FIELD } from '../../src/core/sentences/fields.ts';
import { daysAfter } from '../../src/core/time/calendar.ts';
import { epochOf, type IsoDate, type IsoInstant, instantOf } from '../../src/core/time/date.ts';
import { instantInOslo, osloDate } from '../../src/core/time/oslo.ts';
import { UUID } from '../../src/core/uuid.ts';
import type { Feed, NavRegister } from '../../src/core/youth/statusEvent.ts';
import { OFFICE } from './navBatch.ts';
import * as read from './recordFields.ts';
import type { RecordFields } from './recordProblems.ts';
import { noteInvalid, noteMissing } from './recordProblems.ts';
import { parseRecordInstant } from './recordTime.ts';

// What NAV's registers have in common. Their records are NAV's, with fields that are added without notice: what is not read
// here is dropped, and nothing is refused for it.

export type NavBody = {
  effective: IsoDate;
  state: string;
  measure: string | null;
  to: IsoDate | null;
  office: string | null;
};

/** Nothing of what was reported is left. */
export function takenBack(state: string, on: IsoInstant): NavBody {
  return { effective: osloDate(on), state, measure: null, to: null, office: null };
}

interface About {
  feed: Feed;
  about: NavRegister;
  /** NAV's id, under its register: `deltaker:<uuid>`. */
  id: SourceKey;
  /** When NAV last changed it: of two versions the later one holds. */
  changed: IsoInstant;
}

export function registerEvent(
  { feed, about, id, changed }: About,
  { effective, ...said }: NavBody,
  context: AdapterContext,
): Extract<Verdict, { kind: 'event' }>['event'] {
  return {
    ...{ feed, source: 'nav', id, version: epochOf(changed), effective, reported: changed },
    ...{ county: context.county, born: null, nameTag: null },
    ...{ kind: 'NavRegister', about, ...said },
  };
}

/** A number that is no fødselsnummer or D-number (NAV has ids of its own) is no youth's; '' is one that is missing. */
export function navPerson(
  fields: RecordFields,
  name: string,
  { environment }: AdapterContext,
): NumberClaim | 'other' | 'broken' {
  const text = read.text(fields, name, ANY);
  if (text === '') return 'broken';
  const number = readIdentityNumber(text, environment);
  return number.ok ? { fodselsnummer: new Fodselsnummer(number.number) } : 'other';
}

export const OTHER_ID: Verdict = {
  kind: 'notOurs',
  reason: 'meldingen har ikke et fødselsnummer eller D-nummer',
};

const ANY: read.TextForm = { accepts: () => true, must: FIELD.nb.notText, cure: CURE.nb.sendText };

/** NAV's ids are UUIDs in small letters; '' when broken. */
export function navId(fields: RecordFields, name: string): string {
  return read.text(fields, name, NAV_ID).toLowerCase();
}

const NAV_ID: read.TextForm = {
  accepts: (text) => UUID.test(text.toLowerCase()),
  must: FIELD.nb.noUuid,
  cure: CURE.nb.navId,
};

/** Of a value that has not been read: null when it is none. */
export function keyIn(value: unknown, name: string, prefix: string): SourceKey | null {
  const id = read.isRecord(value) ? value[name] : null;
  return typeof id === 'string' && UUID.test(id.trim().toLowerCase())
    ? `${prefix}:${id.trim().toLowerCase()}`
    : null;
}

/** Milliseconds since 1970 (NAV's Avro), a moment, or a time in Oslo without a zone, as some of NAV's programs write it; ''
 *  when broken. */
export function navInstant(fields: RecordFields, name: string): IsoInstant {
  const value = fields.value[name];
  if (read.isAbsent(fields, name)) {
    noteMissing(fields, name);
    return '';
  }
  if (typeof value === 'number' && Number.isSafeInteger(value) && Math.abs(value) < LAST)
    return instantOf(value);
  const found = typeof value === 'string' ? (parseRecordInstant(value) ?? instantInOslo(value)) : undefined;
  if (found !== undefined) return found;
  noteInvalid(fields, name, FIELD.nb.noMoment, CURE.nb.navMoment);
  return '';
}
/** In the year 2200, as for all other dates. */
const LAST = 7_258_118_400_000;

export function optionalNavInstant(fields: RecordFields, name: string): IsoInstant | null {
  return read.isAbsent(fields, name) ? null : navInstant(fields, name);
}

/** The day after NAV's last day. */
export function afterLast(last: IsoDate | null): IsoDate | null {
  return last === null ? null : daysAfter(last, 1);
}

/** An office that does not look like one is no reason to refuse what else is said. */
export function navOffice(value: unknown): string | null {
  const text = typeof value === 'string' ? value.trim() : '';
  return OFFICE.accepts(text) ? text : null;
}

/** The fields of an object in the record; undefined and a problem when it is missing. */
export function inner(fields: RecordFields, name: string): RecordFields | undefined {
  const found = read.openRecord(fields.value[name], `${fields.path}${name}.`, fields.problems);
  if (found === undefined) noteMissing(fields, name);
  return found;
}
