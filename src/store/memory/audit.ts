import { safeEntry } from '../../core/audit/entry.ts';
import { personRef } from '../../core/person/reference.ts';
import type { AuditTrail } from '../auditPort.ts';
import type { IdentityOperations } from '../identityPort.ts';
import { currentRef } from './merged.ts';
import type { MemoryState } from './state.ts';

export function memoryAudit(state: MemoryState): AuditTrail {
  return {
    async append(entries) {
      for (const { chain, entry } of entries) {
        const seq = state.audit.filter((each) => each.chain === chain).length + 1;
        state.audit.push({ chain, seq, entry: safeEntry(entry) });
      }
    },
  };
}

export function memorySeenBy(state: MemoryState): IdentityOperations['seenBy'] {
  return async (org, ref, { access, before, limit }) =>
    state.audit
      .filter(
        ({ chain, seq, entry }) =>
          chain === org &&
          entry.outcome !== 'STARTED' &&
          (access === null || entry.access === access) &&
          (before === null || seq < before) &&
          entry.subjects.some((subject) => currentRef(state, org, personRef(subject)) === ref),
      )
      .reverse()
      .slice(0, limit)
      .map(({ seq, entry }) => {
        const { subjects: _subjects, key: _key, ...seen } = entry;
        return { seq, ...seen };
      });
}
