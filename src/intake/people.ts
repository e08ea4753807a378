import type { LoadedYouth, Store } from '../store/port.ts';
import type { Vault } from '../store/vault.ts';
import type { PersonClaim } from './adapter.ts';

/** The people of a batch: who they are, and their youths as the database has them. */
export interface People {
  refOf(claim: PersonClaim): string;
  youths: Map<string, LoadedYouth>;
}

/** One round trip when everybody is known; a second one gives newcomers a reference. */
export async function identify(
  parts: { store: Store; vault: Vault },
  org: string,
  claims: readonly PersonClaim[],
): Promise<People> {
  const numbers = [...new Set(claims.flatMap((claim) => ('number' in claim ? [claim.number] : [])))];
  const refs = [...new Set(claims.flatMap((claim) => ('ref' in claim ? [claim.ref] : [])))];
  const hmacs = numbers.map((number) => parts.vault.hmac(number));
  const { known, youths } = await parts.store.find(org, hmacs, refs);

  const refByNumber = new Map<string, string>();
  const strangers: { number: string; hmac: Buffer }[] = [];
  for (const [index, number] of numbers.entries()) {
    const ref = known[index];
    const hmac = hmacs[index];
    if (ref !== undefined) refByNumber.set(number, ref);
    else if (hmac) strangers.push({ number, hmac });
  }
  if (strangers.length > 0) {
    const added = await parts.store.resolve(
      strangers.map(({ number, hmac }) => ({
        hmac,
        sealedNumber: () => parts.vault.seal(Buffer.from(number)),
      })),
    );
    for (const [index, { number }] of strangers.entries()) refByNumber.set(number, added[index] ?? '');
    // A number that is new here can still lead to a youth another lane met a moment ago.
    for (const [ref, youth] of await parts.store.load(org, added)) youths.set(ref, youth);
  }
  return {
    youths,
    refOf(claim) {
      if ('ref' in claim) return claim.ref;
      const ref = refByNumber.get(claim.number);
      if (!ref) throw new Error('a person of the batch has no reference');
      return ref;
    },
  };
}
