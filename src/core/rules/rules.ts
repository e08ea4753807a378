import { by } from '../order.ts';
import * as abroad from './abroad.ts';
import * as activity from './activity.ts';
import * as age from './age.ts';
import * as annulment from './annulment.ts';
import * as clarified from './clarified.ts';
import * as consent from './consent.ts';
import * as contact from './contact.ts';
import * as followUp from './followUp.ts';
import * as intake from './intake.ts';
import * as list from './list.ts';
import * as move from './move.ts';
import * as nav from './nav.ts';
import * as person from './person.ts';
import * as proposal from './proposal.ts';
import * as protection from './protection.ts';
import * as residence from './residence.ts';
import type { RuleId } from './ruleId.ts';
import * as tilmelding from './tilmelding.ts';
import * as time from './time.ts';
import * as wheel from './wheel.ts';

/** What can be shown of any rule, deciding or informing. */
export interface RuleEntry {
  id: RuleId;
  kind: 'decides' | 'validates' | 'proposes' | 'informs';
  text: string;
  nynorsk: string;
  source: string;
  /** Absent where nothing is computed. */
  leadsTo?: unknown;
}

/** All rules of this program, by id. The deciding code asks the same objects. */
export const RULES: readonly RuleEntry[] = [
  tilmelding.firstStatus,
  contact.statusNeedsContact,
  contact.silenceIsNotContact,
  contact.guardianMayAnswer,
  tilmelding.listDecidesNothing,
  contact.contactDecides,
  contact.alreadyInActivity,
  contact.cameThroughOt,
  activity.dialogue,
  activity.offerNotTaken,
  activity.waitingForOffer,
  activity.notFollowedInActivity,
  activity.measureOfTheCounty,
  activity.measureWithNav,
  activity.measureOfNav,
  activity.navMeasureWithoutOt,
  activity.measureTogether,
  activity.work,
  activity.workFromBefore,
  activity.wantsMore,
  proposal.pupil,
  proposal.privatePupil,
  proposal.apprentice,
  contact.silenceIsNotNo,
  clarified.noToOneMeasure,
  clarified.activityBeforeNo,
  clarified.childToCareFor,
  clarified.institutionIsResponsible,
  clarified.courseWithoutCompetence,
  clarified.clarifiedForNow,
  abroad.longAbroad,
  abroad.followedAbroad,
  time.offerAgain,
  time.helpAfterService,
  proposal.preventive,
  proposal.codeMustChange,
  proposal.registeredByMistake,
  tilmelding.leavingIsNotDropout,
  followUp.meetBeforeDropout,
  followUp.nonShowDeadlines,
  tilmelding.yearsStandBesideEachOther,
  time.practiceFollowUp,
  followUp.guardiansAreInformed,
  list.allYearRound,
  age.dutyLasts,
  consent.navNeedsConsent,
  consent.measuresAreNamed,
  followUp.priority,
  followUp.alwaysAnOwner,
  age.ageLimit,
  tilmelding.noShowHasNoCodeOfItsOwn,
  consent.whoConsents,
  followUp.dropoutDeadlines,
  followUp.graceAndWatch,
  tilmelding.trainingWinsTheDay,
  intake.placeComesFirst,
  nav.registersNeedConsent,
  nav.programmeFromEighteen,
  nav.navMeasureAfterContact,
  nav.navMeasureBeforeContact,
  nav.navMeasureTogether,
  nav.navMeasureEnded,
  wheel.statusesAreConfirmed,
  wheel.schoolsAreAsked,
  list.meetWithoutPlans,
  wheel.nonApplicantsGetLetter,
  wheel.nonApplicantsAreReminded,
  wheel.silentAreCalled,
  wheel.leaversGetLetter,
  wheel.leaversAreReminded,
  wheel.unreachedGetLetter,
  residence.livesElsewhere,
  residence.yesCoversYears,
  residence.hasEmigrated,
  residence.residenceDecides,
  protection.hiddenAddress,
  protection.hiddenIdentity,
  annulment.takesBackWhatWasTold,
  person.onePerson,
  person.nameMatchesNumber,
  move.laterStartEnds,
  move.twoPlaces,
  move.startAfterLeaving,
  move.listedAfterLeaving,
  move.lastLeavingCounts,
  move.olderStartAsks,
  move.lostRightIsNoMove,
  move.unknownNumberEndsContract,
  move.neverBegan,
  move.completed,
  move.onLeave,
  move.contractRanOut,
  move.takenBack,
];

/** Numbered rules first, then decisions and the rest, each by number. */
export function rulesInOrder(): RuleEntry[] {
  return RULES.toSorted(by(({ id }) => `${placeOf(id)}${id.charAt(0)}${id.slice(1).padStart(2, '0')}`));
}

function placeOf(id: RuleId): number {
  if (id.startsWith('R')) return 0;
  return id.startsWith('Q') ? 1 : 2;
}

const TEXT: ReadonlyMap<RuleId, string> = new Map(RULES.map(({ id, text }) => [id, text]));

/** The rule's sentence. Throws for a rule this program does not have: no decision may lack its reason. */
export function reasonOf(id: RuleId): string {
  const text = TEXT.get(id);
  if (text === undefined) throw new Error(`rule ${id} has no text`);
  return text;
}
