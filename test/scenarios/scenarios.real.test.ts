import { describe, test } from 'vitest';
import { onRealParts } from '../harness/realStage.ts';
import type { Scenarios } from '../harness/scenario.ts';
import { testedVersions } from '../harness/sharedParts.ts';
import { ADVISER } from './adviser.ts';
import { ADVISER_CODES } from './adviserCodes.ts';
import { ADVISER_MOVES } from './adviserMoves.ts';
import { ADVISER_SPLIT } from './adviserSplit.ts';
import { ADVISER_TIME } from './adviserTime.ts';
import { APPRENTICESHIP } from './apprenticeship.ts';
import { CONSENT_ASKED } from './consentAsked.ts';
import { CONTRACT_LIST } from './contractList.ts';
import { INTAKE } from './intake.ts';
import { NAV } from './nav.ts';
import { NAV_CONSENT } from './navConsent.ts';
import { NAV_REGISTERS } from './navRegisters.ts';
import { NAV_SHOWN } from './navShown.ts';
import { NAV_WITHDRAWALS } from './navWithdrawals.ts';
import { RENUMBERING } from './renumbering.ts';
import { SCHOOL } from './school.ts';
import { SCHOOL_LISTS } from './schoolLists.ts';
import { SCHOOL_MOVES } from './schoolMoves.ts';
import { SCHOOL_TAKEN_BACK } from './schoolTakenBack.ts';
import { YOUTH } from './youth.ts';

// One scenario of each kind on real Kafka and PostgreSQL, asked over HTTP: what the memory might hide is how records
// travel, how rows are written and read back, clock events, lists, merges and what leaves.

const ALL: Scenarios = {
  ...ADVISER,
  ...ADVISER_CODES,
  ...ADVISER_MOVES,
  ...ADVISER_SPLIT,
  ...ADVISER_TIME,
  ...APPRENTICESHIP,
  ...CONSENT_ASKED,
  ...CONTRACT_LIST,
  ...INTAKE,
  ...NAV,
  ...NAV_CONSENT,
  ...NAV_REGISTERS,
  ...NAV_SHOWN,
  ...NAV_WITHDRAWALS,
  ...RENUMBERING,
  ...SCHOOL,
  ...SCHOOL_LISTS,
  ...SCHOOL_MOVES,
  ...SCHOOL_TAKEN_BACK,
  ...YOUTH,
};

const CHOSEN = [
  'S01 a minor who leaves',
  'S04a an annulled dropout',
  'S06 in each of the 120 orders',
  'S09 what is registered late',
  'S12 the same report sent twice',
  'I03 a private school’s list proposes',
  'I05 two who were registered under both numbers',
  'F02 without grace',
  'F03 of 812 contracts',
  'O03 who has said no',
  'O06a a move to another county',
  'O07a when a county is split',
  'O11a OT systems get OTSY',
  'N01 a month alerts once',
  'N02a a consent withdrawn after the extract',
  'N02b a consent withdrawn after the alert',
  'N03 a delivery that comes twice',
  'N04 of a delivery that lacks rows',
  'N02c NAV is told once',
  'N05 an answer about a person',
  'N06 the guardian’s consent ends',
  'N07a of four youths',
  'N07d a minor’s consent',
  'N08 a consent that has run out',
  'N08c without an agreement of the day',
  'N09a last month’s answer after',
  'N09b a match is not a status',
  'W18 a youth who takes part',
  'R48 neither a receipt',
  'Y02c when a D-number',
];

const [version = '18' as const] = testedVersions();

describe(`on real Kafka and PostgreSQL ${version}`, () => {
  test.each(CHOSEN)('%s …', async (beginning) => {
    const found = Object.keys(ALL).filter((title) => title.startsWith(beginning));
    const run = ALL[found[0] ?? ''];
    if (found.length !== 1 || run === undefined)
      throw new Error(`${found.length} scenarios begin with «${beginning}»`);
    await run(onRealParts(version));
  });
});
