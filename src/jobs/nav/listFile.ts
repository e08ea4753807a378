import type { OrgId } from '../../core/organisation.ts';
import { currentNumber } from '../../core/person/currentNumber.ts';
import type { Fodselsnummer } from '../../core/person/fodselsnummer.ts';
import { readIdentityNumber } from '../../core/person/identityNumber.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import type { NavFileRow } from '../../reports/navListFile.ts';
import type { NavRow } from '../../store/navPort.ts';
import type { Operations } from '../../store/operationsPort.ts';
import type { Vault } from '../../store/vault.ts';

export interface ListFileParts {
  operations: Pick<Operations, 'identities'>;
  vault: Pick<Vault, 'openNumber'>;
  environment: 'test' | 'production';
}

/** The number of each person that NAV can know; one with a fictive number alone has none. */
export async function numbersOf(
  { operations, vault, environment }: ListFileParts,
  org: OrgId,
  refs: readonly PersonRef[],
): Promise<Map<PersonRef, Fodselsnummer>> {
  const sealed = await operations.identities(org, refs);
  const found = new Map<PersonRef, Fodselsnummer>();
  for (const ref of refs) {
    const numbers = (sealed.get(ref)?.numbers ?? []).map((each) => vault.openNumber(each));
    const number = currentNumber(numbers, environment);
    if (number === undefined) continue;
    const reading = readIdentityNumber(number.reveal(), environment);
    if (reading.ok && reading.kind !== 'fiktivt') found.set(ref, number);
  }
  return found;
}

/** A row as it is given to NAV. */
export function fileRow({ matchId, consentVersion }: NavRow, number: Fodselsnummer): NavFileRow {
  return { matchId, fodselsnummer: number.reveal(), samtykke: consentVersion };
}
