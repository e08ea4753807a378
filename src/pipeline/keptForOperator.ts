import { randomUUID } from 'node:crypto';
import type { Problem } from '../core/problem.ts';
import type { Commit } from '../store/port.ts';
import type { Vault } from '../store/vault.ts';
import { packRecord } from '../wire/sealedRecord.ts';
import type { Reading } from './read.ts';

/** An item in quarantine, with the record as it came. Its problems say whether it had an effect all the same.
 *  @returns the item's id. */
export function keepForOperator(
  { vault }: { vault: Pick<Vault, 'seal'> },
  { commit }: { commit: Pick<Commit, 'quarantined'> },
  { record, received, receipt, row }: Reading,
  problems: Problem[],
): string {
  const id = randomUUID();
  commit.quarantined.push({
    id,
    offset: record.offset,
    received,
    problems,
    sealed: vault.seal(packRecord(record)),
    receipt,
    row,
  });
  return id;
}
