import type { CountyNumber } from '../../organisation.ts';
import { defaultPolicy, type Policy } from '../../policy.ts';
import { alwaysAnOwner } from '../../rules/followUp.ts';
import type { FactOf } from '../../youth/youthEvent.ts';
import type { Ledger } from '../facts/ledger.ts';
import { holdsOver } from '../facts/order.ts';
import { isAccepted } from './accepted.ts';
import { follows } from './restructuring.ts';

/** The OT unit that answers for the youth: the one an adviser named last, else the one that took the youth over, else
 *  the register's, else the county's. Throws when there is none (R50). */
export function ownerOf(ledger: Ledger, policy: Policy, county: CountyNumber): string {
  const owner =
    namedUnit(ledger.AdviserStatus, county) ??
    receivingUnit(ledger, county) ??
    namedUnit(ledger.RegisterSeen, county) ??
    unitOf(policy, county);
  if (alwaysAnOwner.applies({ owner })) throw new Error(alwaysAnOwner.leadsTo.message);
  return owner;
}

type NamesUnit = FactOf<'AdviserStatus'> | FactOf<'RegisterSeen'>;

function namedUnit(facts: readonly NamesUnit[], county: CountyNumber): string | null {
  let named: NamesUnit | null = null;
  for (const fact of facts) {
    if (fact.unit === null || !isOf(county, fact.county)) continue;
    if (named === null || holdsOver(fact, named)) named = fact;
  }
  return named?.unit ?? null;
}

function receivingUnit({ Handover: handovers }: Ledger, county: CountyNumber): string | null {
  let accepted: FactOf<'Handover'> | null = null;
  for (const fact of handovers) {
    if (fact.unit === null || !isAccepted(fact) || !isOf(county, fact.toCounty)) continue;
    if (accepted === null || holdsOver(fact, accepted)) accepted = fact;
  }
  return accepted?.unit ?? null;
}

/** The policy applies to its own county only, also under the numbers it has had and will have. */
function unitOf(policy: Policy, county: CountyNumber): string {
  if (isOf(county, policy.county) || follows(county, policy.county)) return policy.defaultOwner;
  return defaultPolicy(county).defaultOwner;
}

/** Reported in the county, or in the county it was before it was split or joined. */
function isOf(county: CountyNumber, said: CountyNumber): boolean {
  return said === county || follows(said, county);
}
