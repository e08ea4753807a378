import { type IsoDate, type IsoInstant, osloDate } from '../src/core/date.ts';
import * as read from '../src/core/recordFields.ts';
import { notAnObject, noteMissing, sweep } from '../src/core/recordProblems.ts';
import type { FactBody, Feed } from '../src/core/statusEvent.ts';
import type { AdapterContext, SourceRecord, Verdict } from '../src/intake/adapter.ts';
import { eventDigest } from './eventDigest.ts';
import { eventId, eventOf, identityNumber, noteType } from './recordHead.ts';

// What the bridge's own record format has in common for all feeds: one flat record = one fact about one youth.
// VIGO's nightly rows have VIGO's shape and use only parts of this.

/** What one type of record tells, or that it is meant for somebody else. */
export type Told = { effective: IsoDate; body: FactBody } | { notOurs: string };

export interface ReadContext extends AdapterContext {
  /** The date in Oslo of `meldt`, or else of the moment the record entered Kafka. */
  reportedOn(): IsoDate;
}

export interface RecordType {
  /** Fields besides the common ones. */
  fields: readonly string[];
  read(fields: read.RecordFields, context: ReadContext): Told;
}

export interface RecordFormat {
  feed: Feed;
  /** `own`: the source must name its events; `own-or-content`: an unnamed row is named by its content, so that a
   *  list that is sent again tomorrow tells nothing new. */
  ids: 'own' | 'own-or-content';
  types: ReadonlyMap<string, KnownType>;
  source(fields: read.RecordFields, context: AdapterContext): string;
}

export interface KnownType extends RecordType {
  known: ReadonlySet<string>;
}

const COMMON = ['id', 'version', 'type', 'fodselsnummer', 'fodselsdato', 'meldt'];

export function recordTypes(types: Readonly<Record<string, RecordType>>): ReadonlyMap<string, KnownType> {
  return new Map(
    Object.entries(types).map(([name, type]) => [
      name,
      { ...type, known: new Set([...COMMON, ...type.fields]) },
    ]),
  );
}

/** One record of the format, judged: all its problems, or its fact. */
export function readYouthRecord(
  format: RecordFormat,
  record: SourceRecord,
  context: AdapterContext,
): Verdict {
  const fields = read.openRecord(record.value);
  if (fields === undefined) return { verdict: 'malformed', problems: [notAnObject()] };
  const name = fields.value.type;
  const type = typeof name === 'string' ? format.types.get(name) : undefined;
  sweep(fields, type?.known ?? null);
  if (type === undefined) noteType(fields, [...format.types.keys()]);
  const person = identityNumber(fields, 'fodselsnummer', context);
  const source = format.source(fields, context);
  const head = headOf(fields, format.ids);
  const told = type?.read(fields, {
    ...context,
    reportedOn: () => osloDate(head.reported ?? record.received),
  });
  if (told === undefined || fields.problems.length > 0)
    return { verdict: 'malformed', problems: fields.problems };
  if ('notOurs' in told) return { verdict: 'notOurs', reason: told.notOurs };
  const id = head.id ?? `innhold-${eventDigest(context.pseudonym(person), fields.value)}`;
  const fact = {
    feed: format.feed,
    source,
    id,
    version: head.version,
    reported: head.reported,
    county: context.county,
  };
  return { verdict: 'event', person: { number: person }, event: eventOf(fact, told, head.born) };
}

function headOf(
  fields: read.RecordFields,
  ids: RecordFormat['ids'],
): { id: string | null; version: number; born: IsoDate | null; reported: IsoInstant | null } {
  const version = read.optionalWholeNumber(fields, 'version', 1, 1_000_000) ?? 1;
  const named = !read.isAbsent(fields, 'id');
  const id = named ? eventId(fields, 'id') : null;
  if (!named && ids === 'own') noteMissing(fields, 'id', NAME_EVENTS);
  if (!named && version > 1)
    noteMissing(fields, 'id', 'En rettelse må ha samme id som hendelsen den retter.');
  return {
    id,
    version,
    born: read.optionalDate(fields, 'fodselsdato'),
    reported: read.optionalInstant(fields, 'meldt'),
  };
}

const NAME_EVENTS =
  'Gi hendelsen en egen id, den samme hver gang den sendes, så den kan rettes og annulleres.';

/** Every feed takes events back in the same way. */
export const ANNULMENT_FIELDS = ['annullerer'];

export function readAnnulment(fields: read.RecordFields, context: ReadContext): Told {
  return {
    effective: context.reportedOn(),
    body: { kind: 'Annulled', annuls: eventId(fields, 'annullerer') },
  };
}
