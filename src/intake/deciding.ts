import { randomUUID } from 'node:crypto';
import { type IsoDate, type IsoInstant, osloDate } from '../core/date.ts';
import { decide } from '../core/decide.ts';
import { fold } from '../core/evolve.ts';
import { type OutboxMessage, toMessages } from '../core/messages.ts';
import type { Policy } from '../core/policy.ts';
import type { StatusEvent } from '../core/statusEvent.ts';
import type { Youth } from '../core/youth.ts';
import type { OutgoingRecord } from '../relay/publisher.ts';
import type { Commit, Lane, LoadedYouth, Outcome } from '../store/port.ts';
import type { Vault } from '../store/vault.ts';
import { disposition, type Ending } from './disposition.ts';
import type { People } from './people.ts';
import type { Reading } from './reading.ts';
import { packRecord } from './sealedRecord.ts';

/** A batch decided in memory: what to commit, and what to publish once it is committed. */
export interface Decided {
  commit: Omit<Commit, 'lane' | 'nextOffset' | 'publishedUpto'>;
  /** Encoded already: a message that cannot be written must stop its youth before anything is committed. */
  outgoing: { message: OutboxMessage; record: OutgoingRecord }[];
  quarantined: { reading: Reading; id: string }[];
  /** Youths of this batch whose last change came through another lane. */
  behind: { lane: number; offset: bigint }[];
}

export interface DecidingParts {
  lane: Lane;
  policy: Policy;
  vault: Vault;
  /** Hex keys of source events that have had their effect (looked up after a clash). */
  known: ReadonlySet<string>;
  onDecisionFailed(ref: string, error: unknown): void;
  outgoing(message: OutboxMessage, traceparent?: string): OutgoingRecord;
}

interface Standing {
  loaded: LoadedYouth;
  youth: Youth;
  version: number;
  parked: boolean;
}

/** Person by person in offset order; nothing leaves memory. */
export function decideAll(parts: DecidingParts, readings: readonly Reading[], people: People): Decided {
  const standings = new Map<string, Standing>();
  const seen = new Set<string>(parts.known);
  const decided = empty();

  const end = (reading: Reading, ending: Ending, problems: Commit['receipts'][number]['problems'] = []) => {
    const { outcome } = disposition(ending);
    if (outcome === null) throw new Error(`«${ending}» is not an ending of a decided record`);
    decided.commit.counts[outcome] += 1;
    if (reading.receipt !== null && reading.row !== null) {
      decided.commit.receipts.push({ receipt: reading.receipt, row: reading.row, outcome, problems });
    }
  };

  for (const reading of readings) {
    const { verdict } = reading;
    switch (verdict.verdict) {
      case 'notOurs':
        end(reading, 'not-ours');
        break;
      case 'malformed':
        quarantine(parts, decided, reading, verdict.problems);
        end(reading, 'malformed', verdict.problems);
        break;
      case 'manifest':
        decided.commit.listRows.push(listRow(reading, verdict.envelope));
        end(reading, 'manifest');
        break;
      case 'listed': {
        const ref = people.refOf(verdict.person);
        const sealed = verdict.hold ? parts.vault.seal(packRecord(reading.record)) : null;
        decided.commit.listRows.push({
          ...listRow(reading, verdict.envelope),
          rowKey: verdict.rowKey,
          ref,
          sealed,
        });
        end(reading, verdict.hold ? 'held' : one(reading, ref, verdict.event));
        break;
      }
      case 'event':
        end(reading, one(reading, people.refOf(verdict.person), verdict.event));
        break;
    }
  }

  for (const standing of standings.values()) {
    if (standing.version === standing.loaded.version) continue;
    decided.commit.youths.push({
      ref: standing.loaded.ref,
      expectedVersion: standing.loaded.version,
      version: standing.version,
      youth: standing.youth,
    });
    const { lastLane, lastOffset } = standing.loaded;
    if (lastLane !== null && lastOffset !== null && lastLane !== parts.lane.id) {
      decided.behind.push({ lane: lastLane, offset: lastOffset });
    }
  }
  return decided;

  function one(reading: Reading, ref: string, event: StatusEvent): Ending {
    const standing = standingOf(ref);
    const { dedupeKey } = reading;
    if (!dedupeKey) throw new Error('a record about a youth has no dedupe key');
    const key = dedupeKey.toString('hex');
    if (seen.has(key)) return 'known';
    if (standing.parked) {
      park(reading, ref, 'behind-parked');
      return 'behind-parked';
    }
    let events: ReturnType<typeof decide>;
    let after: Youth;
    let outgoing: Decided['outgoing'];
    try {
      if (standing.loaded.unreadable !== undefined) throw standing.loaded.unreadable;
      events = decide(event, standing.youth, {
        now: reading.received,
        today: osloDay(reading.received),
        policy: parts.policy,
      });
      after = fold(standing.youth, events);
      outgoing = told(reading, ref, events, after, standing.version + 1);
    } catch (error) {
      // A broken invariant stops this youth, not the county.
      parts.onDecisionFailed(ref, error);
      standing.parked = true;
      park(reading, ref, 'decision-failed');
      return 'decision-failed';
    }
    if (events.length === 0) return 'unchanged';
    seen.add(key);
    standing.youth = after;
    standing.version += 1;
    decided.commit.applied.push({
      offset: reading.record.offset,
      ref,
      version: standing.version,
      dedupeKey,
      recorded: reading.received,
      events,
    });
    for (const each of outgoing) decided.outgoing.push(each);
    return 'decided';
  }

  function told(
    reading: Reading,
    ref: string,
    events: ReturnType<typeof decide>,
    after: Youth,
    version: number,
  ): Decided['outgoing'] {
    const { org, topic, partition } = parts.lane;
    const position = `${topic}/${partition}/${reading.record.offset}`;
    const messages = toMessages(events, after, { org, ref, position, version, recorded: reading.received });
    return messages.map((message) => ({
      message,
      record: parts.outgoing(message, reading.traceparent ?? undefined),
    }));
  }

  function standingOf(ref: string): Standing {
    const before = standings.get(ref);
    if (before) return before;
    const loaded = people.youths.get(ref);
    if (!loaded) throw new Error('a youth of the batch was not loaded');
    const standing = { loaded, youth: loaded.youth, version: loaded.version, parked: loaded.parked };
    standings.set(ref, standing);
    return standing;
  }

  function park(reading: Reading, ref: string, reason: string): void {
    decided.commit.parked.push({
      offset: reading.record.offset,
      ref,
      received: reading.received,
      reason,
      sealed: parts.vault.seal(packRecord(reading.record)),
    });
  }
}

function quarantine(
  parts: DecidingParts,
  decided: Decided,
  reading: Reading,
  problems: Commit['receipts'][number]['problems'],
): void {
  const id = randomUUID();
  decided.commit.quarantined.push({
    id,
    offset: reading.record.offset,
    received: reading.received,
    problems,
    sealed: parts.vault.seal(packRecord(reading.record)),
    receipt: reading.receipt,
    row: reading.row,
  });
  decided.quarantined.push({ reading, id });
}

function listRow(
  reading: Reading,
  envelope: Commit['listRows'][number]['envelope'],
): Commit['listRows'][number] {
  return {
    offset: reading.record.offset,
    envelope,
    rowKey: null,
    ref: null,
    sealed: null,
    received: reading.received,
  };
}

function empty(): Decided {
  const counts: Record<Outcome, number> = {
    applied: 0,
    duplicate: 0,
    rejected: 0,
    quarantined: 0,
    parked: 0,
  };
  return {
    commit: { applied: [], youths: [], quarantined: [], parked: [], receipts: [], listRows: [], counts },
    outgoing: [],
    quarantined: [],
    behind: [],
  };
}

// Oslo's midnight is a whole hour in UTC, so one look-up an hour serves every record of that hour.
let hour = '';
let day: IsoDate = '';
function osloDay(instant: IsoInstant): IsoDate {
  const prefix = instant.slice(0, 13);
  if (prefix !== hour) {
    day = osloDate(instant);
    hour = prefix;
  }
  return day;
}
