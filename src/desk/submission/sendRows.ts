import { ORIGIN, RECEIPT, ROW, TRACEPARENT } from '../../kafka/headers.ts';
import type { DeskParts } from '../parts.ts';
import type { HeadersOf } from './foreignRows.ts';
import { publish } from './publish.ts';
import { type Keying, sentKeys } from './sentKeys.ts';

export const API_ORIGIN = 'ot-bridge-api';

/** Rows decoded, keyed and handed to Kafka together: what is held as parsed values is bounded by this. */
const PORTION = 500;

/** All portions together: a Kafka that is slow but not away would hold the sender, and the rows in memory, without end. */
const WHOLE_MS = 60_000;

interface Sending {
  topic: string;
  receipt: string;
  headersOf: HeadersOf;
  keying: Keying;
  /** Epoch milliseconds, on a virtual clock's topics. */
  timestamp: number | null;
  traceparent: string | undefined;
  /** What the sender calls the rows; else the first is 1. */
  numbers: readonly number[] | undefined;
}

type Parts = Pick<DeskParts, 'store' | 'vault' | 'decode' | 'publisher'>;

/** Resolves when Kafka has acknowledged every row. @throws DeskRefusal KAFKA_SLOW */
export async function sendRows(parts: Parts, rows: readonly Buffer[], sending: Sending): Promise<void> {
  const { topic, receipt, timestamp } = sending;
  const common = {
    [RECEIPT]: receipt,
    [ORIGIN]: API_ORIGIN,
    ...(sending.traceparent === undefined ? {} : { [TRACEPARENT]: sending.traceparent }),
  };
  const end = performance.now() + WHOLE_MS;
  for (let first = 0; first < rows.length; first += PORTION) {
    const records = rows.slice(first, first + PORTION).map((value, index) => {
      const row = String(sending.numbers?.[first + index] ?? first + index + 1);
      return {
        value,
        headers: { ...common, ...sending.headersOf(value), [ROW]: row },
        token: `${receipt}/${row}`,
      };
    });
    const keys = await sentKeys(parts, records, sending.keying);
    await publish(
      parts.publisher,
      records.map(({ value, headers, token }, index) => ({
        topic,
        key: keys[index] ?? token,
        value,
        headers,
        ...(timestamp === null ? {} : { timestamp }),
      })),
      end - performance.now(),
    );
  }
}
