import { compare } from '../../core/order.ts';
import type { OrgId } from '../../core/organisation.ts';
import type { Queries, Receipt, ReceiptPlace } from '../queriesPort.ts';
import { isFinal, keptState } from '../receiptEnd.ts';
import { isBefore, listStateOf } from './listRows.ts';
import type { MemoryState } from './state.ts';

/** What readers are shown of submissions. */
export function memoryReceipts(state: MemoryState): Pick<Queries, 'receipt' | 'receipts' | 'receiptRows'> {
  const endedOf = (id: string) => [...(state.receiptRows.get(id) ?? [])].sort(([a], [b]) => a - b);
  const countsOf = (id: string, rows: number): Receipt['counts'] => {
    const ended = endedOf(id);
    const counts = { ...NONE, waiting: rows - ended.length };
    for (const [, { outcome }] of ended) counts[outcome] += 1;
    return counts;
  };
  const keptOf = (id: string, row: number) =>
    keptState(
      [...state.quarantine.values()]
        .filter((item) => item.receipt === id && item.row === row)
        .map(({ status }) => status),
    );
  const resentOf = (id: string) =>
    endedOf(id).filter(([row, { outcome }]) => outcome === 'quarantined' && keptOf(id, row) === 'sent')
      .length;
  const listsOf = (org: OrgId, id: string) =>
    [...state.lists.values()]
      .filter((list) => list.org === org && list.receipts.has(id))
      .sort((one, other) => (isBefore(one, other) ? -1 : 1))
      .map((list) => listStateOf(state, list));

  return {
    async receipt(org, id) {
      const head = state.receipts.get(id);
      if (head?.org !== org) return undefined;
      const ended = endedOf(id);
      const counts = countsOf(id, head.rows);
      const lists = listsOf(org, id);
      const resent = resentOf(id);
      return {
        id,
        feed: head.feed,
        sender: head.sender,
        institution: head.institution,
        received: head.received,
        rows: head.rows,
        sheetRows: head.source?.sheetRows ?? null,
        counts,
        problems: ended.flatMap(([row, end]) =>
          end.outcome === 'quarantined' ? [{ row, problems: end.problems, kept: keptOf(id, row) }] : [],
        ),
        notes: ended.flatMap(([row, end]) =>
          end.outcome !== 'quarantined' && end.problems.length > 0
            ? [{ row, problems: end.problems, kept: keptOf(id, row) }]
            : [],
        ),
        lists,
        resent,
        final: isFinal({ counts, resent }, lists),
      };
    },
    receipts: async (org, { limit, after, feeds, sender, institutions }) =>
      [...state.receipts]
        .filter(([, each]) => each.org === org && (feeds === null || feeds.includes(each.feed)))
        .filter(([, each]) => sender === null || each.sender === sender)
        .filter(
          ([, { institution }]) =>
            institutions === null || (institution !== null && institutions.includes(institution)),
        )
        .filter(([id, { received }]) => after === null || byReceived({ id, received }, after) < 0)
        .sort(([id, one], [otherId, other]) => -byReceived({ ...one, id }, { ...other, id: otherId }))
        .slice(0, limit)
        .map(([id, { feed, sender: by, institution, received, rows, source, idempotencyKey }]) => {
          const counts = countsOf(id, rows);
          const resent = resentOf(id);
          return {
            ...{ id, feed, sender: by, institution, received, rows, counts, resent, idempotencyKey },
            fromFile: source !== undefined,
            final: isFinal({ counts, resent }, listsOf(org, id)),
          };
        }),
    receiptRows: async (org, id) =>
      state.receipts.get(id)?.org === org ? endedOf(id).map(([row, ended]) => ({ row, ...ended })) : [],
  };
}

const NONE = { applied: 0, duplicate: 0, rejected: 0, quarantined: 0, parked: 0 };

function byReceived(one: ReceiptPlace, other: ReceiptPlace): number {
  return compare(one.received, other.received) || compare(one.id, other.id);
}
