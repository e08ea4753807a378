import type { FeedAdapter } from '../../core/feedAdapter.ts';
import { feedTopic } from '../../core/messages/topic.ts';
import type { OrgId } from '../../core/organisation.ts';
import type { IsoInstant } from '../../core/time/date.ts';
import { ORIGIN, ROW, SYNC_CORRELATION, SYNC_LIST, SYNC_TOTAL, SYNC_TYPE } from '../../kafka/headers.ts';
import { type Publisher, PublishTimeout } from '../../kafka/publisher.ts';
import type { RaiseAlarm } from '../../telemetry/alarm.ts';
import type { Logger } from '../../telemetry/logger.ts';
import type { Meters } from '../../telemetry/metrics.ts';
import { runIdOf } from '../lists/listRun.ts';
import {
  type FetchFailure,
  fetchVigo,
  VIGO_LIMITS,
  type VigoLimits,
  type VigoRequest,
} from './vigoClient.ts';
import { type DocumentFailure, judgeDocument } from './vigoDocument.ts';

// One nightly list: fetched, judged as a whole, and published row by row. A list with any fault publishes no row:
// yesterday's state stays, and no absence is concluded.

export interface PollRequest extends VigoRequest {
  org: OrgId;
}

export interface PollParts {
  /** Of the list's feed; its `unpack` holds the rules for the whole document. */
  adapter: FeedAdapter;
  publisher: Publisher;
  /** Kafka key of each row: its person's reference, or a random one where the person cannot be read. */
  keysOf: (rows: readonly unknown[]) => Promise<string[]>;
  log: Logger;
  meters: Pick<Meters, 'pollFailed'>;
  alarm: RaiseAlarm;
  now: () => IsoInstant;
  sleep: (ms: number) => Promise<void>;
  limits?: VigoLimits;
}

export type PollFailure = FetchFailure | DocumentFailure | 'PUBLISH_TIMEOUT';
export type PollResult = { ok: true; run: string; rows: number } | { ok: false; code: PollFailure };

type Attempt =
  | { ok: true; run: string; rows: number }
  | {
      ok: false;
      code: PollFailure;
      final: boolean;
      httpStatus?: number;
      fields?: string;
      cause?: unknown;
    };

/** Backoff before the second and the third attempt. */
const BACKOFF_MS = [5_000, 60_000];
const CHUNK = 1_000;
const PUBLISH_DEADLINE_MS = 5 * 60_000;

export async function pollVigo(wanted: PollRequest, parts: PollParts): Promise<PollResult> {
  const started = performance.now();
  for (let tries = 1; ; tries++) {
    const tried = await attempt(wanted, parts);
    const { org, list } = wanted;
    if (tried.ok) {
      const ms = performance.now() - started;
      parts.log.event('poll.done', { org, list, run: tried.run, rows: tried.rows, tries, ms });
      return tried;
    }
    const wait = BACKOFF_MS[tries - 1];
    if (wait === undefined || tried.final) return failed(wanted, parts, tried, tries);
    await parts.sleep(wait);
  }
}

async function attempt(wanted: PollRequest, parts: PollParts): Promise<Attempt> {
  const run = runIdOf(wanted.list, wanted.county, parts.now());
  const answer = await fetchVigo(wanted, parts.limits ?? VIGO_LIMITS);
  if (!answer.ok) return answer;
  const judged = judgeDocument(answer.document, parts.adapter, run);
  if (!judged.ok) return judged;
  const { rows } = judged;
  try {
    await put(wanted, parts, run, { rows, document: answer.document });
  } catch (cause) {
    // Part of the list may be in Kafka. It never becomes complete: the next attempt is a run of its own.
    if (cause instanceof PublishTimeout) return { ok: false, code: 'PUBLISH_TIMEOUT', final: false, cause };
    throw cause;
  }
  return { ok: true, run, rows: rows.length };
}

async function put(wanted: PollRequest, parts: PollParts, run: string, list: ListRows): Promise<void> {
  const headers = {
    [ORIGIN]: 'ot-bridge',
    'content-type': 'application/json',
    [SYNC_TYPE]: 'FULL',
    [SYNC_CORRELATION]: run,
    [SYNC_TOTAL]: String(list.rows.length),
    [SYNC_LIST]: wanted.list,
  };
  const topic = feedTopic(wanted.org, parts.adapter.feed);
  const options = { deadlineMs: PUBLISH_DEADLINE_MS };
  if (list.rows.length === 0) {
    // An empty list has no row to announce it: the document itself is published, under a key of no person.
    const value = Buffer.from(JSON.stringify(list.document));
    await parts.publisher.publish([{ topic, key: run, value, headers }], options);
  }
  for (let from = 0; from < list.rows.length; from += CHUNK) {
    const chunk = list.rows.slice(from, from + CHUNK);
    const keys = await parts.keysOf(chunk);
    const records = chunk.map((row, index) => {
      const key = keys[index];
      if (key === undefined) throw new Error('a row of the list got no key');
      // The number distinguishes a row that VIGO repeats from one that Kafka repeats.
      const numbered = { ...headers, [ROW]: String(from + index + 1) };
      return { topic, key, value: Buffer.from(JSON.stringify(row)), headers: numbered };
    });
    await parts.publisher.publish(records, options);
  }
}

interface ListRows {
  rows: readonly unknown[];
  document: unknown;
}

function failed(
  wanted: PollRequest,
  parts: PollParts,
  last: Attempt & { ok: false },
  tries: number,
): PollResult {
  const { org, list } = wanted;
  const { code, httpStatus, fields, cause } = last;
  parts.log.event('poll.failed', { org, list, code, tries, httpStatus, fields, error: cause });
  parts.meters.pollFailed({ org, list, code });
  parts.alarm('POLL_FAILED', { org, list, detail: code });
  return { ok: false, code };
}
