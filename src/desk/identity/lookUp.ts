import { currentName } from '../../core/derive/person/currentName.ts';
import type { Organisation, OrgId } from '../../core/organisation.ts';
import { currentNumber } from '../../core/person/currentNumber.ts';
import type { Fodselsnummer } from '../../core/person/fodselsnummer.ts';
import type { Purpose } from '../../core/person/identityPurpose.ts';
import type { WrittenName } from '../../core/person/personName.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import { gradeAt } from '../../core/protection/grade.ts';
import { hiddenIdentity } from '../../core/rules/protection.ts';
import { type IsoInstant, instantOf } from '../../core/time/date.ts';
import type { Youth } from '../../core/youth/youth.ts';
import type { SealedIdentity } from '../../store/identityPort.ts';
import { readable } from '../../store/readable.ts';
import type { DeskParts } from '../parts.ts';

export interface Identity {
  ref: PersonRef;
  /** The number the person has now. */
  fodselsnummer: Fodselsnummer;
  /** As last reported; null when no record had a name, or the county keeps none. */
  name: WrittenName | null;
  /** When the name first came. */
  nameReported: IsoInstant | null;
  /** How many other numbers lead to the person. */
  otherNumbers: number;
}

export interface LookedUp {
  given: Identity[];
  /** Identity protected, protection unreadable, or records parked that may hold a protection. */
  refused: { ref: PersonRef; why: 'PROTECTED' | 'UNREADABLE' | 'PARKED' }[];
  unknown: PersonRef[];
}

/** How lookups are asked for. */
export interface Asking {
  purpose: Purpose;
  /** Called with those asked for, before anything is looked up. @throws DeskRefusal TOO_MANY_PERSONS */
  counted(persons: readonly string[]): Promise<void>;
}

export type LookUpParts = Pick<
  DeskParts,
  'queries' | 'operations' | 'vault' | 'policyOf' | 'environment' | 'now' | 'log'
>;

/** Who the references are. Each is checked for protection. */
export async function lookUp(
  parts: LookUpParts,
  organisation: Organisation,
  refs: readonly PersonRef[],
  { counted, purpose }: Asking,
): Promise<LookedUp> {
  await counted(refs);
  const { id: org } = organisation;
  const moment = (await parts.operations.virtualNow(org)) ?? instantOf(parts.now());
  const found: LookedUp = { given: [], refused: [], unknown: [] };
  const open: { ref: PersonRef; youth: Youth }[] = [];
  const youths = await parts.queries.youthsNamed(org, [...new Set(refs)]);
  for (const ref of new Set(refs)) {
    const loaded = youths.get(ref);
    if (loaded === undefined) found.unknown.push(ref);
    else {
      const youth = readable(loaded);
      if (youth === undefined) found.refused.push({ ref: loaded.ref, why: 'UNREADABLE' });
      else if (hiddenIdentity.applies({ grade: gradeAt(youth.facts, moment) }))
        found.refused.push({ ref: loaded.ref, why: 'PROTECTED' });
      else if (loaded.parked) found.refused.push({ ref: loaded.ref, why: 'PARKED' });
      else open.push({ ref: loaded.ref, youth });
    }
  }
  const sealed = await parts.operations.identities(
    org,
    open.map(({ ref }) => ref),
  );
  for (const { ref, youth } of open) {
    const identity = identityOf(parts, org, { ref, youth }, sealed.get(ref));
    if (identity === undefined) found.unknown.push(ref);
    else found.given.push(identity);
  }
  parts.log({
    event: 'identified',
    org,
    purpose,
    given: found.given.length,
    refused: found.refused.length,
  });
  return found;
}

function identityOf(
  { vault, policyOf, environment }: Pick<LookUpParts, 'vault' | 'policyOf' | 'environment'>,
  org: OrgId,
  { ref, youth }: { ref: PersonRef; youth: Youth },
  sealed: SealedIdentity | undefined,
): Identity | undefined {
  const numbers = (sealed?.numbers ?? []).map((each) => vault.openNumber(each));
  const fodselsnummer = currentNumber(numbers, environment);
  if (fodselsnummer === undefined) return undefined;
  const policy = policyOf(org);
  const tag = policy.keepNames ? currentName(youth.facts, policy) : null;
  const kept = tag === null ? undefined : sealed?.names.find((name) => name.tag === tag);
  return {
    ref,
    fodselsnummer,
    name: kept === undefined ? null : vault.openName(kept.sealed),
    nameReported: kept?.reported ?? null,
    otherNumbers: numbers.length - 1,
  };
}
