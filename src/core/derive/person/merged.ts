import { onePerson } from '../../rules/person.ts';
import { schoolYearOf } from '../../time/schoolYear.ts';
import { compareKeys } from '../../youth/factOrder.ts';
import type { Fact } from '../../youth/youthEvent.ts';
import type { Renumbering } from '../facts/ledger.ts';
import { type Findings, raise } from '../findings.ts';
import { joinings } from './joined.ts';

/** OT had registered two who are one: an adviser reviews the result of the merge (I05). So too when the change of number
 *  is taken back, for only a person can say which record was about whom. A status that is set after that is the
 *  answer. */
export function reviewMerge(findings: Findings): void {
  const { renumberings, AdviserStatus: statuses } = findings.ledger;
  if (renumberings.length === 0) return;
  const causes = causesIn(renumberings);
  let last: MergeCause | null = null;
  for (const cause of causes) if (last === null || isLater(cause, last)) last = cause;
  if (last === null) return;
  const { fact, since } = last;
  if (statuses.some((status) => status.firstReceived > since)) return;
  const { alert: kind, category } = onePerson.leadsTo;
  raise(findings, {
    kind,
    category,
    rule: onePerson.id,
    fact,
    schoolYear: schoolYearOf(fact.firstReceivedOn),
    county: fact.county,
    evidence: causes.map((cause) => cause.fact),
  });
}

interface MergeCause {
  fact: Fact;
  since: string;
}

function causesIn(renumberings: readonly Renumbering[]): MergeCause[] {
  const joined = joinings(renumberings.map(({ fact }) => fact)).map(({ fact, told }) => ({
    fact,
    since: told,
  }));
  const undone = renumberings.flatMap(({ annulledBy: fact }) =>
    fact === null ? [] : [{ fact, since: fact.firstReceived }],
  );
  return [...joined, ...undone];
}

function isLater(one: MergeCause, other: MergeCause): boolean {
  return one.since === other.since ? compareKeys(one.fact, other.fact) > 0 : one.since > other.since;
}
