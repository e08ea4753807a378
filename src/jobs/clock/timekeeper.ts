import type { OrgId } from '../../core/organisation.ts';
import { epochOf, type IsoInstant } from '../../core/time/date.ts';
import type { Publisher } from '../../kafka/publisher.ts';
import type { Operations } from '../../store/operationsPort.ts';
import type { RaiseAlarm } from '../../telemetry/alarm.ts';
import type { JobBook } from '../../telemetry/jobBook.ts';
import type { Logger } from '../../telemetry/logger.ts';
import { bridgeRecord } from '../../wire/bridgeRecord.ts';
import { type Repetition, repeat } from '../repeat.ts';
import { createSentDeadlines, type Due, type SentDeadlines } from './sentDeadlines.ts';

// What falls due (a deadline, a birthday, the first day of a school year) becomes a record on the bridge feed and is
// decided like any other. The database knows what is due; after a long stop the same query catches up.

export interface TimekeeperParts {
  operations: Pick<Operations, 'due' | 'virtualNow' | 'moveClock'>;
  publisher: Publisher;
  organisations: readonly OrgId[];
  now: () => IsoInstant;
  /** Resolves when everything on the organisation's feeds has been decided. */
  awaitIdle: (org: OrgId) => Promise<void>;
  log: Logger;
  alarm: RaiseAlarm;
  /** Where its rounds are entered. */
  jobs?: Pick<JobBook, 'enter'> | undefined;
}

export interface Timekeeper {
  /** Runs every second until stopped. */
  start(): void;
  stop(): Promise<void>;
  /** Sends what is due now, by each organisation's own clock. */
  tick(): Promise<void>;
  /**
   * Moves a virtual clock forward, deciding every deadline on the way, in order. `waiting`: deadlines still due
   * although their record came through (a parked youth).
   * @throws RangeError when the organisation runs on real time.
   */
  moveClock(org: OrgId, to: IsoInstant): Promise<{ now: IsoInstant; fired: number; waiting: number }>;
}

const EVERY_MS = 1_000;
const BATCH_SIZE = 1_000;
const REMEMBERED = 20_000;
const PUBLISH_DEADLINE_MS = 60_000;
/** About seven minutes after the first send: longer than any delay in normal operation. */
const SENDS_BEFORE_ALARM = 4;

export function createTimekeeper(parts: TimekeeperParts): Timekeeper {
  const clocks = new Map(parts.organisations.map((org) => [org, createSentDeadlines(REMEMBERED)]));
  const turns = new Map<string, Promise<unknown>>();
  const moving = new Set<string>();
  let repetition: Repetition | undefined;

  /** Serialised per organisation: a tick during a clock move would see half of it. */
  const inTurn = <T>(org: OrgId, work: () => Promise<T>): Promise<T> => {
    const turn = (turns.get(org) ?? Promise.resolve()).then(work, work);
    turns.set(org, turn);
    return turn;
  };

  const tick = async () => {
    // A moving clock sends its own deadlines and may take minutes: the others do not wait for it.
    const resting = [...clocks].filter(([org]) => !moving.has(org));
    const rounds = resting.map(([org, sent]) => inTurn(org, () => sendDue(parts, org, sent)));
    const failures = (await Promise.allSettled(rounds)).flatMap((round) =>
      round.status === 'rejected' ? [round.reason] : [],
    );
    // One organisation's missing topic does not stop the clocks of the others.
    for (const error of failures) parts.log.event('work.failed', { part: 'timekeeper', error });
  };

  return {
    tick,
    start() {
      repetition ??= repeat({
        everyMs: EVERY_MS,
        work: tick,
        failed: (error) => parts.log.event('work.failed', { part: 'timekeeper', error }),
        seen: parts.jobs?.enter('deadlines', EVERY_MS),
      });
    },
    async stop() {
      await repetition?.stop();
      repetition = undefined;
      await Promise.allSettled(turns.values());
    },
    async moveClock(org, to) {
      moving.add(org);
      try {
        return await inTurn(org, () => move(parts, org, to));
      } finally {
        moving.delete(org);
      }
    },
  };
}

async function sendDue(parts: TimekeeperParts, org: OrgId, sent: SentDeadlines): Promise<void> {
  const virtual = await parts.operations.virtualNow(org);
  // In addition to those already sent: otherwise a thousand parked youths would hide all other deadlines.
  const limit = BATCH_SIZE + sent.size();
  const dues = await parts.operations.due(org, virtual ?? parts.now(), limit);
  const taken = sent.take(dues, epochOf(parts.now()), dues.length < limit);
  if (taken.length === 0) return;
  try {
    await send(parts, org, taken, virtual !== null);
  } catch (error) {
    sent.release(taken);
    throw error;
  }
  const stuck = taken.filter((due) => sent.sends(due) === SENDS_BEFORE_ALARM);
  if (stuck.length > 0) parts.alarm('DUE_NOT_DECIDED', { org, count: stuck.length });
}

async function move(
  parts: TimekeeperParts,
  org: OrgId,
  to: IsoInstant,
): Promise<{ now: IsoInstant; fired: number; waiting: number }> {
  const before = await parts.operations.virtualNow(org);
  if (before === null) throw new RangeError(`${org} runs on real time; its clock cannot be moved`);
  const fired = new Set<string>();
  for (;;) {
    // First the records already published: they may add deadlines before `to`, or remove some.
    await parts.awaitIdle(org);
    const limit = BATCH_SIZE + fired.size;
    const dues = await parts.operations.due(org, to > before ? to : before, limit);
    const fresh = dues.filter(({ ref, due }) => !fired.has(`${ref} ${due}`));
    if (fresh.length === 0) {
      const now = await parts.operations.moveClock(org, to);
      parts.log.event('clock.moved', { org, to: now, due: fired.size, waiting: dues.length });
      if (dues.length > 0) parts.alarm('DUE_NOT_DECIDED', { org, count: dues.length });
      return { now, fired: fired.size, waiting: dues.length };
    }
    const next = fresh.slice(0, BATCH_SIZE);
    await send(parts, org, next, true);
    for (const { ref, due } of next) fired.add(`${ref} ${due}`);
  }
}

async function send(
  parts: TimekeeperParts,
  org: OrgId,
  dues: readonly Due[],
  virtual: boolean,
): Promise<void> {
  const inOrder = dues.toSorted((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0));
  // On a virtual clock a deadline is decided at its own instant, as in real time.
  const records = inOrder.map(({ ref, due }) =>
    bridgeRecord(org, { type: 'forfall', ref, at: due }, virtual ? epochOf(due) : null),
  );
  await parts.publisher.publish(records, { deadlineMs: PUBLISH_DEADLINE_MS });
  parts.log.event('clock.fired', { org, due: records.length });
}
