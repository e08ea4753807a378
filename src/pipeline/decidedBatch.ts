import type { NavDisclosure } from '../core/messages/messages.ts';
import type { RuleId } from '../core/rules/ruleId.ts';
import type { AppliedRecord, Commit, Outcome, RecordPlace, YouthWrite } from '../store/port.ts';
import { type Ending, OUTCOME } from './outcome.ts';
import type { Reading } from './read.ts';

/** A batch decided in memory: what to commit, and what to publish once it is committed, in the forms of its `Packing`. */
export interface Decided<Applied = AppliedRecord, Written = YouthWrite> {
  commit: Omit<Commit, 'lane' | 'nextOffset' | 'publishedUpto' | 'mark' | 'applied' | 'youths'> & {
    applied: Applied[];
    youths: Written[];
  };
  outgoing: Outgoing[];
  quarantined: { reading: Reading; id: string }[];
  /** Youths of this batch whose last change came through another lane. */
  behind: RecordPlace[];
  /** How often each rule made something. */
  rules: Map<RuleId, number>;
  /** Offsets of the records that gave a new NY_TILMELDING. */
  newcomers: bigint[];
}

export interface Outgoing {
  /** What the packing made of it. */
  item: unknown;
  /** The message itself, only where consent is asked for again before it leaves. */
  disclosure: NavDisclosure | null;
}

/** Counts how a record ended, and writes it on its receipt: of NAV's registers no receipt may say who is kept. */
export function end(
  { commit }: { commit: Pick<Commit, 'counts' | 'receipts'> },
  reading: Reading,
  ending: Ending,
  problems: Commit['receipts'][number]['problems'] = [],
): void {
  const outcome = OUTCOME[ending];
  commit.counts[outcome] += 1;
  if (reading.receipt !== null && reading.row !== null) {
    const shown = reading.asked && reading.verdict.kind === 'event' ? OUTCOME.decided : outcome;
    commit.receipts.push({ receipt: reading.receipt, row: reading.row, outcome: shown, problems });
  }
}

export function noOutcomes(): Record<Outcome, number> {
  return { applied: 0, duplicate: 0, rejected: 0, quarantined: 0, parked: 0 };
}

export function nothingDecided<Applied = AppliedRecord, Written = YouthWrite>(): Decided<Applied, Written> {
  const counts = noOutcomes();
  return {
    commit: {
      applied: [],
      youths: [],
      quarantined: [],
      parked: [],
      names: [],
      sourceKeys: [],
      receipts: [],
      listRows: [],
      counts,
    },
    outgoing: [],
    quarantined: [],
    behind: [],
    rules: new Map(),
    newcomers: [],
  };
}
