import { epochOf, type IsoInstant, instantOf } from '../../core/time/date.ts';
import { osloDate } from '../../core/time/oslo.ts';
import type { AbsenceList } from '../../core/youth/statusEvent.ts';
import type { Publisher } from '../../kafka/publisher.ts';
import type { Desk } from '../../store/deskPort.ts';
import type { RaiseAlarm } from '../../telemetry/alarm.ts';
import { bridgeRecord } from '../../wire/bridgeRecord.ts';

export interface LateParts {
  desk: Pick<
    Desk,
    'closeQuietLists' | 'lateLists' | 'lateTold' | 'surplusLists' | 'noteSurplus' | 'virtualNow'
  >;
  publisher: Publisher;
  now: () => IsoInstant;
  alarm: RaiseAlarm;
}

/** Rows without a number that repeat others may be a second sending that is under way: longer than one takes. */
const QUIET_MS = 10 * 60_000;
const PUBLISH_DEADLINE_MS = 60_000;

/**
 * Calls lists whole that only lack rows which stand there twice; tells of youths whose row came when their list had been
 * concluded without them that they are there; tells the operator of records that came under the id of a whole list.
 */
export async function settleLateRows(parts: LateParts, orgs: readonly string[]): Promise<void> {
  for (const org of orgs) {
    const virtual = await parts.desk.virtualNow(org);
    await parts.desk.closeQuietLists(org, instantOf(epochOf(virtual ?? parts.now()) - QUIET_MS));
    await tellLate(parts, org, virtual);
    for (const { list, run, records } of await parts.desk.surplusLists(org)) {
      // Told first: a crash in between tells twice, and never not at all.
      parts.alarm('LIST_SURPLUS', { org, list, run, count: records });
      await parts.desk.noteSurplus(org, list, run, records);
    }
  }
}

async function tellLate(
  { desk, publisher }: LateParts,
  org: string,
  virtual: IsoInstant | null,
): Promise<void> {
  for (const { list, run, completed, refs } of await desk.lateLists(org)) {
    if (!isAbsenceList(list)) continue;
    const dato = osloDate(completed);
    // After what was concluded without them, which a virtual clock may have moved on from.
    const timestamp = virtual === null ? null : epochOf(virtual);
    const records = refs.map((ref) =>
      bridgeRecord(org, { type: 'tilstede', ref, list, run, dato }, timestamp),
    );
    await publisher.publish(records, { deadlineMs: PUBLISH_DEADLINE_MS });
    await desk.lateTold(org, list, run, refs);
  }
}

function isAbsenceList(list: string): list is AbsenceList {
  return list !== 'nav';
}
