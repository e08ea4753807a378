import { absenceLimit } from '../core/derive/lists/absence.ts';
import type { Policy } from '../core/policy.ts';
import type { AbsenceList } from '../core/statusEvent.ts';
import type { OutgoingRecord, Publisher } from '../relay/publisher.ts';
import type { CompleteList, Desk } from '../store/deskPort.ts';
import type { RaiseAlarm } from '../telemetry/alarm.ts';
import type { Logger } from '../telemetry/logger.ts';
import { type Conclusion, concludeAnswers, concludeList } from './conclusion.ts';
import type { OpenAnswer } from './heldAnswer.ts';
import type { ShrinkageLimit } from './shrinkage.ts';

export interface ListParts {
  desk: Pick<Desk, 'completeLists' | 'concludeList' | 'virtualNow'>;
  publisher: Publisher;
  /** Of these references, those that the organisation has a youth for. */
  knownRefs: (org: string, refs: readonly string[]) => Promise<ReadonlySet<string>>;
  /** References of the last `count` concluded lists of the kind, newest first. */
  concludedRefs: (org: string, list: AbsenceList, count: number) => Promise<string[][]>;
  openAnswer: OpenAnswer;
  policyFor: (org: string) => Pick<Policy, 'absencesBeforeReview' | 'schoolAbsencesBeforeReview'>;
  limitFor: (org: string) => ShrinkageLimit;
  log: Logger;
  alarm: RaiseAlarm;
}

const CHUNK = 1_000;
const PUBLISH_DEADLINE_MS = 60_000;

/**
 * Concludes from every list that is complete. First the records are acknowledged by Kafka, then the list is marked;
 * a crash in between repeats them with the same ids, which is one effect. A list that fails is left as it is for the
 * next call and holds up the later lists of its kind, nobody else's.
 * @returns lists that were concluded or refused.
 */
export async function concludeLists(parts: ListParts): Promise<number> {
  const failed = new Set<string>();
  const seen = new Set<string>();
  for (let settled = 0; ; ) {
    // One of each kind at a time: the second is compared with the first once that is concluded.
    const round = oldestOfEachKind(await parts.desk.completeLists()).filter(
      // A list that comes back although it was marked would else be concluded for ever.
      (list) => !failed.has(kindOf(list)) && !seen.has(`${kindOf(list)}/${list.run}`),
    );
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
  const { org, run, total } = list;
  const conclusion = await conclude(list, parts);
  switch (conclusion.verdict) {
    case 'refused': {
      const { code, affected } = conclusion;
      await parts.desk.concludeList(org, list.list, run, 'refused', code);
      parts.log.event('list.refused', { org, list: list.list, run, code, total, affected });
      parts.alarm(code, { org, list: list.list, run, count: affected });
      return;
    }
    case 'concluded': {
      await publish(conclusion.records, parts.publisher);
      await parts.desk.concludeList(org, list.list, run, 'concluded', null);
      const { told } = conclusion;
      const counts = list.list === 'nav' ? { answers: told } : { absent: told };
      parts.log.event('list.concluded', { org, list: list.list, run, total, ...counts });
    }
  }
}

async function conclude(list: CompleteList, parts: ListParts): Promise<Conclusion> {
  const virtual = (await parts.desk.virtualNow(list.org)) !== null;
  const { org, list: name } = list;
  if (name === 'nav')
    return concludeAnswers(list, await parts.knownRefs(org, list.refs), parts.openAnswer, virtual);
  const earlier = await parts.concludedRefs(org, name, absenceLimit(parts.policyFor(org), name));
  return concludeList({ ...list, list: name }, earlier, parts.limitFor(org), virtual);
}

async function publish(records: readonly OutgoingRecord[], publisher: Publisher): Promise<void> {
  for (let from = 0; from < records.length; from += CHUNK) {
    await publisher.publish(records.slice(from, from + CHUNK), { deadlineMs: PUBLISH_DEADLINE_MS });
  }
}

function oldestOfEachKind(lists: readonly CompleteList[]): CompleteList[] {
  const oldest = new Map<string, CompleteList>();
  for (const list of lists) {
    const before = oldest.get(kindOf(list));
    if (!before || list.completed < before.completed) oldest.set(kindOf(list), list);
  }
  return [...oldest.values()];
}

function kindOf(list: CompleteList): string {
  return `${list.org}/${list.list}`;
}
