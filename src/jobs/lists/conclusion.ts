import type { PersonRef } from '../../core/person/reference.ts';
import { epochOf } from '../../core/time/date.ts';
import { osloDate } from '../../core/time/oslo.ts';
import type { AbsenceList } from '../../core/youth/statusEvent.ts';
import type { OutgoingRecord } from '../../kafka/publisher.ts';
import type { CompleteList, Doubtful, PastList } from '../../store/operationsPort.ts';
import type { AlarmCode } from '../../telemetry/names.ts';
import { bridgeRecord } from '../../wire/bridgeRecord.ts';
import { isConfirmed } from './listRun.ts';
import { missingFrom } from './missing.ts';
import { type ShrinkageLimit, shrunk } from './shrinkage.ts';

/** Result of a complete list: records for the bridge feed, or a refusal for the operator. */
export type Conclusion =
  /** `reported`: number of reported absences or answers. `doubtful`: missing persons who may be in an unreadable row.
   *  `late`: some answers came after those of a newer month. */
  | {
      verdict: 'concluded';
      records: OutgoingRecord[];
      reported: number;
      doubtful: Doubtful[];
      late?: boolean;
    }
  | { verdict: 'refused'; code: AlarmCode; affected: number }
  /** A list opened later has been concluded and prevails. */
  | { verdict: 'superseded' }
  /** NAV's answers, while no agreement holds. */
  | { verdict: 'waits' };

/**
 * Absence from one of VIGO's lists or a private school's, reported once per consecutive list that the youth is
 * missing from, up to the number in the county's policy (F03, I03). The core counts the reports, so one would never
 * be enough. Presence is reported for persons in this list and not in the previous one: it ends the absences, if
 * any. A private school's list is compared with lists of the same school only: `list.list` names the school. A
 * person in a broken row is present; a person who may be in one is not reported absent.
 * @param past the last concluded lists before this one, newest first: as many as the policy counts absences.
 */
export function concludeList(
  list: CompleteList & { list: AbsenceList },
  past: readonly PastList[],
  limit: ShrinkageLimit,
  virtual: boolean,
): Exclude<Conclusion, { verdict: 'waits' }> {
  if (list.outdated) return { verdict: 'superseded' };
  // The first of its kind: no absences to report and no returns.
  const [previous] = past;
  if (previous === undefined) return { verdict: 'concluded', records: [], reported: 0, doubtful: [] };
  const here = new Set(list.refs);
  const before = new Set([...previous.refs, ...previous.doubtful.map(({ ref }) => ref)]);
  const missing = [...before].filter((ref) => !here.has(ref)).length;
  // Each unreadable row accounts for at most one of them.
  const gone = Math.max(0, missing - list.nameless.length);
  if (shrunk(before.size, gone, limit) && !list.confirmed && !isConfirmed(list.run)) {
    return { verdict: 'refused', code: 'LIST_SHRUNK', affected: gone };
  }
  // From the list itself, not from the clock: a repeat after a crash is identical and idempotent.
  const dato = osloDate(list.completed);
  const timestamp = virtual ? epochOf(list.completed) : null;
  const report = (type: 'fravaer' | 'tilstede') => (ref: PersonRef) =>
    bridgeRecord(list.org, { type, ref, list: list.list, run: list.run, dato }, timestamp);
  const { absent, doubtful } = missingFrom(list, past);
  const last = new Set(previous.refs);
  const present = list.refs.filter((ref) => !last.has(ref));
  const records = [...absent.map(report('fravaer')), ...present.map(report('tilstede'))];
  return { verdict: 'concluded', records, reported: absent.length, doubtful };
}
