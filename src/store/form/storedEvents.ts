import { factKey } from '../../core/youth/youth.ts';
import type { Fact, YouthEvent } from '../../core/youth/youthEvent.ts';
import { packFact, unpackFact } from './storedFact.ts';
import { type PackedAlert, packAlert, packStatus, unpackAlert, unpackStatus } from './storedRegistration.ts';

// Stored form of one record's events: `[form, event, event …]`. Frequent and large events are rows that begin with
// their type, the others stay plain objects: 350 bytes a record on average against 810 as plain objects.

/** Raise it only when stored events could no longer be read; the older form must then be read too. */
const FORM = 1;

type VersionNoted = Extract<YouthEvent, { type: 'VersionNoted' }>;
type StatusSet = Extract<YouthEvent, { type: 'StatusSet' }>;

type PackedEvent =
  | [type: 'FactRecorded', fact: unknown[]]
  | [
      type: 'VersionNoted',
      fact: unknown[],
      /** Of the known row, where the fact is another row without an id. */
      known?: [key: VersionNoted['key'], version: VersionNoted['version']],
    ]
  | [
      type: 'StatusSet',
      schoolYear: StatusSet['schoolYear'],
      county: StatusSet['county'],
      status: ReturnType<typeof packStatus>,
      tilmeldingskode: StatusSet['tilmeldingskode'],
      owner: StatusSet['owner'],
      /** Null when the registration is new. */
      before: [list: string, group: number, targetGroup: boolean] | null,
    ]
  | [type: 'AlertRaised' | 'AlertChanged', alert: PackedAlert]
  | [
      type: 'AlertWithdrawn',
      alert: PackedAlert,
      rule: Extract<YouthEvent, { type: 'AlertWithdrawn' }>['rule'],
    ]
  | StoredNumberSeen
  | StoredAsIs;

type StoredAsIs = Exclude<
  YouthEvent,
  { type: 'FactRecorded' | 'StatusSet' | 'AlertRaised' | 'AlertChanged' | 'AlertWithdrawn' | 'NumberSeen' }
>;

type NumberSeen = Extract<YouthEvent, { type: 'NumberSeen' }>;
/** `number` holds the number's reference, never the number. */
type StoredNumberSeen = Omit<NumberSeen, 'numberRef'> & { number: NumberSeen['numberRef'] };

/** JSON text. */
export function packEvents(events: readonly YouthEvent[]): string {
  const packed: [typeof FORM, ...PackedEvent[]] = [FORM];
  for (const event of events) packed.push(pack(event));
  return JSON.stringify(packed);
}

/** @throws on an unknown form. */
export function unpackEvents(packed: unknown): YouthEvent[] {
  if (!isPacked(packed)) throw new Error('stored events have a form this program does not know');
  const [, ...events] = packed;
  return events.map(unpack);
}

function isPacked(value: unknown): value is [typeof FORM, ...PackedEvent[]] {
  return Array.isArray(value) && value[0] === FORM;
}

function pack(event: YouthEvent): PackedEvent {
  switch (event.type) {
    case 'FactRecorded':
      return [event.type, packFact(event.fact, null)];
    case 'StatusSet': {
      const { type, schoolYear, county, status, tilmeldingskode, owner, before } = event;
      const group = before === undefined ? null : packGroup(before);
      return [type, schoolYear, county, packStatus(status), tilmeldingskode, owner, group];
    }
    case 'AlertRaised':
    case 'AlertChanged':
      return [event.type, packAlert(event.alert)];
    case 'AlertWithdrawn':
      return [event.type, packAlert(event.alert), event.rule];
    case 'VersionNoted':
      return event.fact === null ? event : packNoted(event, event.fact);
    case 'TimePassed':
    case 'DueMoved':
    case 'TilmeldingOpened':
    case 'TilmeldingChanged':
    case 'TilmeldingAnnulled':
    case 'WithheldForConsent':
    case 'MergedInto':
    case 'ProtectionChanged':
      return event;
    case 'NumberSeen':
      return { type: event.type, number: event.numberRef, since: event.since };
  }
}

function unpackPlain(event: StoredAsIs | StoredNumberSeen): YouthEvent {
  switch (event.type) {
    case 'NumberSeen':
      return { type: event.type, numberRef: event.number, since: event.since };
    // Once stored without the fact.
    case 'VersionNoted':
      return { ...event, fact: null };
    default:
      return event;
  }
}

function packNoted({ type, key, version }: VersionNoted, fact: Fact): PackedEvent {
  const packed = packFact(fact, null);
  return key === factKey(fact) && version === fact.version ? [type, packed] : [type, packed, [key, version]];
}

function versionNoted(fact: Fact, known: [key: string, version: number] | undefined): YouthEvent {
  const [key, version] = known ?? [factKey(fact), fact.version];
  const { received, firstReceivedOn: receivedOn } = fact;
  return { type: 'VersionNoted', key, version, received, receivedOn, fact };
}

function packGroup({
  list,
  group,
  targetGroup,
}: NonNullable<StatusSet['before']>): [string, number, boolean] {
  return [list, group, targetGroup];
}

function unpack(packed: PackedEvent): YouthEvent {
  if (!Array.isArray(packed)) return unpackPlain(packed);
  switch (packed[0]) {
    case 'FactRecorded':
      return { type: packed[0], fact: unpackFact(packed[1], null) };
    case 'VersionNoted':
      return versionNoted(unpackFact(packed[1], null), packed[2]);
    case 'StatusSet': {
      const [type, schoolYear, county, status, tilmeldingskode, owner, group] = packed;
      const set = { type, schoolYear, county, status: unpackStatus(status), tilmeldingskode, owner };
      if (group === null) return set;
      const [list, number, targetGroup] = group;
      return { ...set, before: { list, group: number, targetGroup } };
    }
    case 'AlertRaised':
    case 'AlertChanged':
      return { type: packed[0], alert: unpackAlert(packed[1]) };
    case 'AlertWithdrawn':
      return { type: packed[0], alert: unpackAlert(packed[1]), rule: packed[2] };
  }
}
