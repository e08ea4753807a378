import type { Permission } from '../../core/access/permission.ts';
import type { OrgId } from '../../core/organisation.ts';
import type { Operations } from '../../store/operationsPort.ts';

/** What a permission lets through of the operations that read persons. The youths themselves are found by
 *  `reachedQueries` first; a whole report is a county's. */
export function reachedOperations(operations: Operations, { organisations, reach }: Permission): Operations {
  const covers = (org: OrgId) => organisations === null || organisations.includes(org);
  return {
    ...operations,
    identities: async (org, refs) => (covers(org) ? operations.identities(org, refs) : new Map()),
    seenBy: async (org, ref, filter) => (covers(org) ? operations.seenBy(org, ref, filter) : []),
    snapshot: async (org, referenceDate) =>
      covers(org) && reach.kind === 'county' ? operations.snapshot(org, referenceDate) : undefined,
  };
}
