import type { AuditTrail, ChainedEntry } from '../store/auditPort.ts';

/** Where the routes of an app record. */
export interface Recorder {
  /** @throws HttpProblem AUDIT_AWAY */
  append: AuditTrail['append'];
  /** Of callers who are not known. */
  refuse(refusal: ChainedEntry): void;
  /** Epoch milliseconds. */
  now(): number;
}
