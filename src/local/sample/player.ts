import { randomUUID } from 'node:crypto';
import { feedTopic } from '../../core/messages/topic.ts';
import type { OrgId } from '../../core/organisation.ts';
import { epochOf, type IsoDate, type IsoInstant } from '../../core/time/date.ts';
import { ORIGIN } from '../../kafka/headers.ts';
import type { OutgoingRecord, Publisher } from '../../kafka/publisher.ts';
import type { Operations } from '../../store/operationsPort.ts';
import { SAMPLE_END, SAMPLE_START, sampleCutoffs, stepEnds } from './calendar.ts';
import { deliveryOf, type FetchedRow, NAV_MONTHS } from './navMonths.ts';
import { sampleYear } from './population.ts';
import type { SampleRecord } from './record.ts';

// Plays the sample county through the feed topics, step by step in virtual time. The virtual clock is the checkpoint:
// it advances past a step only when every record of the step is acknowledged, read and decided. A player that is
// killed repeats at most one step, and its records are deduplicated by id.

/** Shorter than the days between a registration and an adviser's record (ADVISER_LAG). */
export const STEP_DAYS = 4;

export interface SamplePlay {
  org: OrgId;
  publisher: Pick<Publisher, 'publish'>;
  /** Person references of identity numbers, in the same order. */
  resolveKeys(numbers: readonly string[]): Promise<readonly string[]>;
  operations: Pick<Operations, 'virtualNow'>;
  /** Whether the organisation has records of its own; called only before the first step. */
  hasRecords(): Promise<boolean>;
  /** Moves the organisation's virtual clock and sends what then is due; resolves to the clock's new time. */
  moveClock(to: IsoInstant): Promise<IsoInstant>;
  /** Resolves when everything published has been decided and committed. */
  awaitIdle(): Promise<void>;
  /** Builds the report of a reference date, once. */
  buildSnapshot(referenceDate: IsoDate): Promise<unknown>;
  nav: NavExchange;
  onProgress(progress: Progress): void;
}

/** The county's side of the exchange with NAV, and NAV's. */
export interface NavExchange {
  /** Has the list of a month made, once; resolves when NAV can fetch it. */
  makeList(month: string): Promise<void>;
  /** Fetches it as NAV. */
  fetchList(month: string): Promise<readonly FetchedRow[]>;
  /** Resolves when what has come of deliveries is judged, and all that it led to is decided. */
  judged(): Promise<void>;
}

export interface Progress {
  /** Records sent, of `total`. */
  sent: number;
  total: number;
  /** The virtual clock. */
  now: IsoInstant;
}

/**
 * - `played`: the whole year, or the rest of it.
 * - `already-played`: the clock is at the end.
 * - `occupied`: the organisation has records and has never been a sample; nothing is sent.
 */
export type PlayResult = 'played' | 'already-played' | 'occupied';

/** @throws when the clock is moved by another caller: records would enter Kafka before their time. */
export async function playSample(play: SamplePlay): Promise<PlayResult> {
  const clock = await play.operations.virtualNow(play.org);
  if (clock === null && (await play.hasRecords())) return 'occupied';
  const finished = clock !== null && clock >= SAMPLE_END;
  const { records } = sampleYear();
  let now = clock ?? SAMPLE_START;
  // A killed player may have left due deadlines unsent and the report unbuilt.
  if (!finished) {
    await arrive(play, now);
    await exchange(play, now);
  }
  await buildPassed(play, '', now);
  if (finished) return 'already-played';

  const steps = cut(records, stepEnds(STEP_DAYS));
  let sent = 0;
  for (const { end, records: batch } of steps) {
    sent += batch.length;
    if (end <= now) continue;
    await play.publisher.publish(await outgoing(play, batch));
    await play.awaitIdle();
    await arrive(play, end);
    await exchange(play, end);
    await buildPassed(play, now, end);
    now = end;
    play.onProgress({ sent, total: records.length, now });
  }
  return 'played';
}

async function arrive(play: SamplePlay, to: IsoInstant): Promise<void> {
  const now = await play.moveClock(to);
  if (now !== to)
    throw new Error(`the virtual clock of ${play.org} was moved to ${now} while the sample was played`);
  await play.awaitIdle();
}

/** What the county and NAV do at the moment. Killed in the middle it is done again: the list is the same, and a delivery that
 *  comes twice has no effect. */
async function exchange(play: SamplePlay, now: IsoInstant): Promise<void> {
  for (const each of NAV_MONTHS) {
    if (each.extracted === now) {
      await play.nav.makeList(each.month);
      await play.awaitIdle();
    }
    if (each.answered === now) {
      const records = deliveryOf(each, await play.nav.fetchList(each.month));
      const at = epochOf(now);
      await play.publisher.publish(
        await outgoing(
          play,
          records.map((record) => ({ at, feed: 'nav-match', ...record })),
        ),
      );
      await play.nav.judged();
    }
  }
}

/** Builds reports whose cut-off lies in (after, upto]; idempotent. */
async function buildPassed(play: SamplePlay, after: IsoInstant, upto: IsoInstant): Promise<void> {
  for (const { referenceDate, cutoff } of sampleCutoffs()) {
    if (after < cutoff && cutoff <= upto) await play.buildSnapshot(referenceDate);
  }
}

/** Records by step, in time order; a step holds what enters Kafka at or before its end. */
function cut(
  records: readonly SampleRecord[],
  ends: readonly IsoInstant[],
): { end: IsoInstant; records: SampleRecord[] }[] {
  let from = 0;
  return ends.map((end) => {
    const until = epochOf(end);
    let to = from;
    while (to < records.length && (records[to] as SampleRecord).at <= until) to += 1;
    const step = { end, records: records.slice(from, to) };
    from = to;
    return step;
  });
}

async function outgoing(play: SamplePlay, records: readonly SampleRecord[]): Promise<OutgoingRecord[]> {
  const numbers = [...new Set(records.flatMap(({ fodselsnummer }) => fodselsnummer ?? []))];
  const refs = await play.resolveKeys(numbers);
  const keys = new Map(numbers.map((number, index) => [number, refs[index]]));
  return records.map(({ at, feed, fodselsnummer, value }) => ({
    topic: feedTopic(play.org, feed),
    // The person of an unreadable record is unknown: a random key.
    key: (fodselsnummer === null ? undefined : keys.get(fodselsnummer)) ?? randomUUID(),
    value: Buffer.from(JSON.stringify(value)),
    headers: { [ORIGIN]: 'ot-bridge-sample', 'content-type': 'application/json' },
    timestamp: at,
  }));
}
