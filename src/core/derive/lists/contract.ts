import type { IsoDate } from '../../date.ts';
import { leavingIsNotDropout, listDecidesNothing } from '../../rules/tilmelding.ts';
import { schoolYearOf } from '../../schoolYear.ts';
import type { FactOf } from '../../youthEvent.ts';
import type { Ledger } from '../facts/ledger.ts';
import { dawned, type Findings, raise } from '../findings.ts';
import { seenAfter, toldEnded } from '../training/training.ts';
import { absencesFrom } from './absence.ts';

/** Contracts in VIGO's list of active ones: one that has run out, or that is gone without a word (F03, F04). */
export function reviewContracts(findings: Findings): void {
  const { ledger } = findings;
  for (const contract of ledger.contracts) {
    const { institution, to, county } = contract;
    if (
      to === null ||
      toldEnded(ledger, contract.institution, contract.from) ||
      seenAfter(ledger, to, institution)
    )
      continue;
    if (!dawned(findings, to)) continue;
    raise(findings, {
      kind: 'KONTRAKT_UTEN_FULLFORING',
      category: 'review',
      rule: leavingIsNotDropout.id,
      fact: contract,
      schoolYear: schoolYearOf(to),
      county,
      about: institution,
      effective: to,
    });
  }
  reviewMissing(findings);
}

function reviewMissing(findings: Findings): void {
  const { ledger, policy } = findings;
  if (ledger.absences.length === 0) return;
  const { count, since } = absencesFrom(ledger, 'laktiv');
  if (since === null || !listDecidesNothing.applies({ absences: count, limit: policy.absencesBeforeReview }))
    return;
  const on = since.effective;
  if (!ledger.contracts.every((contract) => isMissing(ledger, contract, on))) return;
  const ended = ledger.ends.some(({ fact, annulledBy, leaving }) => {
    return annulledBy === null && leaving.ends && fact.training === 'apprenticeship' && fact.effective <= on;
  });
  if (ledger.contracts.length === 0 && ended) return;
  const { id: rule, leadsTo } = listDecidesNothing;
  raise(findings, {
    kind: 'MULIG_HEVING',
    ...leadsTo,
    rule,
    fact: since,
    schoolYear: schoolYearOf(on),
    county: since.county,
  });
}

/** Should have been in the list that day: neither ended by anybody's word nor by its own date. */
function isMissing(ledger: Ledger, contract: FactOf<'ContractSeen'>, on: IsoDate): boolean {
  if (contract.to !== null && contract.to <= on) return false;
  return (
    !toldEnded(ledger, contract.institution, contract.from) && !seenAfter(ledger, on, contract.institution)
  );
}
