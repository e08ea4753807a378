import { comingOfAge } from '../../age/majority.ts';
import { bothPermit, nextChange } from '../../consent/permits.ts';
import { scopeOf } from '../../consent/scope.ts';
import type { GroundKey } from '../../rules/ground.ts';
import { inTraining } from '../../rules/proposal.ts';
import type { MeasureProvider, Training } from '../../youth/statusEvent.ts';
import type { Fact, FactOf } from '../../youth/youthEvent.ts';
import { dueOrWakeOn, type Findings, wakeAt } from '../findings.ts';
import { isOver } from '../lists/schoolPresence.ts';
import { isOutweighed } from '../registration/cause.ts';
import type { RegistrationFile } from '../registration/file.ts';
import { isOpen } from '../training/placeEnd.ts';

type AdviserStatus = FactOf<'AdviserStatus'>;

/** What is known of a youth besides what the adviser has stated, in the words of the grounds. */
export interface KnownGrounds {
  grounds: GroundKey[];
  evidence: Fact[];
}

const NOTHING: KnownGrounds = { grounds: [], evidence: [] };

export function knownGrounds(
  findings: Findings,
  file: RegistrationFile,
  status: AdviserStatus,
): KnownGrounds {
  const { starts, Measure: measures } = findings.ledger;
  if (starts.length === 0 && measures.length === 0) return NOTHING;
  const known: KnownGrounds = { grounds: [], evidence: [] };
  addTraining(known, findings, file, status);
  addMeasures(known, findings, status);
  return known;
}

const TRAINING: Record<Training, GroundKey> = {
  school: 'ELEV_OFFENTLIG',
  'private-school': 'ELEV_PRIVAT',
  apprenticeship: 'LAREPLASS',
};

/** Training that was known when the status was reported. Training reported later is a proposal of its own, which the
 *  adviser has not answered yet. */
function addTraining(
  known: KnownGrounds,
  findings: Findings,
  { contacts, decider }: RegistrationFile,
  status: AdviserStatus,
): void {
  const { ledger } = findings;
  for (const start of ledger.starts) {
    if (start.fact.firstReceived > status.firstReceived || isOutweighed(decider, start)) continue;
    if (!isOpen(ledger, start, status.effective) || isOver(findings, start)) continue;
    known.grounds.push(TRAINING[start.training]);
    known.evidence.push(start.fact);
    // After a dropout OT may have been at work before the new place.
    if (decider?.happened === 'AVBRUTT' || inTraining(start.training).leadsTo.viaOt !== status.code) continue;
    if (!contacts.some(({ on }) => on < start.from)) known.grounds.push('VAR_I_AKTIVITET');
  }
}

const MEASURE: Record<MeasureProvider, GroundKey> = {
  FYLKE: 'FYLKETS_TILTAK',
  KOMMUNE: 'FYLKET_DELTAR',
  NAV: 'NAV_TILTAK',
};

/** Measures that last while the status holds. One of NAV's is as unknown as what NAV says of measures while either consent
 *  is missing, or does not name them: not even a warning may reveal it (O05). */
function addMeasures(known: KnownGrounds, findings: Findings, status: AdviserStatus): void {
  for (const fact of findings.ledger.Measure) {
    if (fact.to !== null && fact.to <= status.effective) continue;
    if (fact.provider === 'NAV' && !mayBeKnown(findings)) continue;
    if (fact.effective > status.effective && !dueOrWakeOn(findings, fact.effective)) continue;
    known.grounds.push(MEASURE[fact.provider]);
    known.evidence.push(fact);
  }
}

function mayBeKnown(findings: Findings): boolean {
  const { ledger, policy, asOf } = findings;
  const ofAge = comingOfAge(ledger.born, policy.consentAge);
  const change = nextChange(ledger.Consent, ofAge, asOf);
  if (change !== null) wakeAt(findings, change);
  return bothPermit(ledger.Consent, ofAge, asOf, scopeOf('TILTAK'));
}
