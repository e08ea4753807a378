import { feedTopic } from '../../core/messages/topic.ts';
import type { Organisation } from '../../core/organisation.ts';
import { epochOf, type IsoInstant, instantOf } from '../../core/time/date.ts';
import { FEEDS, type Feed } from '../../core/youth/statusEvent.ts';
import { nowOf } from '../organisationToday.ts';
import type { DeskParts } from '../parts.ts';
import { type Standing, standing } from './standing.ts';

const DAY_MS = 24 * 60 * 60_000;
/** A submission is decided within a second. */
const RECEIPT_AFTER_MS = 60_000;
/** Due youths are looked for every few seconds. */
const DUE_AFTER_MS = 5 * 60_000;
/** Enough to see that they are many. */
const MOST_DUE = 1_000;

type Parts = Pick<DeskParts, 'queries' | 'operations' | 'now'>;

/** Records that could not be used, wait behind another, or have no outcome; and what is due and was not decided. */
export async function recordsStanding(parts: Parts, organisation: Organisation): Promise<Standing[]> {
  const now = await nowOf(parts, organisation);
  const found = await Promise.all([
    quarantined(parts, organisation),
    parked(parts, organisation),
    receipts(parts, organisation, now),
    due(parts, organisation, now),
  ]);
  return found.flat();
}

async function quarantined({ queries }: Parts, { id: org }: Organisation): Promise<Standing[]> {
  return (await queries.quarantineSums(org)).map(({ topic, code, items, oldest }) =>
    standing('QUARANTINE', { feed: feedOf(org, topic), detail: code, count: items, since: oldest }),
  );
}

async function parked({ queries }: Parts, { id: org }: Organisation): Promise<Standing[]> {
  return (await queries.parkedSums(org)).map(({ reason, persons, oldest }) =>
    standing('PARKED', { detail: reason, count: persons, since: oldest }),
  );
}

async function receipts(
  { operations }: Parts,
  { id: org }: Organisation,
  now: IsoInstant,
): Promise<Standing[]> {
  const from = instantOf(epochOf(now) - DAY_MS);
  const to = instantOf(epochOf(now) - RECEIPT_AFTER_MS);
  const waiting = await operations.waitingReceipts(org, { from, to });
  return [...Map.groupBy(waiting, ({ feed }) => feed)].map(([feed, some]) =>
    standing('RECEIPT_WAITING', {
      feed,
      count: some.length,
      since: some.map(({ received }) => received).sort()[0] ?? null,
    }),
  );
}

async function due({ operations }: Parts, { id: org }: Organisation, now: IsoInstant): Promise<Standing[]> {
  const passed = await operations.due(org, instantOf(epochOf(now) - DUE_AFTER_MS), MOST_DUE);
  if (passed.length === 0) return [];
  return [
    standing('DUE_STILL', { count: passed.length, since: passed.map(({ due: at }) => at).sort()[0] ?? null }),
  ];
}

function feedOf(org: Organisation['id'], topic: string): Feed | null {
  return FEEDS.find((feed) => feedTopic(org, feed) === topic) ?? null;
}
