import type { PersonRef } from '../../core/person/reference.ts';
import { epochOf } from '../../core/time/date.ts';
import type { CompleteList } from '../../store/operationsPort.ts';
import { bridgeRecord } from '../../wire/bridgeRecord.ts';
import type { NavDelivery, NotedAnswer } from '../nav/answers.ts';
import type { Conclusion } from './conclusion.ts';
import type { OpenAnswer } from './heldAnswer.ts';

/**
 * The answers of a complete NAV delivery, all or none. The whole delivery is held by a row about a person NAV was not asked
 * about (N05), by an unreadable row that no operator has excluded, by one who was asked about and is not in it, and by two
 * contradictory answers. An answer that may not be used is not read: the person counts as not answered.
 * @param delivery null while no agreement holds
 */
export async function concludeAnswers(
  list: CompleteList,
  delivery: NavDelivery | null,
  open: OpenAnswer,
  virtual: boolean,
): Promise<Conclusion> {
  if (delivery === null) return { verdict: 'waits' };
  // Before any row is opened: answers about strangers are not read at all.
  const strangers = new Set(list.refs.filter((ref) => !delivery.asked.has(ref)));
  if (strangers.size > 0) {
    await delivery.noteStrangers(strangers.size);
    return { verdict: 'refused', code: 'NAV_STRANGER', affected: strangers.size };
  }
  if (list.bad > 0 && !list.vouched) return { verdict: 'refused', code: 'NAV_BAD_ROWS', affected: list.bad };
  if (delivery.unanswered > 0 && !list.vouched)
    return { verdict: 'refused', code: 'NAV_PARTIAL', affected: delivery.unanswered };
  const answers = new Map<PersonRef, NotedAnswer & { batch: string; month: string }>();
  for (const row of list.held) {
    const answer = readable(list, row, delivery, open);
    if (answer === undefined) return { verdict: 'refused', code: 'NAV_UNREADABLE', affected: 1 };
    const before = answers.get(row.ref);
    if (before && (before.answer !== answer.answer || before.office !== answer.office)) {
      return { verdict: 'refused', code: 'NAV_CONTRADICTION', affected: 1 };
    }
    if (before === undefined) answers.set(row.ref, { ref: row.ref, ...answer });
  }
  const timestamp = virtual ? epochOf(list.completed) : null;
  const records = [...answers.values()].map(
    ({ ref, batch, month: maaned, answer: registrert, office: kontor }) =>
      bridgeRecord(list.org, { type: 'nav-svar', ref, batch, maaned, registrert, kontor }, timestamp),
  );
  // The same content under another id: linked to the first, and nothing new.
  if ((await delivery.note([...answers.values()])) !== null)
    return { verdict: 'concluded', records: [], reported: 0, doubtful: [] };
  return { verdict: 'concluded', records, reported: records.length, doubtful: [], late: delivery.late };
}

function readable(
  { org, run }: CompleteList,
  { ref, sealed }: CompleteList['held'][number],
  delivery: NavDelivery,
  open: OpenAnswer,
) {
  if (delivery.mayUse(ref)) {
    const read = open(org, sealed);
    return read && { answer: read.answer, office: read.office, batch: read.batch, month: read.month };
  }
  const batch = run.replace(/~\d+$/, '');
  return { answer: 'IKKE_SVART' as const, office: null, batch, month: batch.slice(2, 9) };
}
