import type { CountyNumber } from '../../organisation.ts';
import { livesElsewhere } from '../../rules/residence.ts';
import type { FactOf } from '../../youth/youthEvent.ts';
import { latest } from '../facts/order.ts';
import { dueOrWakeOn, type Findings, raise } from '../findings.ts';
import { answeredSince, type RegistrationFile } from '../registration/file.ts';
import { isAccepted, yearsCovered } from './accepted.ts';

// A youth who has moved is offered to the new county, and remains ours until it has said yes (R50).

/** One offer, open until the new county answers. A «no» is a question to us: we remain responsible. False when the
 *  registration has been taken over already: a newer one may not have been (Q17). */
export function offerHandover(
  findings: Findings,
  file: RegistrationFile,
  stay: FactOf<'Residence'>,
  lives: readonly CountyNumber[],
): boolean {
  const answers = findings.ledger.Handover.filter((fact) => !isAccepted(fact) || reachesYear(fact, file));
  if (isGone(latest(answers.filter(isAccepted)))) return false;
  const answer = latest(
    answers.filter((fact) => lives.includes(fact.toCounty) && fact.effective >= stay.effective),
  );
  if (answer !== null && !dueOrWakeOn(findings, answer.effective)) return true;
  const { alert: kind, rejected } = livesElsewhere.leadsTo;
  const { schoolYear, county } = file;
  // The number of today: the new county may have had others.
  const toCounty = lives.at(-1);
  if (toCounty === undefined) return false;
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
  return true;
}

/** A yes about this year, or a later one: what is over is not handed over. */
function reachesYear(fact: FactOf<'Handover'>, { schoolYear }: RegistrationFile): boolean {
  return yearsCovered(fact).some((year) => year >= schoolYear);
}

/** Another county has said yes, and we have not taken the youth back. */
function isGone(accepted: FactOf<'Handover'> | null): boolean {
  return accepted !== null && accepted.toCounty !== accepted.county;
}
