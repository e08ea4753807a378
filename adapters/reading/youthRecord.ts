import type { AdapterContext, SourceRecord, Verdict } from '../../src/core/feedAdapter.ts';
import type { CountyNumber } from '../../src/core/organisation.ts';
import type { Fodselsnummer } from '../../src/core/person/fodselsnummer.ts';
import { exactTag } from '../../src/core/person/nameTags.ts';
import type { Problem } from '../../src/core/problem.ts';
import { CURE } from '../../src/core/sentences/cures.ts';
import { FIELD } from '../../src/core/sentences/fields.ts';
import type { IsoDate, IsoInstant } from '../../src/core/time/date.ts';
import { osloDate } from '../../src/core/time/oslo.ts';
import type { Feed } from '../../src/core/youth/statusEvent.ts';
import { unnamedId } from '../../src/core/youth/unnamedRow.ts';
import { annulledUnderOneId } from './annulment.ts';
import { eventDigest } from './contentDigest.ts';
import { noteOddDates } from './recordDating.ts';
import * as read from './recordFields.ts';
import { eventId, eventOf, identityNumber, NAME_FIELDS, nameTag, noteType, personOf } from './recordHead.ts';
import type { RecordFields } from './recordProblems.ts';
import { notAnObject, noteInvalid, noteMissing, sweep } from './recordProblems.ts';
import type { ReadContext, RecordContent, RecordType } from './recordType.ts';
import { rowId, rowVersion } from './rowId.ts';
import { sideFaults } from './sideFaults.ts';

// What the bridge's own record format has in common for all feeds: one flat record = one fact about one youth.
// VIGO's nightly rows have VIGO's shape and use only parts of this.

export interface RecordFormat {
  feed: Feed;
  /** `own`: the source must name its events; `own-or-row`: an unnamed row is named by what it is about, so that a list
   *  that is sent again tomorrow says nothing new, and a corrected row replaces the former one. */
  ids: 'own' | 'own-or-row';
  types: ReadonlyMap<string, KnownType>;
  source(fields: RecordFields, context: AdapterContext): string;
  /** The fields that say whose record it is, if any. */
  ownFields: readonly string[];
  /** The county whose OT answers for it, where a record says so itself; else that of the topic. */
  county?(fields: RecordFields, context: AdapterContext): CountyNumber;
}

export interface KnownType extends RecordType {
  known: ReadonlySet<string>;
}

const COMMON = ['id', 'version', 'type', 'fodselsnummer', 'fodselsdato', 'meldt', ...NAME_FIELDS];

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
  if (fields === undefined) return { kind: 'malformed', problems: [notAnObject()] };
  const name = fields.value.type;
  const type = typeof name === 'string' ? format.types.get(name) : undefined;
  sweep(fields, type?.known ?? null);
  if (type === undefined) noteType(fields, [...format.types.keys()]);
  const fodselsnummer = identityNumber(fields, 'fodselsnummer', context);
  const source = format.source(fields, context);
  const county = format.county?.(fields, context) ?? context.county;
  const head = headOf(fields, format.ids);
  const reportedOn = () => osloDate(head.reported ?? record.received);
  const told = type?.read(fields, readContext(context, fodselsnummer, reportedOn));
  const tag = nameTag(fields, context);
  if (told !== undefined)
    noteOddDates(fields, told, { received: record.received, born: head.born, reported: head.reported });
  if (told !== undefined && 'former' in told && fodselsnummer !== null && told.former?.equals(fodselsnummer))
    noteSame(fields);
  const faults = faultsOf(format, type, told, fields.problems);
  // A number that is broken is one of the problems, and nothing is decided in spite of that one.
  if (told === undefined || faults === undefined || fodselsnummer === null)
    return { kind: 'malformed', problems: fields.problems };
  const former = 'former' in told ? told.former : null;
  // What a record with a half broken id was to replace is unknown.
  const named = head.id !== null && !faults.some(({ field }) => field === 'id' || field === 'version');
  const { id, version } =
    named && head.id !== null
      ? { id: head.id, version: head.version }
      : unnamed(fields, { type, told, fodselsnummer, former, tag, received: record.received }, context);
  const fact = { feed: format.feed, source, id, version, reported: head.reported, county };
  const claim = personOf(fodselsnummer, tag, fields);
  const noted = faults.length > 0 && { faults };
  if (!('former' in told)) {
    const event = annulledUnderOneId(eventOf(fact, told, head.born, tag));
    return { kind: 'event', person: claim, event, ...noted };
  }
  if (former === null) return { kind: 'malformed', problems: fields.problems };
  const { body } = told;
  // An impossible date is no day to join two people from.
  const effective = faults.some(({ field }) => field === 'dato') ? reportedOn() : told.effective;
  return {
    kind: 'renumbered',
    person: claim,
    former: { fodselsnummer: former },
    event: { ...fact, effective, born: head.born, nameTag: tag, ...body },
    ...noted,
  };
}

/** Written out: a copy that gets more fields takes three times the room, and this is made for every record. */
function readContext(
  { county, environment, activations, pseudonym, nameTag: tagOf, askedRef }: AdapterContext,
  fodselsnummer: Fodselsnummer | null,
  reportedOn: ReadContext['reportedOn'],
): ReadContext {
  return {
    county,
    environment,
    activations,
    pseudonym,
    nameTag: tagOf,
    askedRef,
    fodselsnummer,
    reportedOn,
  };
}

interface Unnamed {
  type: KnownType | undefined;
  told: RecordContent;
  fodselsnummer: Fodselsnummer;
  former: Fodselsnummer | null;
  tag: string | null;
  received: IsoInstant;
}

function unnamed(
  fields: RecordFields,
  { type, told, fodselsnummer, former, tag, received }: Unnamed,
  context: AdapterContext,
): { id: string; version: number } {
  const { effective, body } = told;
  const pseudonym = context.pseudonym(fodselsnummer);
  if (body.kind === 'Annulled') {
    const row = {
      type: 'annullering',
      schoolYear: '',
      school: eventDigest(pseudonym, { annuls: body.annuls }),
    };
    return { id: unnamedId(row, pseudonym), version: rowVersion(received) };
  }
  if (type?.one === undefined)
    return { id: contentId(fields, { fodselsnummer, former, tag }, context), version: 1 };
  const row = { type: String(fields.value.type), one: type.one, effective, body };
  return { id: rowId(fields, row, pseudonym), version: rowVersion(received) };
}

function faultsOf(
  format: RecordFormat,
  type: KnownType | undefined,
  told: RecordContent | undefined,
  problems: readonly Problem[],
): Problem[] | undefined {
  if (problems.length === 0) return [];
  if (type?.needs === undefined || (told !== undefined && 'opens' in told && told.opens)) return undefined;
  return sideFaults(problems, ['type', 'fodselsnummer', ...format.ownFields, ...type.needs]);
}

/** By content and person; of a name only what it is compared by, so that a middle name is no other event. */
function contentId(
  fields: RecordFields,
  { fodselsnummer, former, tag }: Pick<Unnamed, 'fodselsnummer' | 'former' | 'tag'>,
  context: AdapterContext,
): string {
  const content = {
    ...fields.value,
    ...Object.fromEntries(NAME_FIELDS.map((name) => [name, null])),
    nameTag: tag === null ? null : exactTag(tag),
    tidligereNummer: former === null ? null : context.pseudonym(former),
  };
  return `innhold-${eventDigest(context.pseudonym(fodselsnummer), content)}`;
}

function noteSame(fields: RecordFields): void {
  noteInvalid(fields, 'tidligereNummer', FIELD.nb.sameNumber, CURE.nb.bothNumbers);
}

function headOf(
  fields: RecordFields,
  ids: RecordFormat['ids'],
): { id: string | null; version: number; born: IsoDate | null; reported: IsoInstant | null } {
  const version = read.optionalWholeNumber(fields, 'version', 1, 1_000_000) ?? 1;
  const named = !read.isAbsent(fields, 'id');
  const id = named ? eventId(fields, 'id') : null;
  if (!named && ids === 'own') noteMissing(fields, 'id', NAME_EVENTS);
  if (!named && version > 1) noteMissing(fields, 'id', CURE.nb.sameId);
  return {
    id,
    version,
    born: read.optionalDate(fields, 'fodselsdato'),
    reported: read.optionalInstant(fields, 'meldt'),
  };
}

const NAME_EVENTS = CURE.nb.nameEvent;
