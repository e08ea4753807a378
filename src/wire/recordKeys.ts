import { createHash } from 'node:crypto';
import type { PersonClaim, Verdict } from '../core/feedAdapter.ts';
import { distinctNumbers, type Fodselsnummer, NumberMap } from '../core/person/fodselsnummer.ts';
import type { NumberRef } from '../core/person/reference.ts';
import type { Store } from '../store/port.ts';
import type { Vault } from '../store/vault.ts';

interface Parts {
  store: Pick<Store, 'resolve'>;
  vault: Pick<Vault, 'hmac' | 'seal'>;
}

/** Whom a record is about; null where its adapter cannot read it, and for records about no person. */
export function personIn(verdict: Verdict): PersonClaim | null {
  return 'person' in verdict ? verdict.person : null;
}

export interface UnkeyedRecord {
  person: PersonClaim | null;
  /** Makes the key where there is no person. Random in itself, never anything of the content; the same whenever the
   *  record is sent again, where a repetition is to reach the same partition. */
  token: string;
}

/** Kafka keys of records, in the same order: the person's reference, so that all records of a person go to one
 *  partition in order; opaque where there is no person (the record ends in quarantine). Never the number. */
export async function recordKeys(parts: Parts, records: readonly UnkeyedRecord[]): Promise<string[]> {
  const numbers = distinctNumbers(
    records.flatMap(({ person }) =>
      person !== null && 'fodselsnummer' in person ? [person.fodselsnummer] : [],
    ),
  );
  const refs = numbers.length > 0 ? await referencesOf(parts, numbers) : [];
  const refOf = new NumberMap<NumberRef>();
  for (const [index, fodselsnummer] of numbers.entries()) {
    const ref = refs[index];
    if (ref === undefined) throw new Error('the vault gave fewer references than it was asked for');
    refOf.set(fodselsnummer, ref);
  }
  return records.map(({ person, token }) => {
    if (person === null || 'sourceKey' in person) return opaque(token);
    return 'ref' in person ? person.ref : (refOf.get(person.fodselsnummer) ?? opaque(token));
  });
}

/** The vault's references of identity numbers, in the same order; unknown numbers get a new one. */
export async function referencesOf(
  { store, vault }: Parts,
  numbers: readonly Fodselsnummer[],
): Promise<NumberRef[]> {
  return store.resolve(
    numbers.map((fodselsnummer) => ({
      hmac: vault.hmac(fodselsnummer),
      sealedNumber: () => vault.seal(fodselsnummer),
    })),
  );
}

function opaque(token: string): string {
  return createHash('sha256').update(token).digest('hex').slice(0, 32);
}
