import { byKnown } from '../derive/facts/order.ts';
import { by } from '../order.ts';
import type { CountyNumber } from '../organisation.ts';
import type { PersonRef } from '../person/reference.ts';
import type { IsoDate, IsoInstant } from '../time/date.ts';
import type { SchoolYear } from '../time/schoolYear.ts';
import type { Tilmeldingskode } from '../youth/statusEvent.ts';
import { isUnnamed } from '../youth/unnamedRow.ts';
import { factKey } from '../youth/youth.ts';
import type { Fact, OtStatus, YouthEvent } from '../youth/youthEvent.ts';

// The register of one school year by its events, youth by youth: what every report is counted from. A county's year must
// fit in memory, its facts need not: a report names the kinds it reads.

/** What is counted: registrations of one school year and county, by what was known at `cutoff`. */
export interface RegisterScope {
  county: CountyNumber;
  schoolYear: SchoolYear;
  /** Moments after it: changes of the registration, and protection of the address, and nothing else. */
  cutoff: IsoInstant;
}

export interface RecordedEvents {
  ref: PersonRef;
  /** The youth's version after these events: the order that holds for one youth. */
  version: number;
  recorded: IsoInstant;
  events: readonly YouthEvent[];
}

/** What one record did to a registration. */
export interface RegistrationChange {
  version: number;
  recorded: IsoInstant;
  open: boolean;
  tilmeldingskode: Tilmeldingskode | null;
  /** Null when only the status was set, or the registration is taken back. */
  effective: IsoDate | null;
  /** Null when the status stayed. */
  status: OtStatus | null;
}

/** One youth in the register. */
export interface Line {
  ref: PersonRef;
  born: IsoDate | null;
  nameTag: string | null;
  /** By version; at least one. Also those after the cut-off. */
  changes: readonly RegistrationChange[];
  /** Facts of the kinds asked for, each in its highest version, sorted by key. */
  facts: readonly Fact[];
  /** Protection of the address, and what was taken back, also after the cut-off: protection is judged as known when the
   *  figures are shown. */
  protection: readonly Fact[];
  /** The surviving reference when two numbers were one person. */
  mergedInto: PersonRef | null;
  /** When the alert of a new tilmelding first rested on a fact, by the fact's digest. */
  alerted: ReadonlyMap<string, IsoInstant>;
}

export interface RegisterReader {
  add(record: RecordedEvents): void;
  /** Sorted by reference. */
  finish(): Line[];
}

/** @param kinds facts to keep with the registrations. Records may come in any order; each youth's must have been decided
 *  in the order of their moments (`replay`), or what was known at the cut-off would rest on what was not. */
export function readRegister(scope: RegisterScope, kinds: readonly Fact['kind'][] = []): RegisterReader {
  const drafts = new Map<PersonRef, Draft>();
  const kept = [new Set(kinds)];
  return {
    add(record) {
      const draft = drafts.get(record.ref) ?? newDraft(kept);
      drafts.set(record.ref, draft);
      enterRecord(draft, record, scope);
    },
    finish() {
      const lines: Line[] = [];
      for (const [ref, draft] of drafts) if (draft.changes.size > 0) lines.push(...linesOf(ref, draft));
      return lines.sort(by(({ ref }) => ref));
    },
  };
}

/** The lines of one youth, all of whose records are here: one for each of `kinds`, which are alike but for the facts.
 *  @returns none when the youth is not in the register */
export function readLines(
  records: readonly RecordedEvents[],
  scope: RegisterScope,
  kinds: readonly ReadonlySet<Fact['kind']>[],
): Line[] {
  const [first] = records;
  if (first === undefined) return [];
  const draft = newDraft(kinds);
  for (const record of records) enterRecord(draft, record, scope);
  return draft.changes.size === 0 ? [] : linesOf(first.ref, draft);
}

interface Draft {
  /** By the youth's version: one record is one change. */
  changes: Map<number, RegistrationChange>;
  person: Map<string, Fact>;
  /** By the kinds that are kept. */
  facts: { kinds: ReadonlySet<Fact['kind']>; known: Map<string, Fact> }[];
  protection: Map<string, Fact>;
  mergedInto: PersonRef | null;
  alerted: Map<string, IsoInstant>;
}

function newDraft(kinds: readonly ReadonlySet<Fact['kind']>[]): Draft {
  return {
    changes: new Map(),
    person: new Map(),
    facts: kinds.map((each) => ({ kinds: each, known: new Map() })),
    protection: new Map(),
    mergedInto: null,
    alerted: new Map(),
  };
}

function enterRecord(draft: Draft, record: RecordedEvents, scope: RegisterScope): void {
  for (const event of record.events) {
    if (event.type === 'FactRecorded') keepLatest(draft.protection, event.fact, protects(event.fact));
    enterChange(draft, record, event, scope);
    if (record.recorded <= scope.cutoff) enter(draft, record, event, scope);
  }
}

function protects({ kind }: Fact): boolean {
  return kind === 'Protection' || kind === 'Annulled';
}

function enter(draft: Draft, record: RecordedEvents, event: YouthEvent, scope: RegisterScope): void {
  switch (event.type) {
    case 'FactRecorded':
      for (const { kinds, known } of draft.facts) keepLatest(known, event.fact, kinds.has(event.fact.kind));
      keepLatest(draft.person, event.fact, event.fact.born !== null || event.fact.nameTag !== null);
      return;
    case 'AlertRaised':
    case 'AlertChanged': {
      const { kind, schoolYear, county, evidence } = event.alert;
      if (kind !== 'NY_TILMELDING' || schoolYear !== scope.schoolYear || county !== scope.county) return;
      for (const fact of evidence) {
        const first = draft.alerted.get(fact);
        if (first === undefined || record.recorded < first) draft.alerted.set(fact, record.recorded);
      }
      return;
    }
    case 'MergedInto':
      draft.mergedInto = event.survivor;
      return;
    case 'TilmeldingOpened':
    case 'TilmeldingChanged':
    case 'TilmeldingAnnulled':
    case 'StatusSet':
    case 'VersionNoted':
    case 'TimePassed':
    case 'DueMoved':
    case 'AlertWithdrawn':
    case 'WithheldForConsent':
    case 'NumberSeen':
    case 'ProtectionChanged':
      return;
  }
}

/** Also past the cut-off: readers of an earlier moment leave out what came after it. */
function enterChange(draft: Draft, record: RecordedEvents, event: YouthEvent, scope: RegisterScope): void {
  if (
    event.type !== 'TilmeldingOpened' &&
    event.type !== 'TilmeldingChanged' &&
    event.type !== 'TilmeldingAnnulled' &&
    event.type !== 'StatusSet'
  )
    return;
  if (event.schoolYear !== scope.schoolYear || event.county !== scope.county) return;
  draft.changes.set(record.version, merged(draft.changes.get(record.version), record, event));
}

/** A lower version that comes later is kept in the history and changes nothing. */
function keepLatest(facts: Map<string, Fact>, fact: Fact, wanted: boolean): void {
  if (!wanted) return;
  const key = factKey(fact);
  const known = facts.get(key);
  if (known === undefined || holdsOver(fact, known)) facts.set(key, fact);
}

/** Of one version the first received, in whatever order they are read; of a row without an id the last received. */
function holdsOver(one: Fact, other: Fact): boolean {
  if (one.version !== other.version) return one.version > other.version;
  return isUnnamed(one.id) ? one.received > other.received : one.received < other.received;
}

type RegistrationEvent = Extract<
  YouthEvent,
  { type: 'TilmeldingOpened' | 'TilmeldingChanged' | 'TilmeldingAnnulled' | 'StatusSet' }
>;

function merged(
  before: RegistrationChange | undefined,
  record: RecordedEvents,
  event: RegistrationEvent,
): RegistrationChange {
  const { version, recorded } = record;
  const open = event.type !== 'TilmeldingAnnulled';
  return {
    version,
    recorded,
    open,
    tilmeldingskode: event.type === 'TilmeldingAnnulled' ? null : event.tilmeldingskode,
    effective: 'effective' in event ? event.effective : (before?.effective ?? null),
    status: event.type === 'StatusSet' ? event.status : (before?.status ?? null),
  };
}

function linesOf(ref: PersonRef, draft: Draft): Line[] {
  const person = [...draft.person.values()].sort(byKnown);
  const line = {
    ref,
    born: person.findLast(({ born }) => born !== null)?.born ?? null,
    nameTag: person.findLast(({ nameTag }) => nameTag !== null)?.nameTag ?? null,
    changes: [...draft.changes.values()].sort((one, other) => one.version - other.version),
    protection: inOrder(draft.protection),
    mergedInto: draft.mergedInto,
    alerted: draft.alerted,
  };
  return draft.facts.map(({ known }) => ({ ...line, facts: inOrder(known) }));
}

function inOrder(facts: ReadonlyMap<string, Fact>): Fact[] {
  return [...facts].sort(by(([key]) => key)).map(([, fact]) => fact);
}
