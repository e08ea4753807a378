import type { Feed } from './statusEvent.ts';
import { FEEDS } from './statusEvent.ts';
import type { Youth } from './youth.ts';
import type { Fact } from './youthEvent.ts';

// The stored form of a youth: facts as arrays instead of objects, and nothing twice. A youth is read and written
// with every record about it; as plain objects its state is 2.4 kB after eight records, packed it is 1 kB.

type Kind = Fact['kind'];
type BodyOf<K extends Kind> = Exclude<keyof Extract<Fact, { kind: K }>, keyof Head | 'kind'>;
type Head = Pick<
  Fact,
  | 'feed'
  | 'source'
  | 'id'
  | 'version'
  | 'effective'
  | 'reported'
  | 'county'
  | 'born'
  | 'received'
  | 'firstReceived'
  | 'firstReceivedOn'
  | 'versions'
>;

/** The order of each kind's own fields. Never reorder, only append: stored youths are read by it. */
const BODY: { readonly [K in Kind]: readonly BodyOf<K>[] } = {
  NotApplied: ['schoolYear'],
  PlaceDeclined: ['schoolYear', 'code'],
  NoPlace: ['schoolYear', 'code'],
  NoShow: ['schoolYear', 'institution'],
  Applied: ['schoolYear'],
  Left: ['training', 'institution', 'reason', 'list', 'lostRight'],
  Started: ['training', 'institution', 'hovedskole'],
  AtRisk: ['institution', 'meeting'],
  Annulled: ['annuls'],
  ContactAttempt: ['channel', 'answered'],
  Contact: ['via', 'reason'],
  AdviserStatus: ['schoolYear', 'code', 'list', 'viaOt', 'basis', 'unit'],
  Recode: ['schoolYear', 'tilmeldingskode'],
  RegisterSeen: ['code', 'list', 'unit'],
  ContractSeen: ['institution', 'from', 'to'],
  Absent: ['list', 'run'],
  NavMatch: ['batch', 'month', 'answer', 'office'],
  Consent: ['side', 'party', 'state', 'at', 'validTo', 'legalBasis'],
};
/** Never reorder, only append. */
const KINDS: readonly Kind[] = [
  'NotApplied',
  'PlaceDeclined',
  'NoPlace',
  'NoShow',
  'Applied',
  'Left',
  'Started',
  'AtRisk',
  'Annulled',
  'ContactAttempt',
  'Contact',
  'AdviserStatus',
  'Recode',
  'RegisterSeen',
  'ContractSeen',
  'Absent',
  'NavMatch',
  'Consent',
];

/** Changes only when a stored youth could no longer be read: then an older form must be read as well. */
const FORM = 1;

type Packed = [
  form: typeof FORM,
  facts: unknown[][],
  registrations: Youth['registrations'],
  alerts: Youth['alerts'],
  asOf: Youth['asOf'],
  due: Youth['due'],
];

/** JSON text. */
export function packYouth(youth: Youth): string {
  const packed: Packed = [
    FORM,
    youth.facts.map(packFact),
    youth.registrations,
    youth.alerts,
    youth.asOf,
    youth.due,
  ];
  return JSON.stringify(packed);
}

/** @throws on a form this program does not know. */
export function unpackYouth(packed: unknown): Youth {
  if (!isPacked(packed)) throw new Error('a stored youth has a form this program does not know');
  const [, facts, registrations, alerts, asOf, due] = packed;
  return { facts: facts.map(unpackFact), registrations, alerts, asOf, due };
}

function isPacked(value: unknown): value is Packed {
  return Array.isArray(value) && value[0] === FORM && value.length === 6;
}

/** Where a fact's own fields begin. */
const HEAD = 11;

function packFact(fact: Fact): unknown[] {
  const { received, firstReceived, firstReceivedOn } = fact;
  const onlyVersion = fact.versions.length === 1 && fact.versions[0] === fact.version;
  const atOnce = firstReceived === received && received.startsWith(firstReceivedOn);
  const packed: unknown[] = [
    KINDS.indexOf(fact.kind),
    FEEDS.indexOf(fact.feed),
    fact.source,
    fact.id,
    onlyVersion ? fact.version : [fact.version, ...fact.versions],
    fact.effective,
    fact.reported,
    fact.county,
    fact.born,
    received,
    atOnce ? 0 : [firstReceived, firstReceivedOn],
  ];
  const values = fact as unknown as Record<string, unknown>;
  for (const field of BODY[fact.kind]) packed.push(values[field]);
  return packed;
}

function unpackFact(packed: unknown[]): Fact {
  const kind = KINDS[packed[0] as number];
  if (kind === undefined) throw new Error('a stored fact has a kind this program does not know');
  const versions = packed[4] as number | [number, ...number[]];
  const received = packed[9] as string;
  const first = packed[10] as 0 | [string, string];
  const fact: Record<string, unknown> = {
    feed: FEEDS[packed[1] as number] as Feed,
    source: packed[2],
    id: packed[3],
    version: typeof versions === 'number' ? versions : versions[0],
    effective: packed[5],
    reported: packed[6],
    county: packed[7],
    born: packed[8],
    kind,
    received,
    firstReceived: first === 0 ? received : first[0],
    firstReceivedOn: first === 0 ? received.slice(0, 10) : first[1],
    versions: typeof versions === 'number' ? [versions] : versions.slice(1),
  };
  const fields = BODY[kind];
  for (let index = 0; index < fields.length; index += 1) fact[fields[index] as string] = packed[HEAD + index];
  return fact as unknown as Fact;
}
