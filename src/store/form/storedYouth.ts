import type { PersonRef } from '../../core/person/reference.ts';
import type { IsoInstant } from '../../core/time/date.ts';
import type { Youth } from '../../core/youth/youth.ts';
import type { Fact } from '../../core/youth/youthEvent.ts';
import { packFact, unpackFact } from './storedFact.ts';
import {
  type PackedAlert,
  type PackedRegistration,
  packAlert,
  packRegistration,
  unpackAlert,
  unpackRegistration,
} from './storedRegistration.ts';

// The stored form of a youth: rows of values instead of objects, and nothing twice. A youth is read and written with
// every record about it: 760 bytes a youth of the sample county on average, against 2,440 as plain objects.

/** Raise it only when a stored youth could no longer be read; the older form must then be read too. */
const FORM = 1;

type Packed = [
  form: typeof FORM,
  facts: unknown[][],
  registrations: PackedRegistration[],
  alerts: PackedAlert[],
  /** 0 = the latest receipt among the facts (nearly always). */
  asOf: Youth['asOf'] | 0,
  due: Youth['due'],
  /** Only of a youth that was merged into another. */
  mergedInto?: PersonRef,
];

/** JSON text. */
export function packYouth(youth: Youth): string {
  const { facts, registrations, alerts, asOf, due, mergedInto } = youth;
  const packed: Packed = [
    FORM,
    facts.map((fact, i) => packFact(fact, facts[i - 1] ?? null)),
    registrations.map(packRegistration),
    alerts.map(packAlert),
    asOf === latestReceipt(facts) ? 0 : asOf,
    due,
  ];
  if (mergedInto !== null) packed.push(mergedInto);
  return JSON.stringify(packed);
}

/** @throws on an unknown form. */
export function unpackYouth(packed: unknown): Youth {
  if (!isPacked(packed)) throw new Error('a stored youth has a form this program does not know');
  const [, rows, registrations, alerts, asOf, due, mergedInto = null] = packed;
  const facts: Fact[] = [];
  let before: Fact | null = null;
  for (const row of rows) {
    before = unpackFact(row, before);
    facts.push(before);
  }
  return {
    facts,
    registrations: registrations.map(unpackRegistration),
    alerts: alerts.map(unpackAlert),
    asOf: asOf === 0 ? latestReceipt(facts) : asOf,
    due,
    mergedInto,
  };
}

function latestReceipt(facts: readonly Fact[]): IsoInstant | null {
  let latest: IsoInstant | null = null;
  for (const { received } of facts) if (latest === null || received > latest) latest = received;
  return latest;
}

function isPacked(value: unknown): value is Packed {
  return Array.isArray(value) && value[0] === FORM && (value.length === 6 || value.length === 7);
}
