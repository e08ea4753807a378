import type { Access } from '../core/access/access.ts';
import type { AuditChain, AuditEntry } from '../core/audit/entry.ts';

export interface ChainedEntry {
  chain: AuditChain;
  entry: AuditEntry;
}

/** The audit trail: one chain per organisation, only ever added to. */
export interface AuditTrail {
  /** Durable when it resolves; all of them or none. */
  append(entries: readonly ChainedEntry[]): Promise<void>;
}

export interface SeenFilter {
  /** Of this access alone; null: all. */
  access: Access | null;
  /** Only entries with a lower number; null: from the newest. */
  before: number | null;
  limit: number;
}

export type SeenEntry = Omit<AuditEntry, 'subjects' | 'key' | 'access'> & {
  /** Its number in the chain. */
  seq: number;
  access: string;
};
