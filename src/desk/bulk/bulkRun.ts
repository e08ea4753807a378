import type { Permission } from '../../core/access/permission.ts';
import type { Organisation } from '../../core/organisation.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import type { Problem } from '../../core/problem.ts';
import { instantOf } from '../../core/time/date.ts';
import {
  type BulkJob,
  type BulkMember,
  type FailedWhy,
  type HeldBulk,
  type ItemJob,
  type MemberOutcome,
  membersIn,
} from '../../store/bulkPort.ts';
import type { ReceiptRow } from '../../store/queriesPort.ts';
import { numbersOf } from '../adviser/numbersOf.ts';
import { todayOf } from '../organisationToday.ts';
import type { DeskParts } from '../parts.ts';
import { type ItemRunParts, logEnd, workItems } from '../quarantine/itemRun.ts';
import { reachedQueries } from '../reach/reachedQueries.ts';
import { DeskRefusal } from '../refusal.ts';
import { openAdapter } from '../submission/openFeed.ts';
import { createSubmit, draftOf } from '../submission/submit.ts';
import { type TryParts, tryMembers } from './consequence.ts';
import { type GivenNow, permissionOf } from './maker.ts';
import { rowOf } from './recordOf.ts';

type RunParts = TryParts &
  ItemRunParts &
  Parameters<typeof createSubmit>[0] &
  Pick<DeskParts, 'bulk' | 'queries' | 'organisations' | 'now'> & { accessRecords: GivenNow };

export interface BulkRun {
  /** One step of one job, if any has something to do. @returns `moved`: go on; `waits`: nothing has come of what was sent;
   *  `idle`: no job has anything to do */
  step(): Promise<'moved' | 'waits' | 'idle'>;
}

/** Of a process that dies another takes over after it. A step that takes longer writes nothing more, and its members go again
 *  under the same ids. */
const LEASE_MS = 30_000;
/** Youths of a step: one submission, with one receipt. */
const PORTION = 200;
/** Sent and not decided: a stop stops all but these. */
const MOST_UNDECIDED = 1_000;

/**
 * Works off the jobs that run, on youths and on groups of operations. Each youth's record goes to the advisers' feed once: before a portion goes to Kafka, its members
 * are written down as on their way, and what was on its way when a process died is sent again with the same ids.
 * Before each step it is asked whether the maker still may, and of which youths: one who may no more has the job paused as it is.
 * @param parts not within anyone's permission: what has been sent is followed whatever its maker may now
 * @param by the process's own id
 */
export function createBulkRun(parts: RunParts, by: string): BulkRun {
  const submit = createSubmit(parts);

  async function step(): ReturnType<BulkRun['step']> {
    const now = parts.now();
    const lease = { by, now: instantOf(now), until: instantOf(now + LEASE_MS) };
    const job = await parts.bulk.leaseBulk(
      parts.organisations.map(({ id }) => id),
      lease,
    );
    if (job === undefined) return 'idle';
    const organisation = parts.organisations.find(({ id }) => id === job.org);
    if (organisation === undefined) throw new Error('a job of an organisation that is none of ours');
    const held = { id: job.id, by };
    if ('group' in job) return (await itemsStep(held, job, organisation)) ? 'moved' : 'waits';
    let trouble: BulkJob['trouble'] = null;
    let stops = false;
    let moved = false;
    try {
      const decided = await settleSent(held, job);
      const undecided = membersIn(job.tally, 'sending', 'sent') - decided;
      const sends = job.state === 'running' && undecided < MOST_UNDECIDED;
      const asked = { maker: job.maker, access: 'bulk:act' as const };
      const permission = sends ? await permissionOf(parts, organisation, asked) : null;
      stops = sends && permission === null;
      if (stops) trouble = 'NOT_PERMITTED';
      const sent = permission === null ? 0 : await sendPortion(held, job, { organisation, permission });
      moved = decided + sent > 0;
    } catch (error) {
      if (!(error instanceof DeskRefusal) || error.code !== 'KAFKA_SLOW') throw error;
      trouble = 'KAFKA_SLOW';
    } finally {
      await parts.bulk.returnBulk(held, { at: instantOf(parts.now()), trouble, stops });
      if (stops)
        parts.log({
          event: 'bulkStopped',
          org: job.org,
          item: job.id,
          records: membersIn(job.tally, 'waiting', 'sending'),
        });
    }
    return moved ? 'moved' : 'waits';
  }

  /** @returns whether anything has come of it */
  async function itemsStep(held: HeldBulk, job: ItemJob, organisation: Organisation): Promise<boolean> {
    let stops = false;
    let trouble: BulkJob['trouble'] = null;
    try {
      const asked = { maker: job.maker, access: 'quarantine:act' as const };
      if ((await permissionOf(parts, organisation, asked)) === null) {
        [stops, trouble] = [true, 'NOT_PERMITTED'];
        return false;
      }
      const worked = await workItems(parts, organisation, { held, job });
      stops = worked.stops;
      return worked.moved;
    } finally {
      await parts.bulk.returnBulk(held, { at: instantOf(parts.now()), trouble, stops });
      await logEnd(parts, job);
    }
  }

  /** What has become of the records that Kafka has. @returns how many */
  async function settleSent(held: HeldBulk, { org, id }: BulkJob): Promise<number> {
    const asked = { states: ['sent'] as const, after: 0, limit: 2 * MOST_UNDECIDED };
    const receipts = Map.groupBy(await parts.bulk.bulkMembers(org, id, asked), ({ receipt }) => receipt);
    const outcomes: MemberOutcome[] = [];
    for (const [receipt, members] of receipts) {
      if (receipt === null) continue;
      const rows = new Map((await parts.queries.receiptRows(org, receipt)).map((row) => [row.row, row]));
      for (const { number, receiptRow } of members) {
        const row = receiptRow === null ? undefined : rows.get(receiptRow);
        if (row !== undefined) outcomes.push(outcomeOf(number, row));
      }
    }
    if (outcomes.length > 0) await parts.bulk.settleMembers(held, outcomes);
    return outcomes.length;
  }

  /** @returns how many members it was about */
  async function sendPortion(
    held: HeldBulk,
    job: BulkJob,
    { organisation, permission }: { organisation: Organisation; permission: Permission },
  ): Promise<number> {
    const next = (state: 'waiting' | 'sending') =>
      parts.bulk.bulkMembers(job.org, job.id, { states: [state], after: 0, limit: PORTION });
    const begun = await next('sending');
    if (begun.length > 0) return sendAgain(held, job, { organisation, members: begun });
    const members = await next('waiting');
    const { unchanged, failed } = await sinceChosen(job, members, { organisation, permission });
    const tried = await tryMembers(parts, organisation, { id: job.id, act: job.act, members: unchanged });
    for (const { number } of tried.numberless) failed.push(failure(number, 'NO_NUMBER'));
    const rows = new Map<number, Buffer>();
    for (const [number, row] of tried.rows) {
      const result = tried.results.get(number);
      if (result?.outcome === 'applied' || result?.outcome === 'duplicate') rows.set(number, row);
      else if (result?.outcome === 'parked') failed.push(failure(number, 'PARKED'));
      else failed.push(failure(number, 'TURNED_AWAY', result?.problems));
    }
    if (failed.length > 0 && !(await parts.bulk.settleMembers(held, failed))) return 0;
    await send(held, job, { organisation, rows });
    return members.length;
  }

  /** They were tried before; and what is new of them since may be of this very record. */
  async function sendAgain(
    held: HeldBulk,
    job: BulkJob,
    { organisation, members }: { organisation: Organisation; members: readonly BulkMember[] },
  ): Promise<number> {
    const refs = members.map(({ ref }) => ref);
    const numbers = await numbersOf(parts, organisation, refs);
    const rows = new Map<number, Buffer>();
    const failed: MemberOutcome[] = [];
    for (const member of members) {
      const number = numbers.get(member.ref);
      if (number === undefined) failed.push(failure(member.number, 'NO_NUMBER'));
      else rows.set(member.number, rowOf(job, member, number));
    }
    if (failed.length > 0) await parts.bulk.settleMembers(held, failed);
    await send(held, job, { organisation, rows });
    return members.length;
  }

  /** @throws DeskRefusal KAFKA_SLOW: the members are on their way, and go again with the next step */
  async function send(
    held: HeldBulk,
    { sender }: BulkJob,
    { organisation, rows }: { organisation: Organisation; rows: ReadonlyMap<number, Buffer> },
  ): Promise<void> {
    if (rows.size === 0) return;
    const draft = draftOf(parts, null);
    const numbered = [...rows.keys()].map((number, index) => ({ number, row: index + 1 }));
    // Stopped, or another's by now.
    if (!(await parts.bulk.sendMembers(held, { receipt: draft.receipt, rows: numbered }))) return;
    const values = [...rows.values()];
    const digest = parts.vault.digest('body', values.map((row) => row.toString('base64')).join());
    await submit({
      ...{ organisation, adapter: openAdapter(parts.adapters, 'ot-adviser'), draft },
      submission: { rows: values, envelope: null, digest },
      ...{ from: { sender, institution: null }, reach: { kind: 'county' }, traceparent: null },
    });
    await parts.bulk.settleMembers(
      held,
      numbered.map(({ number }) => ({ number, state: 'sent', why: null, problems: [] })),
    );
  }

  /** Which of them are as they were when they were chosen, and are the maker's to act on. */
  async function sinceChosen(
    { org }: BulkJob,
    members: readonly BulkMember[],
    { organisation, permission }: { organisation: Organisation; permission: Permission },
  ) {
    const refs: PersonRef[] = members.map(({ ref }) => ref);
    const youths = await reachedQueries(parts.queries, permission, () =>
      todayOf(parts, organisation),
    ).youthsNamed(org, refs);
    const failed: MemberOutcome[] = [];
    const unchanged = members.filter(({ number, ref, version }) => {
      const loaded = youths.get(ref);
      if (loaded?.ref === ref && loaded.version === version) return true;
      failed.push(failure(number, loaded === undefined ? 'UNKNOWN_YOUTH' : 'CHANGED'));
      return false;
    });
    return { unchanged, failed };
  }

  return { step };
}

function failure(number: number, why: FailedWhy, problems: readonly Problem[] = []): MemberOutcome {
  return { number, state: 'failed', why, problems };
}

function outcomeOf(number: number, { outcome, problems }: ReceiptRow): MemberOutcome {
  switch (outcome) {
    case 'applied':
    case 'duplicate':
      return { number, state: 'done', why: null, problems: [] };
    case 'parked':
      return failure(number, 'PARKED');
    case 'quarantined':
    case 'rejected':
      return failure(number, 'QUARANTINED', problems);
  }
}
