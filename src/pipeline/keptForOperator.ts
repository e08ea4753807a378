import { randomUUID } from 'node:crypto';
import type { Problem } from '../core/problem.ts';
import type { FeedRecord } from '../kafka/feedSource.ts';
import type { Commit } from '../store/port.ts';
import type { Vault } from '../store/vault.ts';
import { packRecord } from '../wire/sealedRecord.ts';
import type { Reading } from './read.ts';

/** An item in quarantine, with the record as it came. Its problems say whether it had an effect all the same.
 *  @returns the item's id. */
export function keepForOperator(
  { vault }: { vault: Pick<Vault, 'seal'> },
  { commit }: { commit: Pick<Commit, 'quarantined'> },
  { record, received, receipt, row, asked }: Reading,
  problems: Problem[],
): string {
  const id = randomUUID();
  commit.quarantined.push({
    id,
    offset: record.offset,
    received,
    problems,
    sealed: vault.seal(packRecord(asked ? withoutContent(record) : record)),
    receipt,
    row,
  });
  return id;
}

/** Whose it is cannot be known: nothing of it is stored. */
function withoutContent({ value, headers }: FeedRecord): Parameters<typeof packRecord>[0] {
  return { value: null, headers, shed: { why: 'NOT_ASKED', bytes: value?.length ?? 0 } };
}
