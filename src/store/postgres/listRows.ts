import { placeOf, spansOf } from '../listPlace.ts';
import type { Commit } from '../port.ts';

/** Parameter of `note_lists`. */
export function listRowsOf({ lane, listRows }: Pick<Commit, 'lane' | 'listRows'>): object[] {
  const spans = spansOf(listRows);
  return listRows.map((row, index) => ({
    list: row.envelope.list,
    run: row.envelope.run,
    span: spans[index],
    type: row.envelope.type,
    total: row.envelope.total,
    place: placeOf(lane.id, row),
    row_key: row.rowKey,
    ref: row.ref,
    sealed: row.sealed?.toString('base64') ?? null,
    kind: row.quarantine === null ? 'good' : 'bad',
    quarantine: row.quarantine,
    nameless: row.nameless,
    replay_of: row.replayOf,
    receipt: row.receipt,
    received: row.received,
  }));
}
