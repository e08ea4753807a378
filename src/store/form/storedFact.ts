import { wishStatus } from '../../core/codelists/wishStatus.ts';
import { readNumbers } from '../../core/person/knownNumber.ts';
import { FACT_KINDS } from '../../core/youth/factKinds.ts';
import { FEEDS } from '../../core/youth/statusEvent.ts';
import type { Fact } from '../../core/youth/youthEvent.ts';
import { numbered } from './numbered.ts';

// Stored form of a fact: a row of values. 0 = derivable, from the previous fact of the youth or from the instant of
// receipt. No field of a fact is the number 0.

interface StoredKind {
  stored: number;
  fields: object;
  optionalFrom?: number;
}

/** A kind that is no longer written but still stored, read as another. */
const RETIRED = { NoPlace: { stored: 2, fields: { schoolYear: null, code: null } } };

interface Row {
  kind: string;
  /** The kind's own fields by position. */
  fields: readonly string[];
  optionalFrom: number;
}

/** By the kind's number. */
const ROWS: Row[] = [];
for (const [kind, row] of Object.entries<StoredKind>({ ...FACT_KINDS, ...RETIRED })) {
  const fields = Object.keys(row.fields);
  ROWS[row.stored] = { kind, fields, optionalFrom: row.optionalFrom ?? fields.length };
}

function rowOf(stored: number): Row {
  const row = ROWS[stored];
  if (row === undefined) throw new Error('something stored has a kind this program does not know');
  return row;
}

/** Index of a fact's first own field. */
const HEAD = 12;

const FEED = numbered(FEEDS);

/** @param before the previous fact of the list, null for the first or a single one. */
export function packFact(fact: Fact, before: Fact | null): unknown[] {
  const { kind, version, versions, effective, received, firstReceived, firstReceivedOn } = fact;
  const onlyVersion = versions.length === 1 && versions[0] === version;
  const day = received.slice(0, 10);
  const atOnce = firstReceived === received && firstReceivedOn === day;
  const { stored } = FACT_KINDS[kind];
  const packed: unknown[] = [
    stored,
    FEED.numberOf(fact.feed),
    fact.source === before?.source ? 0 : fact.source,
    fact.id,
    onlyVersion ? version : [version, ...versions],
    effective === day ? 0 : effective,
    fact.reported === before?.reported ? 0 : fact.reported,
    fact.county === before?.county ? 0 : fact.county,
    fact.born === before?.born ? 0 : fact.born,
    fact.nameTag === before?.nameTag ? 0 : fact.nameTag,
    received,
    atOnce ? 0 : [firstReceived, firstReceivedOn],
    // Preallocated for the largest kind: a growing array leaves its first half to the garbage collector.
    0,
    0,
    0,
    0,
    0,
    0,
  ];
  const values = fieldsOf(fact);
  const known = before?.kind === kind ? fieldsOf(before) : null;
  const { fields } = rowOf(stored);
  let length = HEAD;
  for (let i = 0; i < fields.length; i += 1) {
    const field = fields[i] as string;
    const value = values[field];
    packed[HEAD + i] = value === undefined ? null : known !== null && known[field] === value ? 0 : value;
    if (value !== undefined) length = HEAD + i + 1;
  }
  // Trailing fields that the source left out take no room.
  packed.length = length;
  return packed;
}

/** @throws on an unknown kind. */
export function unpackFact(packed: readonly unknown[], before: Fact | null): Fact {
  const { kind, fields, optionalFrom } = rowOf(packed[0] as number);
  const versions = packed[4] as number | [number, ...number[]];
  const received = packed[10] as string;
  const day = received.slice(0, 10);
  const first = packed[11] as 0 | [string, string];
  const fact: Record<string, unknown> = {
    feed: FEED.at(packed[1] as number),
    source: packed[2] === 0 ? before?.source : packed[2],
    id: packed[3],
    version: typeof versions === 'number' ? versions : versions[0],
    effective: packed[5] === 0 ? day : packed[5],
    reported: packed[6] === 0 ? before?.reported : packed[6],
    county: packed[7] === 0 ? before?.county : packed[7],
    born: packed[8] === 0 ? before?.born : packed[8],
    nameTag: packed[9] === 0 ? before?.nameTag : packed[9],
    kind,
    received,
    firstReceived: first === 0 ? received : first[0],
    firstReceivedOn: first === 0 ? day : first[1],
    versions: typeof versions === 'number' ? [versions] : versions.slice(1),
  };
  for (let i = 0; i < fields.length; i += 1) {
    const field = fields[i] as string;
    const value = packed[HEAD + i];
    if (i >= optionalFrom && (value === undefined || value === null)) continue;
    fact[field] = value === 0 && before !== null ? fieldsOf(before)[field] : value;
  }
  if (kind === 'PlaceDeclined' || kind === 'NoPlace') readNo(fact);
  if (kind === 'Renumbered') fact.numberRefs = readNumbers(fact.numberRefs, fact.firstReceived as string);
  return fact as unknown as Fact;
}

/** A wish that was answered no was once a kind of its own, without the school. */
function readNo(fact: Record<string, unknown>): void {
  fact.institution ??= null;
  const { code } = fact;
  if (typeof code === 'string' && wishStatus(code)?.code === code) fact.kind = 'Wish';
}

/** The table of kinds holds the fields to their kinds. */
function fieldsOf(fact: Fact): Record<string, unknown> {
  return fact as unknown as Record<string, unknown>;
}
