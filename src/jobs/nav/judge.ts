import { leftList, type NavQuestion, type NavVerdict, nextLook } from '../../core/nav/mayAsk.ts';
import type { Youth } from '../../core/youth/youth.ts';
import type { NavJudgement, RowStanding } from '../../store/navPort.ts';
import type { LoadedYouth } from '../../store/port.ts';
import { readable as read } from '../../store/readable.ts';

/**
 * The rule on a youth as it is stored. One that cannot be read, or whose records wait for an operator, is not asked about
 * for now: what waits may be a withdrawal.
 */
export function judgeStored(
  loaded: LoadedYouth | undefined,
  question: NavQuestion,
  rule: (youth: Youth, question: NavQuestion) => NavVerdict,
): NavJudgement {
  const youth = readable(loaded);
  if (youth === undefined) return { may: false, later: true };
  const verdict = rule(youth, question);
  if (verdict.may) return { may: true, consentVersion: verdict.consentVersion };
  // An agreement may be renewed; all else that stops the question stops it for this list.
  return { may: false, later: verdict.stop === 'INGEN_AVTALE' };
}

/** A youth that is in a list, judged again. One that cannot be judged for now stays. */
export function judgeAgain(
  loaded: LoadedYouth,
  question: Pick<NavQuestion, 'policy' | 'at' | 'asked'>,
): RowStanding {
  const youth = readable(loaded);
  if (youth === undefined) return { left: false, next: null };
  if (leftList(youth, question) !== null) return { left: true };
  return { left: false, next: nextLook(youth, question) };
}

function readable(loaded: LoadedYouth | undefined): Youth | undefined {
  return loaded === undefined || loaded.parked ? undefined : read(loaded);
}
