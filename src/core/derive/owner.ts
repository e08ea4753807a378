import type { Policy } from '../policy.ts';
import { alwaysAnOwner } from '../rules/followUp.ts';
import type { FactOf } from '../youthEvent.ts';
import type { Ledger } from './ledger.ts';
import { holdsOver } from './order.ts';

/** The OT unit that answers for the youth: the one an adviser named last, else the register's, else the county's.
 *  Throws when there is none (R50). */
export function ownerOf(ledger: Ledger, policy: Policy, county: string): string {
  const owner =
    namedUnit(ledger.statuses, county) ?? namedUnit(ledger.registers, county) ?? policy.defaultOwner;
  if (alwaysAnOwner.applies({ owner })) throw new Error(alwaysAnOwner.leadsTo.message);
  return owner;
}

type NamesUnit = FactOf<'AdviserStatus'> | FactOf<'RegisterSeen'>;

function namedUnit(facts: readonly NamesUnit[], county: string): string | null {
  let named: NamesUnit | null = null;
  for (const fact of facts) {
    if (fact.unit === null || fact.county !== county) continue;
    if (named === null || holdsOver(fact, named)) named = fact;
  }
  return named?.unit ?? null;
}
