import { followedAbroad } from './abroad.ts';
import {
  measureOfNav,
  measureOfTheCounty,
  measureTogether,
  measureWithNav,
  notFollowedInActivity,
  onlyOfNav,
  onlyOfTheCounty,
  wantsMore,
  work,
  workFromBefore,
} from './activity.ts';
import { askedCode, type Choice, type Instead, type Objection, sideOf, states } from './choice.ts';
import {
  activityBeforeNo,
  clarifiedForNow,
  institutionIsResponsible,
  noToOneMeasure,
  worksWith,
} from './clarified.ts';
import {
  alreadyInActivity,
  cameThroughOt,
  silenceIsNotContact,
  silenceIsNotNo,
  statusNeedsContact,
} from './contact.ts';
import { groundsIn } from './ground.ts';
import { privatePupil, pupil, registeredByMistake } from './proposal.ts';
import type { RuleId } from './ruleId.ts';
import { firstStatus } from './tilmelding.ts';

/** One line of the order in which a choice is judged. */
export interface Step {
  rule: { id: RuleId };
  applies: (choice: Choice) => boolean;
  instead: Instead;
  /** REFUSED: the source says «shall», and the adviser's own grounds show that it holds. */
  verdict: 'REFUSED' | 'WARNED';
  /** A reason may uphold the choice. */
  mayStand: boolean;
  /** Asks about the adviser's own grounds, and is answered by what is known besides. */
  ownGrounds?: true;
}

const { instead } = alreadyInActivity.leadsTo;
/** Codes compatible with «registered by mistake»: it is that code, or the registration has not been reviewed yet. */
const MISTAKEN: ReadonlySet<string> = new Set([
  registeredByMistake.leadsTo.proposed,
  firstStatus.leadsTo.code,
]);

/** The domain reference's order (§1.6): contact, already in activity, actively followed up, the specific code before
 *  OTNO, NAV involved, private before public; then what is in ordinary training or in activity. */
export const PRECEDENCE: readonly Step[] = [
  absolute(silenceIsNotNo, silenceIsNotNo.applies),
  absolute(
    silenceIsNotContact,
    (choice) => statusNeedsContact.applies(choice) && states(choice, 'IKKE_SVART'),
  ),
  absolute(statusNeedsContact, statusNeedsContact.applies),
  overruling(
    registeredByMistake,
    (choice) => !MISTAKEN.has(choice.code) && states(choice, 'FULLFORT', 'FEILREGISTRERT'),
    [registeredByMistake.leadsTo.proposed],
  ),
  refused(workFromBefore),
  overruling(
    alreadyInActivity,
    (choice) => isAsked(choice) && sideOf(choice) === 'JA' && states(choice, 'VAR_I_AKTIVITET'),
    [...instead.values()],
    'PAIR',
  ),
  refused(work),
  overruling(
    cameThroughOt,
    (choice) => isAsked(choice) && sideOf(choice) === 'NEI' && states(choice, 'KOM_I_AKTIVITET'),
    [...instead.keys()],
    'PAIR',
  ),
  refused(wantsMore),
  asking(wantsMore, (choice) => askedCode(choice.code) === 'OTAR' && states(choice, 'FOLGES_OPP_AKTIVT'), [
    'OTOV',
  ]),
  // A pupil abroad is a pupil.
  overruling(pupil, (choice) => choice.code === 'OTFU_IM' && states(choice, 'ELEV_UTLAND'), [
    pupil.leadsTo.viaOt,
    pupil.leadsTo.already,
  ]),
  refused(followedAbroad),
  refused(noToOneMeasure),
  warned(activityBeforeNo),
  { ...asking(silenceIsNotNo, saysNoWithoutGround, ['OTOV']), ownGrounds: true },
  asking(institutionIsResponsible, (choice) => choice.code === 'OTSY' && worksWith(choice), ['OTOV']),
  warned(clarifiedForNow),
  refused(measureWithNav),
  refused(measureTogether),
  { ...asking(measureOfTheCounty, onlyOfTheCounty, ['OTOA']), ownGrounds: true },
  { ...asking(measureOfNav, onlyOfNav, ['OTAP']), ownGrounds: true },
  overruling(
    privatePupil,
    (choice) => askedCode(choice.code) === pupil.leadsTo.viaOt && states(choice, 'ELEV_PRIVAT'),
    [privatePupil.leadsTo.viaOt, privatePupil.leadsTo.already],
    'GROUNDS',
  ),
  refused(measureOfTheCounty),
  refused(notFollowedInActivity),
];

/** No ground stated says anything of a code. */
function saysNoWithoutGround({ code, grounds }: Choice): boolean {
  return code === 'OTNO' && groundsIn(grounds).every(({ codes }) => codes.length === 0);
}

function isAsked({ code }: Choice): boolean {
  return instead.has(askedCode(code));
}

/** No reason upholds these: OT has not talked to the youth. */
function absolute(rule: Step['rule'], applies: Step['applies']): Step {
  const { code } = firstStatus.leadsTo;
  return { rule, applies, instead: { proposed: [code] }, verdict: 'REFUSED', mayStand: false };
}

function refused(rule: Objection): Step {
  return { rule, applies: rule.applies, instead: rule.leadsTo, verdict: 'REFUSED', mayStand: true };
}

function warned(rule: Objection): Step {
  return { ...refused(rule), verdict: 'WARNED' };
}

/** A rule with a question of its own, which keeps the choice with a warning. */
function asking(rule: Step['rule'], applies: Step['applies'], proposed: readonly string[]): Step {
  return { ...overruling(rule, applies, proposed), verdict: 'WARNED' };
}

/** A rule with a question of its own, which speaks against a choice too. */
function overruling(
  rule: Step['rule'],
  applies: Step['applies'],
  proposed: readonly string[],
  among?: Instead['among'],
): Step {
  const instead = among === undefined ? { proposed } : { proposed, among };
  return { rule, applies, instead, verdict: 'REFUSED', mayStand: true };
}
