import { inAgeRange } from '../age/ageLimit.ts';
import { guardiansAt } from '../consent/guardians.ts';
import { ownerOf } from '../derive/county/owner.ts';
import { minorOn } from '../derive/findings.ts';
import type { RegistrationFile } from '../derive/registration/file.ts';
import { by } from '../order.ts';
import type { PersonRef } from '../person/reference.ts';
import type { Policy } from '../policy.ts';
import { guardiansAreInformed } from '../rules/followUp.ts';
import type { RuleId } from '../rules/ruleId.ts';
import type { IsoDate } from '../time/date.ts';
import type { SchoolYear } from '../time/schoolYear.ts';
import { caseOf, evidenceOf, isHidden, registrationOf, type YouthCase } from '../worklist/youthCase.ts';
import type { ConsentParty, YesNoUnknown } from '../youth/statusEvent.ts';
import type { Youth } from '../youth/youth.ts';
import type { RegistrationKey } from '../youth/youthEvent.ts';
import { answered } from './answered.ts';
import type { Hold } from './hold.ts';
import { type Held, holdsOf } from './holds.ts';
import { LETTERS, type Letter } from './letter.ts';
import { letterPeriod } from './period.ts';
import { restsOn } from './restsOn.ts';

/** One letter to one receiver. The sender looks up who that is, and where they live. */
export interface LetterTrigger extends RegistrationKey {
  ref: PersonRef;
  owner: string;
  /** A message per receiver: none of them shows that there are others (D01). */
  recipient: ConsentParty;
  rule: RuleId;
  minor: YesNoUnknown;
  /** Digests of the keys of the facts it rests on, sorted. */
  evidence: readonly string[];
}

/** A youth the letter is for, and why it is not sent. */
export interface Suppressed extends RegistrationKey {
  ref: PersonRef;
  /** Null for a youth in hiding: the unit reveals the place. */
  owner: string | null;
  /** Null = all receivers. */
  recipient: 'FORESATT' | null;
  /** Sorted, none twice. */
  holds: readonly Hold[];
  evidence: readonly string[];
}

export interface Mailing {
  letter: Letter;
  /** The school year of the registrations. */
  schoolYear: SchoolYear;
  /** When it goes, both inclusive. */
  from: IsoDate;
  to: IsoDate;
  triggers: LetterTrigger[];
  suppressed: Suppressed[];
}

/** The lines of a letter that one youth has, both in the order of their places. */
export type OwnLines = Pick<Mailing, 'triggers' | 'suppressed'>;

/** A letter's lists are made for one day and the registrations of one school year. */
export interface MailingScope {
  letter: Letter;
  schoolYear: SchoolYear;
  policy: Policy;
  /** When it goes, both inclusive. */
  from: IsoDate;
  to: IsoDate;
  /** The day the lines are about. */
  on: IsoDate;
  /** The last day of the letter it reminds of. */
  firstWentBy: IsoDate | null;
}

export function mailingScope(
  letter: Letter,
  { schoolYear, today, policy }: { schoolYear: SchoolYear; today: IsoDate; policy: Policy },
): MailingScope {
  const period = letterPeriod(letter, schoolYear, policy);
  const first = letter.reminds === null ? null : letterPeriod(LETTERS[letter.reminds], schoolYear, policy);
  const firstWentBy = first === null ? null : first.to;
  return onDay({ letter, schoolYear, policy, ...period, firstWentBy }, today);
}

/** A list made ahead is about the day the letter goes: the youth may come of age before that. */
export function onDay(scope: Omit<MailingScope, 'on'>, today: IsoDate): MailingScope {
  return { ...scope, on: today > scope.from ? today : scope.from };
}

/** @param waiting records about the youth are not decided yet */
export function ownLines(scope: MailingScope, known: YouthCase, waiting: boolean): OwnLines {
  const lines: OwnLines = { triggers: [], suppressed: [] };
  for (const file of known.files) {
    if (file.schoolYear !== scope.schoolYear || !isFor(scope.letter, known, file)) continue;
    judge({ ...scope, known, file, waiting }, lines);
  }
  lines.triggers.sort(by(placeInMailing));
  lines.suppressed.sort(by(placeInMailing));
  return lines;
}

/** Takes one youth at a time, in any order. `waiting`: records about the youth are not decided yet. */
export function startMailing(
  letter: Letter,
  given: { schoolYear: SchoolYear; today: IsoDate; policy: Policy },
): { add(ref: PersonRef, youth: Youth, waiting: boolean): void; finish(): Mailing } {
  const scope = mailingScope(letter, given);
  const { schoolYear, from, to } = scope;
  const triggers: LetterTrigger[] = [];
  const suppressed: Suppressed[] = [];
  return {
    add(ref, youth, waiting) {
      const own = ownLines(scope, caseOf(ref, youth, given.policy), waiting);
      triggers.push(...own.triggers);
      suppressed.push(...own.suppressed);
    },
    finish: () => ({
      ...{ letter, schoolYear, from, to },
      triggers: triggers.toSorted(by(placeInMailing)),
      suppressed: suppressed.toSorted(by(placeInMailing)),
    }),
  };
}

interface Candidate extends MailingScope {
  known: YouthCase;
  file: RegistrationFile;
  waiting: boolean;
}

function judge(candidate: Candidate, { triggers, suppressed }: OwnLines): void {
  const { letter, known, file, policy, on } = candidate;
  const { schoolYear, county } = file;
  const key = { ref: known.ref, schoolYear, county };
  if (isHidden(known, on)) {
    suppressed.push({ ...key, owner: null, recipient: null, holds: ['STRENGT_FORTROLIG'], evidence: [] });
    return;
  }
  const owner = ownerOf(known.ledger, policy, county);
  const holds = [...holdsOf(known, file), ...answered(letter, file, policy), ...ofReading(candidate)];
  if (holds.length > 0) {
    suppressed.push({ ...key, owner, recipient: null, ...together(holds) });
    return;
  }
  const minor = minorOn(known.ledger.born, on, policy);
  const common = {
    ...key,
    owner,
    minor,
    evidence: evidenceOf([restsOn(file)]),
  };
  triggers.push({ ...common, recipient: 'UNGDOM', rule: letter.rule.id });
  if (!letter.guardians) return;
  if (minor === 'UKJENT')
    suppressed.push({ ...key, owner, recipient: 'FORESATT', holds: ['ALDER_UKJENT'], evidence: [] });
  if (minor !== guardiansAreInformed.leadsTo.minor) return;
  for (const recipient of guardiansOf(known))
    triggers.push({ ...common, recipient, rule: guardiansAreInformed.id });
}

/** Whom the letter is for, current or taken back: what is taken back is reported in the suppression list. */
function isFor({ rule }: Letter, known: YouthCase, file: RegistrationFile): boolean {
  if (file.decider !== null) return rule.applies(file.decider);
  // A youth with a place was never to have it: most applicants have a wish that gave none.
  const told = file.told.filter(({ place }) => place === null);
  if (file.told.length > 0) return told.some((cause) => rule.applies(cause));
  return registrationOf(known, file) !== undefined && rule.applies({ happened: null });
}

function ofReading({ waiting, firstWentBy, known, file, policy, on }: Candidate): Held[] {
  const holds: Held[] = [];
  const { born } = known.ledger;
  if (born !== null && !inAgeRange(born, on, policy))
    holds.push({ hold: 'OVER_ALDERSGRENSEN', facts: [], evidence: [] });
  if (waiting) holds.push({ hold: 'MELDINGER_VENTER', facts: [], evidence: [] });
  const fact = restsOn(file);
  if (firstWentBy !== null && fact !== null && fact.firstReceivedOn > firstWentBy)
    holds.push({ hold: 'FIKK_IKKE_FORSTE_BREV', facts: [fact], evidence: [] });
  return holds;
}

/** One, and the other when the consents say that there are two. */
function guardiansOf({ ledger }: YouthCase): readonly ConsentParty[] {
  return guardiansAt(ledger.Consent, '9999') === 2 ? ['FORESATT', 'FORESATT2'] : ['FORESATT'];
}

function together(holds: readonly Held[]): Pick<Suppressed, 'holds' | 'evidence'> {
  return {
    holds: [...new Set(holds.map(({ hold }) => hold))].sort(),
    evidence: [
      ...new Set(holds.flatMap(({ facts, evidence }) => [...evidenceOf(facts), ...evidence])),
    ].sort(),
  };
}

/** A line as it is or as it is shown. */
interface Addressed {
  ref: string;
  county: string;
  recipient: string | null;
}

/** Sort key of a line: the next page begins after it also when lines have been added or removed. */
export function placeInMailing({ ref, county, recipient }: Addressed): string {
  return `${ref} ${county} ${recipient ?? ''}`;
}
