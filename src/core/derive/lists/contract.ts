import { leavingIsNotDropout, listDecidesNothing } from '../../rules/tilmelding.ts';
import type { IsoDate } from '../../time/date.ts';
import { schoolYearOf } from '../../time/schoolYear.ts';
import type { Start } from '../facts/ledger.ts';
import { dueOrWakeOn, type Findings, raise } from '../findings.ts';
import { endOf } from '../training/placeEnd.ts';
import { seenAfter } from '../training/training.ts';
import { absencesFrom } from './absence.ts';

/** Contracts in VIGO's list of active ones: one that has run out, or that is gone without a report (F03, F04). */
export function reviewContracts(findings: Findings): void {
  const { ledger } = findings;
  for (const start of ledger.starts) {
    const { fact, institution, until } = start;
    if (fact.kind !== 'ContractSeen' || until === null) continue;
    if (endOf(ledger, start) !== null || seenAfter(findings, until, institution)) continue;
    if (!dueOrWakeOn(findings, until)) continue;
    raise(findings, {
      kind: 'KONTRAKT_UTEN_FULLFORING',
      category: 'review',
      rule: leavingIsNotDropout.id,
      fact,
      schoolYear: schoolYearOf(until),
      county: fact.county,
      about: institution,
      effective: until,
    });
  }
  reviewMissing(findings);
}

function reviewMissing(findings: Findings): void {
  const { ledger, policy } = findings;
  if (ledger.Absent.length === 0) return;
  const { count, since } = absencesFrom(ledger, 'laktiv');
  if (since === null || !listDecidesNothing.applies({ absences: count, limit: policy.absencesBeforeReview }))
    return;
  const on = since.effective;
  const contracts = ledger.starts.filter(({ fact }) => fact.kind === 'ContractSeen');
  if (contracts.length > 0 && !contracts.some((contract) => isMissing(findings, contract, on))) return;
  const ended = ledger.ends.some(({ fact, annulledBy, leaving }) => {
    return annulledBy === null && leaving.ends && fact.training === 'apprenticeship' && fact.effective <= on;
  });
  if (contracts.length === 0 && ended) return;
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

/** Should have been in the list that day: ended neither by a report nor by its own date. */
function isMissing(findings: Findings, contract: Start, on: IsoDate): boolean {
  const { institution, until } = contract;
  if (until !== null && until <= on) return false;
  return endOf(findings.ledger, contract) === null && !seenAfter(findings, on, institution);
}
