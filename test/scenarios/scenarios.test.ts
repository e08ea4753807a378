import { describe, test } from 'vitest';
import { inMemory } from '../harness/stage.ts';
import { ADVISER } from './adviser.ts';
import { ADVISER_CODES } from './adviserCodes.ts';
import { ADVISER_MOVES } from './adviserMoves.ts';
import { ADVISER_SPLIT } from './adviserSplit.ts';
import { ADVISER_TIME } from './adviserTime.ts';
import { APPRENTICESHIP } from './apprenticeship.ts';
import { CONSENT_ASKED } from './consentAsked.ts';
import { CONTRACT_LIST } from './contractList.ts';
import { CONVERSION } from './conversion.ts';
import { ENGINEER } from './engineer.ts';
import { ENGINEER_FEEDS } from './engineerFeeds.ts';
import { INTAKE } from './intake.ts';
import { LIST_IN_FLIGHT } from './listInFlight.ts';
import { NAV } from './nav.ts';
import { NAV_CONSENT } from './navConsent.ts';
import { NAV_REGISTERS } from './navRegisters.ts';
import { NAV_SHOWN } from './navShown.ts';
import { NAV_WITHDRAWALS } from './navWithdrawals.ts';
import { PRIVACY } from './privacy.ts';
import { PRIVACY_CANARY } from './privacyCanary.ts';
import { RENUMBERING } from './renumbering.ts';
import { SCHOOL } from './school.ts';
import { SCHOOL_LISTS } from './schoolLists.ts';
import { SCHOOL_MOVES } from './schoolMoves.ts';
import { SCHOOL_TAKEN_BACK } from './schoolTakenBack.ts';
import { UDIR } from './udir.ts';
import { YEAR_WHEEL } from './yearWheel.ts';
import { YOUTH } from './youth.ts';
import { YOUTH_AGE } from './youthAge.ts';

const GROUPS = {
  'advisers and contact': ADVISER,
  'which code': ADVISER_CODES,
  'youths who move': ADVISER_MOVES,
  'a county that is split': ADVISER_SPLIT,
  'clocks, and who gets to know': ADVISER_TIME,
  'the youth': YOUTH,
  'birthdays and the last year': YOUTH_AGE,
  school: SCHOOL,
  'what a school takes back': SCHOOL_TAKEN_BACK,
  'moves between schools': SCHOOL_MOVES,
  'what comes late, twice or with faults': SCHOOL_LISTS,
  intake: INTAKE,
  'conversion of codes': CONVERSION,
  'numbers that change': RENUMBERING,
  'the yearly wheel': YEAR_WHEEL,
  apprenticeship: APPRENTICESHIP,
  'the list of contracts': CONTRACT_LIST,
  'a code list in flight': LIST_IN_FLIGHT,
  'Udir’s analyst': UDIR,
  NAV,
  'consent to NAV': NAV_CONSENT,
  'NAV’s own registers': NAV_REGISTERS,
  'What of NAV’s is shown': NAV_SHOWN,
  'withdrawals told to NAV': NAV_WITHDRAWALS,
  'consent asked for': CONSENT_ASKED,
  'read again': ENGINEER,
  'what is fed wrongly': ENGINEER_FEEDS,
  privacy: PRIVACY,
  'nothing by accident': PRIVACY_CANARY,
};

describe.each(Object.entries(GROUPS))('%s, through the whole pipeline in memory', (_, scenarios) => {
  test.each(Object.entries(scenarios))('%s', async (_title, run) => run(inMemory));
});
