import type { RuleId } from './ruleId.ts';
import * as consent from './rules/consent.ts';
import * as contact from './rules/contact.ts';
import * as followUp from './rules/followUp.ts';
import * as proposal from './rules/proposal.ts';
import * as tilmelding from './rules/tilmelding.ts';

/** What can be shown of any rule, deciding or informing. */
export interface RuleEntry {
  id: RuleId;
  kind: 'decides' | 'proposes' | 'informs';
  text: string;
  source: string;
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
  consent.matchIsNotStatus,
  proposal.pupil,
  proposal.privatePupil,
  proposal.apprentice,
  contact.silenceIsNotNo,
  proposal.preventive,
  proposal.codeMustChange,
  proposal.registeredByMistake,
  tilmelding.leavingIsNotDropout,
  followUp.meetBeforeDropout,
  followUp.nonShowDeadlines,
  tilmelding.yearsStandBesideEachOther,
  followUp.guardiansAreInformed,
  consent.navNeedsConsent,
  followUp.priority,
  followUp.alwaysAnOwner,
  tilmelding.noShowHasNoCodeOfItsOwn,
  consent.whoConsents,
  followUp.dropoutDeadlines,
  followUp.graceAndWatch,
  tilmelding.trainingWinsTheDay,
];

const TEXT: ReadonlyMap<RuleId, string> = new Map(RULES.map(({ id, text }) => [id, text]));

/** The rule's sentence. Throws for a rule this program does not have: no decision may lack its reason. */
export function reasonOf(id: RuleId): string {
  const text = TEXT.get(id);
  if (text === undefined) throw new Error(`rule ${id} has no text`);
  return text;
}
