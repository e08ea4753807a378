import type { OrgId } from '../core/organisation.ts';
import type { PlacedEvents } from '../core/report/inDecidedOrder.ts';
import type { RecordedEvents } from '../core/report/register.ts';
import { type ReplayScope, replay } from '../core/report/replay.ts';
import type { IsoInstant } from '../core/time/date.ts';
import type { Queries } from '../store/queriesPort.ts';

/** Replays everything recorded up to an instant, each youth's events in effective order: the input of a report. One
 *  youth at a time is in memory. */
export async function* replayedUpto(
  queries: Pick<Queries, 'recordedUpto'>,
  org: OrgId,
  upto: IsoInstant,
  scope: ReplayScope,
): AsyncGenerator<RecordedEvents> {
  let youth: PlacedEvents[] = [];
  for await (const record of queries.recordedUpto(org, upto)) {
    if (youth[0] !== undefined && youth[0].ref !== record.ref) {
      yield* replay(youth, scope);
      youth = [];
    }
    youth.push(record);
  }
  yield* replay(youth, scope);
}
