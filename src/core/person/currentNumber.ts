import type { Fodselsnummer } from './fodselsnummer.ts';
import { type IdentityKind, readIdentityNumber } from './identityNumber.ts';

/** Numbers change from fictive to D-number to fødselsnummer and never back (§2.5), so the kind shows which came last. */
const RANK: Readonly<Record<IdentityKind, number>> = {
  fiktivt: 0,
  'd-nummer': 1,
  'd-tenor': 1,
  'd-h-nummer': 1,
  fodselsnummer: 2,
  'h-nummer': 2,
  tenor: 2,
};

/** The number a person has now: of two of one kind, the one received last.
 *  @param numbers all of one person's, in order of receipt */
export function currentNumber(
  numbers: readonly Fodselsnummer[],
  environment: 'test' | 'production',
): Fodselsnummer | undefined {
  let current: { number: Fodselsnummer; rank: number } | undefined;
  for (const number of numbers) {
    const reading = readIdentityNumber(number.reveal(), environment);
    const rank = reading.ok ? RANK[reading.kind] : -1;
    if (current === undefined || rank >= current.rank) current = { number, rank };
  }
  return current?.number;
}
