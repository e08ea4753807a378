import { randomUUID } from 'node:crypto';
import type { AdapterContext, FeedAdapter, ListEnvelope } from '../core/feedAdapter.ts';
import { distinctNumbers, type Fodselsnummer, NumberMap } from '../core/person/fodselsnummer.ts';
import type { NumberRef } from '../core/person/reference.ts';
import type { Store } from '../store/port.ts';
import type { Vault } from '../store/vault.ts';

/** Person references for identity numbers, in the same order; unknown numbers get a new one. */
export async function referencesOf(
  parts: { store: Pick<Store, 'resolve'>; vault: Vault },
  numbers: readonly Fodselsnummer[],
): Promise<NumberRef[]> {
  return parts.store.resolve(
    numbers.map((fodselsnummer) => ({
      hmac: parts.vault.hmac(fodselsnummer),
      sealedNumber: () => parts.vault.seal(fodselsnummer),
    })),
  );
}

/** Kafka keys for the rows of a list: the person's reference, or a random key where the person cannot be read. */
export async function rowKeys(
  parts: {
    store: Pick<Store, 'resolve'>;
    vault: Vault;
    adapter: FeedAdapter;
    context: AdapterContext;
    received: string;
  },
  rows: readonly unknown[],
  envelope: ListEnvelope,
): Promise<string[]> {
  const people = rows.map((value) => {
    const verdict = parts.adapter.read({ value, received: parts.received, envelope }, parts.context);
    return 'person' in verdict ? verdict.person : null;
  });
  const numbers = distinctNumbers(
    people.flatMap((person) => (person === null || 'ref' in person ? [] : [person.fodselsnummer])),
  );
  const refs = await referencesOf(parts, numbers);
  const refOf = new NumberMap<NumberRef>();
  for (const [index, ref] of refs.entries()) {
    const fodselsnummer = numbers[index];
    if (fodselsnummer !== undefined) refOf.set(fodselsnummer, ref);
  }
  return people.map((person) => {
    if (person && 'ref' in person) return person.ref;
    return (person && refOf.get(person.fodselsnummer)) ?? randomUUID();
  });
}
