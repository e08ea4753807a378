import { onePerson } from '../../rules/person.ts';
import { schoolYearOf } from '../../schoolYear.ts';
import type { FactOf } from '../../youthEvent.ts';
import type { Renumbering } from '../facts/ledger.ts';
import { knownLater } from '../facts/order.ts';
import { type Findings, raise } from '../findings.ts';

/** OT had registered two who are one: a human looks over what the union has become (I05). So too when the change of
 *  number is taken back, for nothing but a human can tell which record was about whom. A status that is set after that
 *  is the answer. */
export function reviewMerge(findings: Findings): void {
  const { renumberings, statuses } = findings.ledger;
  if (renumberings.length === 0) return;
  const causes = renumberings.flatMap(causeOf);
  let last: Cause | null = null;
  for (const fact of causes) if (last === null || knownLater(fact, last)) last = fact;
  if (last === null) return;
  const { firstReceived: since, firstReceivedOn, county } = last;
  if (statuses.some((status) => status.firstReceived > since)) return;
  const { alert: kind, category } = onePerson.leadsTo;
  raise(findings, {
    kind,
    category,
    rule: onePerson.id,
    fact: last,
    schoolYear: schoolYearOf(firstReceivedOn),
    county,
    evidence: causes,
  });
}

type Cause = FactOf<'Renumbered'> | FactOf<'Annulled'>;

function causeOf({ fact, annulledBy }: Renumbering): Cause[] {
  const merged: Cause[] = onePerson.applies(fact) ? [fact] : [];
  return annulledBy === null ? merged : [...merged, annulledBy];
}
