import { epochOf } from '../../core/time/date.ts';
import { osloDate } from '../../core/time/oslo.ts';
import type { AbsenceList } from '../../core/youth/statusEvent.ts';
import type { OutgoingRecord } from '../../kafka/publisher.ts';
import type { CompleteList, Doubtful, PastList } from '../../store/deskPort.ts';
import type { AlarmCode } from '../../telemetry/names.ts';
import { bridgeRecord } from '../../wire/bridgeRecord.ts';
import type { NavAnswerBody, OpenAnswer } from './heldAnswer.ts';
import { isConfirmed } from './listRun.ts';
import { missingFrom } from './missing.ts';
import { type ShrinkageLimit, shrunk } from './shrinkage.ts';

/** What follows from a complete list: records for the bridge feed, or a refusal that a human looks at. */
export type Conclusion =
  /** `told`: how many are told to be absent, or to have been answered about. `doubtful`: who is missing and may stand in
   *  a row that cannot be read. */
  | { verdict: 'concluded'; records: OutgoingRecord[]; told: number; doubtful: Doubtful[] }
  | { verdict: 'refused'; code: AlarmCode; affected: number }
  /** A list that was begun later has been concluded from: the newer one holds. */
  | { verdict: 'superseded' };

/**
 * Absence from one of VIGO's lists or from a private school's, told once for each list in a row that the youth is
 * missing from, until there are as many as the county's policy asks for (F03, I03). The core counts them; telling only
 * the first would never be enough. Who is in the list and was not in the one before is told as well: it ends the
 * absences, if there were any. A private school's list is compared with lists of the same school only: `list.list`
 * names the school. Who stands in a broken row is there; who may stand in one is not told to be absent.
 * @param past the last concluded lists before this one, newest first: as many as the policy counts absences.
 */
export function concludeList(
  list: CompleteList & { list: AbsenceList },
  past: readonly PastList[],
  limit: ShrinkageLimit,
  virtual: boolean,
): Conclusion {
  if (list.outdated) return { verdict: 'superseded' };
  // The first of its kind: there is nobody to miss, and nobody has come back.
  const [previous] = past;
  if (previous === undefined) return { verdict: 'concluded', records: [], told: 0, doubtful: [] };
  const here = new Set(list.refs);
  const before = new Set([...previous.refs, ...previous.doubtful.map(({ ref }) => ref)]);
  const missing = [...before].filter((ref) => !here.has(ref)).length;
  // A row that cannot be read is one of them at most.
  const gone = Math.max(0, missing - list.nameless.length);
  if (shrunk(before.size, gone, limit) && !list.confirmed && !isConfirmed(list.run)) {
    return { verdict: 'refused', code: 'LIST_SHRUNK', affected: gone };
  }
  // From the list itself, not from the clock: a repeat after a crash says the same to the letter.
  const dato = osloDate(list.completed);
  const timestamp = virtual ? epochOf(list.completed) : null;
  const tell = (type: 'fravaer' | 'tilstede') => (ref: string) =>
    bridgeRecord(list.org, { type, ref, list: list.list, run: list.run, dato }, timestamp);
  const { absent, doubtful } = missingFrom(list, past);
  const last = new Set(previous.refs);
  const present = list.refs.filter((ref) => !last.has(ref));
  const records = [...absent.map(tell('fravaer')), ...present.map(tell('tilstede'))];
  return { verdict: 'concluded', records, told: absent.length, doubtful };
}

/**
 * The answers of a complete NAV batch, all or none. A row about somebody the organisation has no youth for (N05),
 * a row that cannot be read unless a person has said that it may be left out, and two answers that contradict each other
 * hold the whole batch.
 * @param known of the list's references, those the organisation has a youth for.
 */
export function concludeAnswers(
  list: CompleteList,
  known: ReadonlySet<string>,
  open: OpenAnswer,
  virtual: boolean,
): Conclusion {
  // Before any row is opened: a stranger's answer is not read at all.
  const strangers = new Set(list.refs.filter((ref) => !known.has(ref)));
  if (strangers.size > 0) return { verdict: 'refused', code: 'NAV_STRANGER', affected: strangers.size };
  if (list.bad > 0 && !list.vouched) return { verdict: 'refused', code: 'NAV_BAD_ROWS', affected: list.bad };
  const timestamp = virtual ? epochOf(list.completed) : null;
  const records: OutgoingRecord[] = [];
  const answers = new Map<string, NavAnswerBody>();
  for (const row of list.held) {
    const answer = open(list.org, row.sealed);
    if (!answer) return { verdict: 'refused', code: 'NAV_UNREADABLE', affected: 1 };
    const before = answers.get(row.ref);
    if (before && (before.answer !== answer.answer || before.office !== answer.office)) {
      return { verdict: 'refused', code: 'NAV_CONTRADICTION', affected: 1 };
    }
    if (before) continue;
    answers.set(row.ref, answer);
    const { batch, month: maaned, answer: registrert, office: kontor } = answer;
    const message = { type: 'nav-svar' as const, ref: row.ref, batch, maaned, registrert, kontor };
    records.push(bridgeRecord(list.org, message, timestamp));
  }
  return { verdict: 'concluded', records, told: records.length, doubtful: [] };
}
