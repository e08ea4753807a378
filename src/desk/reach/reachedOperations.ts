import type { Permission } from '../../core/access/permission.ts';
import type { OrgId } from '../../core/organisation.ts';
import type { LogUses } from '../../store/logPort.ts';
import type { Operations } from '../../store/operationsPort.ts';

/** What a permission lets through of the operations that read persons. The youths themselves are found by
 *  `reachedQueries` first; a whole report is a county's. */
export function reachedOperations(operations: Operations, { organisations, reach }: Permission): Operations {
  const covers = (org: OrgId) => organisations === null || organisations.includes(org);
  return {
    ...operations,
    identities: async (org, refs) => (covers(org) ? operations.identities(org, refs) : new Map()),
    seenBy: async (org, ref, filter) => (covers(org) ? operations.seenBy(org, ref, filter) : []),
    logUses: async (org, span, most) =>
      covers(org) && reach.kind === 'county' ? operations.logUses(org, span, most) : NO_USES,
    logLines: async (org, asked) =>
      covers(org) && reach.kind === 'county' ? operations.logLines(org, asked) : [],
    firstLogged: async (org) => (covers(org) && reach.kind === 'county' ? operations.firstLogged(org) : null),
    logControls: async (org, limit) =>
      covers(org) && reach.kind === 'county' ? operations.logControls(org, limit) : [],
    snapshot: async (org, referenceDate) =>
      covers(org) && reach.kind === 'county' ? operations.snapshot(org, referenceDate) : undefined,
  };
}

const NO_USES: LogUses = {
  uses: [],
  callers: 0,
  lines: 0,
  shown: 0,
  identified: 0,
  outside: 0,
  refused: 0,
  upto: 0,
};
