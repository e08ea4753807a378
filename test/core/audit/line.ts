import type { AuditEntry } from '../../../src/core/audit/entry.ts';

const SEPARATOR = '\u001f';

/** The line of an entry as the database writes it (schemas/sql/0008_audit.sql), of its own making: the two are compared. */
export function auditLine(seq: number, entry: AuditEntry): string {
  return [
    seq,
    entry.at,
    entry.kind,
    entry.who,
    entry.key,
    entry.capacity ?? '',
    entry.supplier ?? '',
    entry.client ?? '',
    entry.token ?? '',
    entry.access,
    entry.operation,
    entry.purpose ?? '',
    entry.item ?? '',
    entry.outcome,
    entry.times,
    entry.subjects.join(','),
    entry.trace ?? '',
  ].join(SEPARATOR);
}
