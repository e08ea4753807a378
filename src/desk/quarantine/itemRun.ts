import type { Organisation } from '../../core/organisation.ts';
import { personRef } from '../../core/person/reference.ts';
import { DESK } from '../../core/sentences/desk.ts';
import {
  type HeldBulk,
  type ItemAct,
  type ItemJob,
  type ItemProblem,
  type JobItem,
  MEMBER_STATES,
  type MemberOutcome,
  membersIn,
} from '../../store/bulkPort.ts';
import type { DeskParts } from '../parts.ts';
import { DeskRefusal } from '../refusal.ts';
import { mendItem } from './itemMending.ts';
import type { MendParts } from './mend.ts';
import { releaseParked } from './parked.ts';
import { discard, itemOf, replay } from './quarantine.ts';

// A job on a group of operations, item by item. Each is written down as begun before it is, so that after a process that died
// another sees which may have had the act.

export type ItemRunParts = MendParts & Pick<DeskParts, 'queries' | 'operations' | 'bulk'>;

/** Items of a step: a stop stops all but these. */
const PORTION = 50;
/** A step ends well within its lease, also when Kafka is slow with one. */
const WORK_MS = 8_000;

export interface ItemsStep {
  moved: boolean;
  /** Kafka does not answer: each of the others would wait as long. */
  stops: boolean;
}

/** What has become of one; null: another has it now, and it is looked at again. */
type Outcome = { done: true } | { done: false; problem: ItemProblem } | null;

/** @param parts not within anyone's permission: a job is what its maker was permitted */
export async function workItems(
  parts: ItemRunParts,
  organisation: Organisation,
  { held, job }: { held: HeldBulk; job: ItemJob },
): Promise<ItemsStep> {
  const none = { moved: false, stops: false };
  if (job.state !== 'running') return none;
  const next = (state: 'waiting' | 'sending', limit: number) =>
    parts.bulk.jobItems(job.org, job.id, { states: [state], after: 0, limit });
  const begun = await next('sending', PORTION);
  const items = [...begun, ...(await next('waiting', PORTION - begun.length))];
  const rows = items.map(({ number }) => ({ number, row: null }));
  // Stopped, or another's by now.
  if (!(await parts.bulk.sendMembers(held, { receipt: null, rows }))) return none;
  const end = performance.now() + WORK_MS;
  const outcomes: MemberOutcome[] = [];
  let stops = false;
  for (const item of items) {
    if (stops || performance.now() > end) break;
    const outcome = await outcomeOf(parts, organisation, { job, item });
    if (outcome === null) continue;
    outcomes.push(memberOutcome(item, outcome));
    stops = !outcome.done && outcome.problem.code === 'KAFKA_SLOW';
  }
  if (outcomes.length > 0) await parts.bulk.settleMembers(held, outcomes);
  return { moved: outcomes.length > 0, stops };
}

/** Says that it has ended, when it has. */
export async function logEnd(
  { bulk, log }: Pick<ItemRunParts, 'bulk' | 'log'>,
  { org, id }: Pick<ItemJob, 'org' | 'id'>,
): Promise<void> {
  const job = await bulk.itemJob(org, id);
  if (job === undefined || job.state === 'running') return;
  const failed = membersIn(job.tally, 'failed');
  const [items, handled] = [membersIn(job.tally, ...MEMBER_STATES), membersIn(job.tally, 'done') + failed];
  log({ event: 'bulkEnded', org, act: job.act.type, items, handled, failed });
}

function memberOutcome({ number }: JobItem, outcome: NonNullable<Outcome>): MemberOutcome {
  if (outcome.done) return { number, state: 'done', why: null, problems: [] };
  return { number, state: 'failed', why: 'TURNED_AWAY', problems: [outcome.problem] };
}

async function outcomeOf(
  parts: ItemRunParts,
  organisation: Organisation,
  { job: { act, reason }, item: { item, state } }: { job: ItemJob; item: JobItem },
): Promise<Outcome> {
  const again = state === 'sending';
  try {
    if (again && (await hasHad(parts, organisation, { act, item }))) return { done: true };
    return await actOn(parts, organisation, { act, item, reason });
  } catch (error) {
    // Of a process that died, until its time is out; or of an operator, who is as good.
    if (again && error instanceof DeskRefusal && error.code === 'ALREADY_SETTLED') return null;
    return { done: false, problem: failureOf(error) };
  }
}

/** What was begun, and perhaps done, by a process that died. */
async function hasHad(
  parts: ItemRunParts,
  { id: org }: Organisation,
  { act, item }: { act: ItemAct; item: string },
): Promise<boolean> {
  if (act.type === 'release') return false;
  const { status } = await itemOf(parts, org, item);
  return status === (act.type === 'discard' ? 'discarded' : 'replayed');
}

async function actOn(
  parts: ItemRunParts,
  organisation: Organisation,
  { act, item: id, reason }: { act: ItemAct; item: string; reason: string },
): Promise<Outcome> {
  switch (act.type) {
    case 'mend': {
      const values = { [act.field]: act.value };
      const { mended } = await mendItem(parts, organisation, { id, values, send: { reason } });
      if (mended.sent) return { done: true };
      const [first] = mended.problems;
      const said = mended.problems.map(({ text, cure }) => `${text} ${cure}`).join(' ');
      const problem = { code: first?.code ?? mended.outcome, text: said === '' ? mended.text : said };
      return { done: false, problem };
    }
    case 'replay':
      await replay(parts, organisation, { id, reason });
      return { done: true };
    case 'discard':
      await discard(parts, organisation, { id, reason });
      return { done: true };
    case 'release':
      await releaseOne(parts, organisation, { ref: personRef(id), reason });
      return { done: true };
  }
}

/** One whom another has let go on meanwhile is let go on. */
async function releaseOne(...[parts, organisation, asked]: Parameters<typeof releaseParked>): Promise<void> {
  try {
    await releaseParked(parts, organisation, asked);
  } catch (error) {
    if (!(error instanceof DeskRefusal) || error.code !== 'NOTHING_PARKED') throw error;
  }
}

/** What is thrown that is no refusal, is the machinery's: it is reported without its text, which may hold anything. */
function failureOf(error: unknown): ItemProblem {
  if (error instanceof DeskRefusal) return { code: error.code, text: error.message };
  return { code: 'FAILED', text: DESK.nb.unexpected };
}
