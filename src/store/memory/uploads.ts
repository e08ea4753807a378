import { by } from '../../core/order.ts';
import type { OrgId } from '../../core/organisation.ts';
import {
  type ColumnOwner,
  MOST_HEADING_SETS,
  type RememberedColumns,
  type UploadRecords,
} from '../uploadPort.ts';
import type { MemoryState } from './state.ts';

/** What is remembered of uploaded lists, in memory. */
export function memoryUploads(state: MemoryState): UploadRecords {
  // By owner, then by set; the last one used is the last.
  const owners = new Map<string, Map<string, RememberedColumns>>();
  const of = (org: OrgId, { feed, sender, institution }: ColumnOwner) => {
    const key = JSON.stringify([org, feed, sender, institution]);
    const sets = owners.get(key) ?? new Map<string, RememberedColumns>();
    owners.set(key, sets);
    return sets;
  };
  return {
    rememberedColumns: async (org, owner, headingSets) =>
      headingSets.flatMap((set) => of(org, owner).get(set.toString('hex')) ?? []),
    async rememberColumns(org, owner, { headingSet, columns }) {
      const sets = of(org, owner);
      const key = headingSet.toString('hex');
      sets.delete(key);
      sets.set(key, { headingSet, columns: { ...columns } });
      for (const old of [...sets.keys()].slice(0, -MOST_HEADING_SETS)) sets.delete(old);
    },
    async sentFile(org, { feed, sender, fileHash }) {
      const [first] = [...state.receipts]
        .filter(
          ([, receipt]) =>
            receipt.org === org &&
            receipt.feed === feed &&
            receipt.sender === sender &&
            receipt.sent &&
            receipt.source?.fileHash.equals(fileHash) === true,
        )
        .sort(by(([id]) => id))
        .sort(by(([, { rows }]) => -rows))
        .sort(by(([, { received }]) => received));
      return first && { receipt: first[0], received: first[1].received };
    },
  };
}
