import type { OrgId } from '../core/organisation.ts';
import type { PlacedEvents } from '../core/report/inDecidedOrder.ts';
import type { RecordedEvents } from '../core/report/register.ts';
import { type ReplayScope, replay } from '../core/report/replay.ts';
import type { IsoInstant } from '../core/time/date.ts';
import { unpackedRecord } from '../store/form/packedRecord.ts';
import type { Queries } from '../store/queriesPort.ts';

/** What is counted of each youth. One reading of the events serves all who read of the same organisation. */
export interface HistoryReader {
  replay: ReplayScope;
  /** What was recorded later is not replayed. */
  upto: IsoInstant;
  /** Of one youth everything, in effective order. */
  read(records: readonly RecordedEvents[]): void;
}

/** Later than any instant. */
export const EVERYTHING: IsoInstant = '9999-12-31T23:59:59.999Z';

/** Replays an organisation's events once, youth by youth, for all readers: the input of a report. One youth at a time is in
 *  memory. */
export async function readHistories(
  queries: Pick<Queries, 'recordedUpto'>,
  org: OrgId,
  readers: readonly HistoryReader[],
): Promise<void> {
  const last = readers.map(({ upto }) => upto).reduce((one, other) => (one > other ? one : other), '');
  let youth: PlacedEvents[] = [];
  for await (const records of queries.recordedUpto(org, last)) {
    for (const packed of records) {
      if (youth[0] !== undefined && youth[0].ref !== packed.ref) {
        readYouth(youth, readers);
        youth = [];
      }
      youth.push(unpackedRecord(packed));
    }
  }
  readYouth(youth, readers);
}

/** Replayed once for all whose replay is the same. */
function readYouth(youth: readonly PlacedEvents[], readers: readonly HistoryReader[]): void {
  const replayed: { of: HistoryReader; count: number; records: RecordedEvents[] }[] = [];
  for (const reader of readers) {
    const known = youth.filter(({ recorded }) => recorded <= reader.upto);
    const { policy, until } = reader.replay;
    let same = replayed.find(
      ({ of, count }) => count === known.length && of.replay.until === until && of.replay.policy === policy,
    );
    if (same === undefined) {
      same = { of: reader, count: known.length, records: replay(known, reader.replay) };
      replayed.push(same);
    }
    reader.read(same.records);
  }
}
