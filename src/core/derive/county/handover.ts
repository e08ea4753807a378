import { livesElsewhere } from '../../rules/residence.ts';
import type { FactOf } from '../../youthEvent.ts';
import { latest } from '../facts/order.ts';
import { dawned, type Findings, raise } from '../findings.ts';
import { answeredSince, type RegistrationFile } from '../registration/file.ts';
import { isAccepted } from './accepted.ts';

// A youth who has moved is offered to the new county, and stays ours until it has said yes (R50).

/** One offer, open until the new county answers. A «no» is a question to us: we go on being responsible. */
export function offerHandover(
  findings: Findings,
  file: RegistrationFile,
  stay: FactOf<'Residence'>,
  lives: readonly string[],
): void {
  const { handovers } = findings.ledger;
  if (isGone(latest(handovers.filter(isAccepted)))) return;
  const answer = latest(
    handovers.filter((fact) => lives.includes(fact.toCounty) && fact.effective >= stay.effective),
  );
  if (answer !== null && !dawned(findings, answer.effective)) return;
  const { alert: kind, rejected } = livesElsewhere.leadsTo;
  const { schoolYear, county } = file;
  // The number of today: the new county may have had others.
  const toCounty = lives.at(-1) ?? '';
  const common = { kind, rule: livesElsewhere.id, schoolYear, county, toCounty };
  if (answer === null) {
    raise(findings, { ...common, category: 'alert', fact: stay, about: toCounty });
  } else if (!answeredSince(file, answer)) {
    raise(findings, {
      ...common,
      category: rejected,
      fact: answer,
      evidence: [stay],
      about: `${toCounty}+${answer.answer}`,
    });
  }
}

/** Another county has said yes, and we have not taken the youth back. */
function isGone(accepted: FactOf<'Handover'> | null): boolean {
  return accepted !== null && accepted.toCounty !== accepted.county;
}
