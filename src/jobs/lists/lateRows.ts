import type { OrgId } from '../../core/organisation.ts';
import { epochOf, type IsoInstant, instantOf } from '../../core/time/date.ts';
import { osloDate } from '../../core/time/oslo.ts';
import type { AbsenceList } from '../../core/youth/statusEvent.ts';
import type { Publisher } from '../../kafka/publisher.ts';
import type { Operations } from '../../store/operationsPort.ts';
import type { RaiseAlarm } from '../../telemetry/alarm.ts';
import { bridgeRecord } from '../../wire/bridgeRecord.ts';

export interface LateParts {
  operations: Pick<
    Operations,
    | 'closeQuietLists'
    | 'lateLists'
    | 'markLateReported'
    | 'surplusLists'
    | 'markSurplusReported'
    | 'virtualNow'
  >;
  publisher: Publisher;
  now: () => IsoInstant;
  alarm: RaiseAlarm;
}

/** Longer than a sender's retry: rows without a number that repeat others may be a second sending in progress. */
const QUIET_MS = 10 * 60_000;
const PUBLISH_DEADLINE_MS = 60_000;

/**
 * Completes lists whose missing rows are rows sent twice; reports presence for youths whose row came after their
 * list was concluded without them; alerts the operator to records under the id of a complete list.
 */
export async function settleLateRows(parts: LateParts, orgs: readonly OrgId[]): Promise<void> {
  for (const org of orgs) {
    const virtual = await parts.operations.virtualNow(org);
    await parts.operations.closeQuietLists(org, instantOf(epochOf(virtual ?? parts.now()) - QUIET_MS));
    await reportPresence(parts, org, virtual);
    for (const { list, run, records } of await parts.operations.surplusLists(org)) {
      // At least once: a crash after the alarm repeats it.
      parts.alarm('LIST_SURPLUS', { org, list, run, count: records });
      await parts.operations.markSurplusReported(org, list, run, records);
    }
  }
}

async function reportPresence(
  { operations, publisher }: LateParts,
  org: OrgId,
  virtual: IsoInstant | null,
): Promise<void> {
  for (const { list, run, completed, refs } of await operations.lateLists(org)) {
    if (!isAbsenceList(list)) continue;
    const dato = osloDate(completed);
    // Later than the absences it ends; a virtual clock may have moved on since.
    const timestamp = virtual === null ? null : epochOf(virtual);
    const records = refs.map((ref) =>
      bridgeRecord(org, { type: 'tilstede', ref, list, run, dato }, timestamp),
    );
    await publisher.publish(records, { deadlineMs: PUBLISH_DEADLINE_MS });
    await operations.markLateReported(org, list, run, refs);
  }
}

function isAbsenceList(list: string): list is AbsenceList {
  return list !== 'nav';
}
