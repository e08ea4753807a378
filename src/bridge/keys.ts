import { randomUUID } from 'node:crypto';
import type { AdapterContext, FeedAdapter, ListEnvelope } from '../core/feedAdapter.ts';
import type { NumberRef } from '../core/person/reference.ts';
import type { Store } from '../store/port.ts';
import type { Vault } from '../store/vault.ts';

/** Person references for identity numbers, in the same order; unknown numbers get a new one. */
export async function referencesOf(
  parts: { store: Pick<Store, 'resolve'>; vault: Vault },
  numbers: readonly string[],
): Promise<NumberRef[]> {
  return parts.store.resolve(
    numbers.map((number) => ({
      hmac: parts.vault.hmac(number),
      sealedNumber: () => parts.vault.seal(Buffer.from(number)),
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
  const numbers = [
    ...new Set(people.flatMap((person) => (person && 'number' in person ? [person.number] : []))),
  ];
  const refs = await referencesOf(parts, numbers);
  const refOf = new Map(numbers.map((number, index) => [number, refs[index] ?? randomUUID()]));
  return people.map((person) => {
    if (person && 'ref' in person) return person.ref;
    return (person && refOf.get(person.number)) ?? randomUUID();
  });
}
