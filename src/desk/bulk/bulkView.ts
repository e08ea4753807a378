import { TABLE } from '../../core/sentences/tables.ts';
import {
  type BulkJob,
  type BulkMember,
  type BulkReading,
  type BulkTally,
  type MemberState,
  membersIn,
} from '../../store/bulkPort.ts';
import { BULK_WHY } from '../../text/bulkWhy.ts';

type Why = NonNullable<BulkTally['why']>;

/** How many, why, and what to do (bokmål). */
export interface WhyCount {
  why: Why;
  count: number;
  text: string;
  cure: string;
}

/** A job as it is shown. */
export interface BulkJobView
  extends Pick<
    BulkJob,
    | 'id'
    | 'filter'
    | 'act'
    | 'reason'
    | 'by'
    | 'created'
    | 'asOf'
    | 'shown'
    | 'state'
    | 'trouble'
    | 'begun'
    | 'ended'
  > {
  /** Who are to have the act: those below but `left`. */
  youths: number;
  waiting: number;
  /** Sent, and not decided yet. */
  underWay: number;
  done: number;
  failed: number;
  /** Of the filter, and not to have it. */
  left: number;
  failures: WhyCount[];
  leftFor: WhyCount[];
}

export function bulkJobView(job: BulkJob): BulkJobView {
  const { id, filter, act, reason, by, created, asOf, shown, state, trouble, begun, ended, tally } = job;
  const left = membersIn(tally, 'left');
  return {
    ...{ id, filter, act, reason, by, created, asOf, shown, state, trouble, begun, ended },
    youths: membersIn(tally, 'waiting', 'sending', 'sent', 'done', 'failed'),
    waiting: membersIn(tally, 'waiting'),
    underWay: membersIn(tally, 'sending', 'sent'),
    done: membersIn(tally, 'done'),
    failed: membersIn(tally, 'failed'),
    left,
    failures: whyCounts(tally, 'failed'),
    leftFor: whyCounts(tally, 'left'),
  };
}

export function whyCounts(tally: readonly BulkTally[], state: MemberState): WhyCount[] {
  return tally.flatMap((each) =>
    each.why === null || each.state !== state
      ? []
      : [{ why: each.why, count: each.count, ...BULK_WHY.nb[each.why] }],
  );
}

/** One youth that did not have the act. */
export interface MissedView {
  number: number;
  ref: string;
  why: Why;
  text: string;
  cure: string;
  problems: BulkMember['problems'];
}

export interface MissedPage {
  youths: MissedView[];
  /** Number of the last; null on the last page. */
  next: number | null;
}

/** Those of the state, by number. */
export async function missedPage(
  bulk: BulkReading,
  job: Pick<BulkJob, 'org' | 'id'>,
  { state, after, limit }: { state: 'failed' | 'left'; after: number; limit: number },
): Promise<MissedPage> {
  const members = await bulk.bulkMembers(job.org, job.id, { states: [state], after, limit: limit + 1 });
  const youths = members.slice(0, limit).map(missedView);
  return { youths, next: members.length > limit ? (youths.at(-1)?.number ?? null) : null };
}

function missedView({ number, ref, why, problems }: BulkMember): MissedView {
  if (why === null) throw new Error('a member that missed the act has no reason');
  return { number, ref, why, ...BULK_WHY.nb[why], problems };
}

export const MISSED_COLUMNS = [TABLE.nb.reference, TABLE.nb.why, TABLE.nb.doThis, TABLE.nb.lacked] as const;

export function missedCells({ ref, text, cure, problems }: MissedView): string[] {
  return [ref, text, cure, problems.map((each) => `${each.text} ${each.cure}`).join(' ')];
}
