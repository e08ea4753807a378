import { statusIn } from '../../codelists/otStatus.ts';
import { contactDecides } from '../../rules/contact.ts';
import { listDecidesNothing } from '../../rules/tilmelding.ts';
import { schoolYearOf } from '../../time/schoolYear.ts';
import { type Registration, sameKey } from '../../youth/youth.ts';
import { latest } from '../facts/order.ts';
import { type Findings, raise } from '../findings.ts';
import { absencesFrom } from './absence.ts';

/** Our registrations compared with VIGO's nightly OT list: a difference is a question to an adviser, never a status. */
export function compareWithRegister(findings: Findings, registrations: readonly Registration[]): void {
  const { ledger, policy } = findings;
  if (ledger.RegisterSeen.length === 0 && ledger.Absent.length === 0) return;
  const { count, since } = absencesFrom(ledger, 'ot');
  if (since !== null && listDecidesNothing.applies({ absences: count, limit: policy.absencesBeforeReview })) {
    const { id: rule, leadsTo } = listDecidesNothing;
    const schoolYear = schoolYearOf(since.effective);
    raise(findings, {
      kind: 'BORTE_FRA_REGISTER',
      ...leadsTo,
      rule,
      fact: since,
      schoolYear,
      county: since.county,
    });
    return;
  }
  const seen = latest(ledger.RegisterSeen);
  if (seen === null) return;
  const schoolYear = schoolYearOf(seen.effective);
  const ours = registrations.find((known) => sameKey(known, { schoolYear, county: seen.county }));
  // Not registered here: the list is no tilmelding (R05), and there is nothing to compare with.
  if (ours === undefined) return;
  // Canonical in the list it was read by, which before an activation is not the date's own list.
  const theirs = statusIn(seen.list, seen.code);
  if (theirs === undefined) throw new Error('a register code that no adapter may let through');
  if (theirs.code === ours.status.code) return;
  raise(findings, {
    kind: 'AVVIK_MOT_REGISTER',
    category: 'review',
    rule: contactDecides.id,
    fact: seen,
    schoolYear,
    county: seen.county,
    about: theirs.code,
    proposed: [theirs.code],
  });
}
