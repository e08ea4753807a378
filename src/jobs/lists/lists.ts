import { absenceLimit } from '../../core/derive/lists/absence.ts';
import type { OrgId } from '../../core/organisation.ts';
import type { Policy } from '../../core/policy.ts';
import type { OutgoingRecord, Publisher } from '../../kafka/publisher.ts';
import type { CompleteList, ListHead, Operations } from '../../store/operationsPort.ts';
import type { RaiseAlarm } from '../../telemetry/alarm.ts';
import type { Logger } from '../../telemetry/logger.ts';
import type { NavDeliveries } from '../nav/answers.ts';
import { type Conclusion, concludeList } from './conclusion.ts';
import type { OpenAnswer } from './heldAnswer.ts';
import { isReused } from './listRun.ts';
import { concludeAnswers } from './navAnswers.ts';
import type { ShrinkageLimit } from './shrinkage.ts';

export interface ListParts {
  operations: Pick<Operations, 'completeLists' | 'concludeList' | 'pastLists' | 'virtualNow'>;
  publisher: Publisher;
  deliveries: NavDeliveries;
  openAnswer: OpenAnswer;
  policyFor: (org: OrgId) => Pick<Policy, 'absencesBeforeReview' | 'schoolAbsencesBeforeReview'>;
  limitFor: (org: OrgId) => ShrinkageLimit;
  log: Logger;
  alarm: RaiseAlarm;
}

/** Why a used delivery of answers raised no alert of some. */
const LATE = 'NAV_LATE';
const CHUNK = 1_000;
const PUBLISH_DEADLINE_MS = 60_000;

/**
 * Concludes every complete list. Its records are acknowledged by Kafka before the list is marked; a crash in between
 * repeats them with the same ids, which is idempotent. A list that fails is left for the next call and holds up only
 * the later lists of its kind.
 * @returns number of lists concluded or refused.
 */
export async function concludeLists(parts: ListParts): Promise<number> {
  const failed = new Set<string>();
  const seen = new Set<string>();
  for (let settled = 0; ; ) {
    // One of each kind per round: the next is compared with this one once it is concluded.
    const round = await parts.operations.completeLists(async (lists) => {
      // Guards against a list that is returned although it was marked: it would be concluded endlessly.
      const open = oldestOfEachKind(lists).filter(
        (list) => !failed.has(kindOf(list)) && !seen.has(`${kindOf(list)}/${list.run}`),
      );
      const waiting = await Promise.all(
        open.map((list) => list.list === 'nav' && parts.deliveries.waits(list)),
      );
      return open.filter((_, n) => !waiting[n]);
    });
    if (round.length === 0) return settled;
    for (const list of round) {
      seen.add(`${kindOf(list)}/${list.run}`);
      try {
        await settle(list, parts);
        settled += 1;
      } catch (error) {
        failed.add(kindOf(list));
        parts.log.event('work.failed', { part: 'lists', error });
      }
    }
  }
}

async function settle(list: CompleteList, parts: ListParts): Promise<void> {
  const { org, run, total, bad } = list;
  const conclusion = await conclude(list, parts);
  // At least once: a crash after the alarm repeats it.
  if (isReused(run)) parts.alarm('LIST_REUSED', { org, list: list.list, run });
  switch (conclusion.verdict) {
    case 'waits':
      return;
    case 'superseded': {
      const judged = {
        verdict: 'superseded' as const,
        reason: 'LIST_OUTDATED',
        affected: null,
        doubtful: [],
        refs: null,
      };
      parts.alarm('LIST_OUTDATED', { org, list: list.list, run });
      await parts.operations.concludeList(org, list.list, run, judged);
      return;
    }
    case 'refused': {
      const { code, affected } = conclusion;
      const judged = { verdict: 'refused' as const, reason: code, affected, doubtful: [], refs: null };
      await parts.operations.concludeList(org, list.list, run, judged);
      parts.log.event('list.refused', { org, list: list.list, run, code, total, affected });
      parts.alarm(code, { org, list: list.list, run, count: affected });
      return;
    }
    case 'concluded': {
      await publish(conclusion.records, parts.publisher);
      const { reported, doubtful, late = false } = conclusion;
      const count = doubtful.length;
      const refs = list.list === 'nav' ? null : list.refs;
      if (count > 0) parts.alarm('LIST_DOUBTFUL', { org, list: list.list, run, count });
      const judged = {
        verdict: 'concluded' as const,
        reason: late ? LATE : null,
        affected: reported,
        doubtful,
        refs,
      };
      await parts.operations.concludeList(org, list.list, run, judged);
      const counts = list.list === 'nav' ? { answers: reported } : { absent: reported, doubtful: count };
      parts.log.event('list.concluded', { org, list: list.list, run, total, bad, ...counts });
    }
  }
}

async function conclude(list: CompleteList, parts: ListParts): Promise<Conclusion> {
  const virtual = (await parts.operations.virtualNow(list.org)) !== null;
  const { org, list: name } = list;
  if (name === 'nav')
    return concludeAnswers(list, await parts.deliveries.open(list), parts.openAnswer, virtual);
  const past = await parts.operations.pastLists(org, name, absenceLimit(parts.policyFor(org), name), list);
  return concludeList({ ...list, list: name }, past, parts.limitFor(org), virtual);
}

async function publish(records: readonly OutgoingRecord[], publisher: Publisher): Promise<void> {
  for (let from = 0; from < records.length; from += CHUNK) {
    await publisher.publish(records.slice(from, from + CHUNK), { deadlineMs: PUBLISH_DEADLINE_MS });
  }
}

function oldestOfEachKind(lists: readonly ListHead[]): ListHead[] {
  const oldest = new Map<string, ListHead>();
  for (const list of lists) {
    const before = oldest.get(kindOf(list));
    if (!before || list.opened < before.opened) oldest.set(kindOf(list), list);
  }
  return [...oldest.values()];
}

function kindOf(list: ListHead): string {
  return `${list.org}/${list.list}`;
}
