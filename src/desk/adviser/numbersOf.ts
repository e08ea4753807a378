import type { Organisation } from '../../core/organisation.ts';
import { currentNumber } from '../../core/person/currentNumber.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import type { DeskParts } from '../parts.ts';

/** The number each person has now, out of the vault and for a record alone; one without any is absent. */
export async function numbersOf(
  { operations, vault, environment }: Pick<DeskParts, 'operations' | 'vault' | 'environment'>,
  { id }: Organisation,
  refs: readonly PersonRef[],
): Promise<Map<PersonRef, string>> {
  const found = new Map<PersonRef, string>();
  for (const [ref, sealed] of await operations.identities(id, refs)) {
    const number = currentNumber(
      sealed.numbers.map((each) => vault.openNumber(each)),
      environment,
    );
    if (number !== undefined) found.set(ref, number.reveal());
  }
  return found;
}
