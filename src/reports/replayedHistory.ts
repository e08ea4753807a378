import type { PlacedEvents } from '../core/report/asDecided.ts';
import type { RecordedEvents } from '../core/report/register.ts';
import { retell, type Telling } from '../core/report/retell.ts';
import type { IsoInstant } from '../core/time/date.ts';
import type { Reader } from '../store/readerPort.ts';

/** Replays everything recorded up to an instant, each youth's events in effective order: the input of a report. One
 *  youth at a time is in memory. */
export async function* replayedUpto(
  reader: Pick<Reader, 'recordedUpto'>,
  org: string,
  upto: IsoInstant,
  telling: Telling,
): AsyncGenerator<RecordedEvents> {
  let youth: PlacedEvents[] = [];
  for await (const record of reader.recordedUpto(org, upto)) {
    if (youth[0] !== undefined && youth[0].ref !== record.ref) {
      yield* retell(youth, telling);
      youth = [];
    }
    youth.push(record);
  }
  yield* retell(youth, telling);
}
