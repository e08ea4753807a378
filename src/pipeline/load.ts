import type { NumberClaim, PersonClaim, SourceKey } from '../core/feedAdapter.ts';
import type { OrgId } from '../core/organisation.ts';
import { distinctNumbers, type Fodselsnummer, NumberMap } from '../core/person/fodselsnummer.ts';
import { type NumberRef, type PersonRef, personOfNumber } from '../core/person/reference.ts';
import type { LoadedYouth, Store } from '../store/port.ts';
import type { Vault } from '../store/vault.ts';
import type { Reading } from './read.ts';

/** The people of a batch: who they are, and their youths as the database has them. */
export interface People {
  /** The reference under which the youth is known now: a number, or a record of the bridge's own, may be from before a
   *  merge. */
  refOf(claim: PersonClaim): PersonRef;
  /** The same, for a person who may be unknown: a broken row stores no new person, nor does a record that may not be kept. */
  knownRefOf(claim: PersonClaim): PersonRef | undefined;
  /** The reference that the vault gave the claim's number. */
  numberRefOf(claim: NumberClaim): NumberRef;
  /** Place of a reference in the order in which they were given; only for those that a change of number in the batch
   *  leads to. */
  metAs(ref: PersonRef): number;
  youths: Map<PersonRef, LoadedYouth>;
}

type Read = Pick<Reading, 'verdict' | 'asked'>;

/** Whom a record is about, who is stored if unknown. */
function claimsOf({ verdict, asked }: Read): PersonClaim[] {
  if (asked || !('person' in verdict)) return [];
  return verdict.kind === 'renumbered' ? [verdict.former, verdict.person] : [verdict.person];
}

/** Whom unusable rows are about, and records that are kept of those alone who have consented. */
function strayClaims(readings: readonly Read[]): PersonClaim[] {
  const stray: PersonClaim[] = [];
  for (const { verdict, asked } of readings) {
    if (verdict.kind === 'malformed' && verdict.row?.person) stray.push(verdict.row.person);
    if (asked && verdict.kind === 'event') stray.push(verdict.person);
  }
  return stray;
}

function numbersOf(claims: readonly PersonClaim[]): Fodselsnummer[] {
  return claims.flatMap((claim) => ('fodselsnummer' in claim ? [claim.fodselsnummer] : []));
}

async function refsOfKeys(
  store: Pick<Store, 'keyed'>,
  org: OrgId,
  claims: readonly PersonClaim[],
): Promise<ReadonlyMap<SourceKey, PersonRef>> {
  const keys = claims.flatMap((claim) => ('sourceKey' in claim ? [claim.sourceKey] : []));
  return keys.length === 0 ? new Map() : store.keyed(org, [...new Set(keys)]);
}

/** One round trip when all persons are known; a second one gives new persons a reference, one more finds the youth behind
 *  a merged reference, and the last asks which of those that a number change concerns was met first. */
export async function identify(
  parts: { store: Pick<Store, 'find' | 'resolve' | 'inOrderGiven' | 'load' | 'keyed'>; vault: Vault },
  org: OrgId,
  readings: readonly Read[],
): Promise<People> {
  const needed = readings.flatMap(claimsOf);
  const stray = strayClaims(readings);
  const claims = stray.length === 0 ? needed : [...needed, ...stray];
  const numbers = distinctNumbers(numbersOf(claims));
  const refOfKey = await refsOfKeys(parts.store, org, claims);
  const given = claims.flatMap((claim) => ('ref' in claim ? [claim.ref] : []));
  const refs = [...new Set([...given, ...refOfKey.values()])];
  const hmacs = numbers.map((fodselsnummer) => parts.vault.hmac(fodselsnummer));
  const { known, youths } = await parts.store.find(org, hmacs, refs);

  const refByNumber = new NumberMap<NumberRef>();
  const neededNumbers = new NumberMap<true>();
  if (stray.length > 0) for (const number of numbersOf(needed)) neededNumbers.set(number, true);
  const isNeeded = (number: Fodselsnummer) => stray.length === 0 || neededNumbers.has(number);
  const strangers: { fodselsnummer: Fodselsnummer; hmac: Buffer }[] = [];
  for (const [index, fodselsnummer] of numbers.entries()) {
    const ref = known[index];
    const hmac = hmacs[index];
    if (ref !== undefined) refByNumber.set(fodselsnummer, ref);
    else if (hmac && isNeeded(fodselsnummer)) strangers.push({ fodselsnummer, hmac });
  }
  if (strangers.length > 0) {
    const added = await parts.store.resolve(
      strangers.map(({ fodselsnummer, hmac }) => ({
        hmac,
        sealedNumber: () => parts.vault.seal(fodselsnummer),
      })),
    );
    for (const [index, { fodselsnummer }] of strangers.entries()) {
      const ref = added[index];
      if (ref !== undefined) refByNumber.set(fodselsnummer, ref);
    }
    // A number that is new here can still lead to a youth another lane met a moment ago.
    for (const [ref, youth] of await parts.store.load(org, added.map(personOfNumber))) youths.set(ref, youth);
  }
  await loadSurvivors(parts.store, org, youths);
  const numberRefOf = ({ fodselsnummer }: NumberClaim) => {
    const ref = refByNumber.get(fodselsnummer);
    if (ref === undefined) throw new Error('a person of the batch has no reference');
    return ref;
  };
  const knownRefOf = (claim: PersonClaim) => {
    const ref =
      'ref' in claim ? claim.ref : 'sourceKey' in claim ? refOfKey.get(claim.sourceKey) : numbered(claim);
    return ref === undefined ? undefined : survivorOf(youths, ref);
  };
  const numbered = ({ fodselsnummer }: NumberClaim) => {
    const ref = refByNumber.get(fodselsnummer);
    return ref === undefined ? undefined : personOfNumber(ref);
  };
  const refOf = (claim: PersonClaim) => {
    const ref = knownRefOf(claim);
    if (ref === undefined) throw new Error('a person of the batch has no reference');
    return ref;
  };
  const met = await orderOf(
    parts.store,
    readings
      .filter(({ verdict }) => verdict.kind === 'renumbered')
      .flatMap((reading) => claimsOf(reading).map(refOf)),
  );
  return {
    youths,
    refOf,
    knownRefOf,
    numberRefOf,
    metAs(ref) {
      const place = met.get(ref);
      if (place === undefined) throw new Error('a number that changed has no place among the references');
      return place;
    },
  };
}

async function orderOf(
  store: Pick<Store, 'inOrderGiven'>,
  refs: readonly PersonRef[],
): Promise<ReadonlyMap<PersonRef, number>> {
  if (refs.length === 0) return new Map();
  const ordered = await store.inOrderGiven([...new Set(refs)]);
  return new Map(ordered.map((ref, place) => [ref, place]));
}

/** A merged youth may have been merged again: as many rounds as the longest such row. */
async function loadSurvivors(
  store: Pick<Store, 'load'>,
  org: OrgId,
  youths: Map<PersonRef, LoadedYouth>,
): Promise<void> {
  for (;;) {
    const missing = new Set<PersonRef>();
    for (const { mergedInto } of youths.values())
      if (mergedInto !== null && !youths.has(mergedInto)) missing.add(mergedInto);
    if (missing.size === 0) return;
    for (const [ref, youth] of await store.load(org, [...missing])) youths.set(ref, youth);
  }
}

function survivorOf(youths: ReadonlyMap<PersonRef, LoadedYouth>, ref: PersonRef): PersonRef {
  for (let at = ref; ; ) {
    const into = youths.get(at)?.mergedInto ?? null;
    if (into === null) return at;
    at = into;
  }
}
