import type { LoadedYouth, Store } from '../store/port.ts';
import type { Vault } from '../store/vault.ts';
import type { PersonClaim, Verdict } from './adapter.ts';

/** The people of a batch: who they are, and their youths as the database has them. */
export interface People {
  /** The reference under which the youth is known now: a number, or a record of the bridge's own, may be from before a
   *  merge. */
  refOf(claim: PersonClaim): string;
  youths: Map<string, LoadedYouth>;
}

/** Whom a record is about. */
export function claimsOf(verdict: Verdict): PersonClaim[] {
  if (!('person' in verdict)) return [];
  return verdict.verdict === 'renumbered' ? [verdict.former, verdict.person] : [verdict.person];
}

/** One round trip when everybody is known; a second one gives newcomers a reference, and one more finds the youth behind
 *  a reference that was merged into another. */
export async function identify(
  parts: { store: Pick<Store, 'find' | 'resolve' | 'load'>; vault: Vault },
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
  await loadSurvivors(parts.store, org, youths);
  return {
    youths,
    refOf(claim) {
      const ref = 'ref' in claim ? claim.ref : refByNumber.get(claim.number);
      if (!ref) throw new Error('a person of the batch has no reference');
      return survivorOf(youths, ref);
    },
  };
}

/** A merged youth may have been merged again: as many rounds as the longest such row. */
async function loadSurvivors(
  store: Pick<Store, 'load'>,
  org: string,
  youths: Map<string, LoadedYouth>,
): Promise<void> {
  for (;;) {
    const missing = new Set<string>();
    for (const { mergedInto } of youths.values())
      if (mergedInto !== null && !youths.has(mergedInto)) missing.add(mergedInto);
    if (missing.size === 0) return;
    for (const [ref, youth] of await store.load(org, [...missing])) youths.set(ref, youth);
  }
}

function survivorOf(youths: ReadonlyMap<string, LoadedYouth>, ref: string): string {
  for (let at = ref; ; ) {
    const into = youths.get(at)?.mergedInto ?? null;
    if (into === null) return at;
    at = into;
  }
}
