import type { FeedAdapter } from '../src/core/feedAdapter.ts';
import { apprenticeship } from './apprenticeship/index.ts';
import { bridge } from './bridge/index.ts';
import { consent } from './consent/index.ts';
import { folkeregister } from './folkeregister/index.ts';
import { lowerSecondary } from './lower-secondary/index.ts';
import { navArbeidssoker } from './nav-arbeidssoker/index.ts';
import { navDeltaker } from './nav-deltaker/index.ts';
import { navMatch } from './nav-match/index.ts';
import { navOppfolging } from './nav-oppfolging/index.ts';
import { navUngdomsprogram } from './nav-ungdomsprogram/index.ts';
import { otAdviser } from './ot-adviser/index.ts';
import { privateSchool } from './private-school/index.ts';
import { schoolDropout } from './school-dropout/index.ts';
import { vigoIntake } from './vigo-intake/index.ts';

/** Every feed the bridge reads. A new source is a folder here and a line in this list. */
export const ADAPTERS: readonly FeedAdapter[] = [
  vigoIntake,
  schoolDropout,
  apprenticeship,
  navMatch,
  otAdviser,
  consent,
  bridge,
  folkeregister,
  privateSchool,
  lowerSecondary,
  navArbeidssoker,
  navOppfolging,
  navDeltaker,
  navUngdomsprogram,
];
