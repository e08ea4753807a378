import type { NavQuestion, NavVerdict } from '../../core/nav/mayAsk.ts';
import type { Youth } from '../../core/youth/youth.ts';
import type { NavJudgement } from '../../store/navPort.ts';
import type { LoadedYouth } from '../../store/port.ts';

/**
 * The rule on a youth as it is stored. One that cannot be read, or whose records wait for an operator, is not asked about
 * for now: what waits may be a withdrawal.
 */
export function judgeStored(
  loaded: LoadedYouth | undefined,
  question: NavQuestion,
  rule: (youth: Youth, question: NavQuestion) => NavVerdict,
): NavJudgement {
  if (loaded === undefined || loaded.parked) return { may: false, later: true };
  let youth: Youth;
  try {
    youth = loaded.youth;
  } catch {
    return { may: false, later: true };
  }
  const verdict = rule(youth, question);
  if (verdict.may) return { may: true, consentVersion: verdict.consentVersion };
  // An agreement may be renewed; all else that stops the question stops it for this list.
  return { may: false, later: verdict.stop === 'INGEN_AVTALE' };
}
