import type { IsoInstant } from '../core/date.ts';
import { feedTopic } from '../core/topic.ts';
import { type Publisher, PublishTimeout } from '../relay/publisher.ts';
import type { RaiseAlarm } from '../telemetry/alarm.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Meters } from '../telemetry/metrics.ts';
import type { FeedAdapter } from './adapter.ts';
import { ORIGIN, SYNC_CORRELATION, SYNC_LIST, SYNC_TOTAL, SYNC_TYPE } from './headers.ts';
import { runIdOf } from './listRun.ts';
import { SHRINKAGE_LIMIT, type ShrinkageLimit } from './shrinkage.ts';
import {
  type FetchFailure,
  fetchVigo,
  VIGO_LIMITS,
  type VigoLimits,
  type VigoRequest,
} from './vigoClient.ts';
import { type DocumentFailure, judgeDocument } from './vigoDocument.ts';

// One nightly list: fetched, judged as a whole, and put on its topic row by row. A list that is wrong in any
// way leaves no row behind: yesterday's state stands, and nobody is concluded to be gone.

export interface PollRequest extends VigoRequest {
  org: string;
  /** A human has looked at it: this one may be much shorter than the last. */
  confirmed?: boolean;
}

export interface PollParts {
  /** Of the feed the list belongs to; its `unpack` holds the rules for the whole document. */
  adapter: FeedAdapter;
  publisher: Publisher;
  /** The Kafka key of each row: its person's reference, a random one for a row whose person cannot be read. */
  keysOf: (rows: readonly unknown[]) => Promise<string[]>;
  /** Rows in the last list that was concluded from; null when there is none. */
  lastTotal: (org: string, list: VigoRequest['list']) => Promise<number | null>;
  log: Logger;
  meters: Pick<Meters, 'pollFailed'>;
  alarm: RaiseAlarm;
  now: () => IsoInstant;
  sleep: (ms: number) => Promise<void>;
  limits?: VigoLimits;
  shrinkage?: ShrinkageLimit;
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
      gone?: number;
      cause?: unknown;
    };

/** Waits before the second and the third try. */
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
  const run = runIdOf(wanted.list, wanted.county, parts.now(), wanted.confirmed ?? false);
  const answer = await fetchVigo(wanted, parts.limits ?? VIGO_LIMITS);
  if (!answer.ok) return answer;
  const judged = judgeDocument(answer.document, {
    adapter: parts.adapter,
    run,
    previousTotal: wanted.confirmed ? null : await parts.lastTotal(wanted.org, wanted.list),
    limit: parts.shrinkage ?? SHRINKAGE_LIMIT,
  });
  if (!judged.ok) return judged;
  const rows = new Map(judged.rows.map((row) => [JSON.stringify(row), row]));
  try {
    await put(wanted, parts, run, { rows, document: answer.document });
  } catch (cause) {
    // Half a list may stand in Kafka now. It never becomes complete: the next try is a run of its own.
    if (cause instanceof PublishTimeout) return { ok: false, code: 'PUBLISH_TIMEOUT', final: false, cause };
    throw cause;
  }
  return { ok: true, run, rows: rows.size };
}

async function put(wanted: PollRequest, parts: PollParts, run: string, list: ListRows): Promise<void> {
  const headers = {
    [ORIGIN]: 'ot-bridge',
    'content-type': 'application/json',
    [SYNC_TYPE]: 'FULL',
    [SYNC_CORRELATION]: run,
    [SYNC_TOTAL]: String(list.rows.size),
    [SYNC_LIST]: wanted.list,
  };
  const topic = feedTopic(wanted.org, parts.adapter.feed);
  const options = { deadlineMs: PUBLISH_DEADLINE_MS };
  if (list.rows.size === 0) {
    // A list of none has no row to say that it came: the document itself does, under a key that is nobody's.
    const value = Buffer.from(JSON.stringify(list.document));
    await parts.publisher.publish([{ topic, key: run, value, headers }], options);
  }
  const rows = [...list.rows];
  for (let from = 0; from < rows.length; from += CHUNK) {
    const chunk = rows.slice(from, from + CHUNK);
    const keys = await parts.keysOf(chunk.map(([, row]) => row));
    const records = chunk.map(([text], index) => {
      const key = keys[index];
      if (key === undefined) throw new Error('a row of the list got no key');
      return { topic, key, value: Buffer.from(text), headers };
    });
    await parts.publisher.publish(records, options);
  }
}

/** Rows by their text, each once: VIGO repeats rows, and a repeated row would leave the list one short for ever. */
interface ListRows {
  rows: ReadonlyMap<string, unknown>;
  document: unknown;
}

function failed(
  wanted: PollRequest,
  parts: PollParts,
  last: Attempt & { ok: false },
  tries: number,
): PollResult {
  const { org, list } = wanted;
  const { code, httpStatus, fields, cause, gone } = last;
  parts.log.event('poll.failed', { org, list, code, tries, httpStatus, fields, error: cause });
  parts.meters.pollFailed({ org, list, code });
  const alarm = code === 'SHRUNK' ? 'LIST_SHRUNK' : 'POLL_FAILED';
  parts.alarm(alarm, { org, list, detail: code, ...(gone !== undefined && { count: gone }) });
  return { ok: false, code };
}
