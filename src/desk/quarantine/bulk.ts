import { type Principal, senderOf } from '../../core/access/principal.ts';
import type { Organisation, OrgId } from '../../core/organisation.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import { DESK } from '../../core/sentences/desk.ts';
import { type IsoInstant, instantOf } from '../../core/time/date.ts';
import type { Feed } from '../../core/youth/statusEvent.ts';
import {
  type ItemAct,
  type ItemJob,
  type ItemJobReading,
  type ItemProblem,
  MEMBER_STATES,
  membersIn,
} from '../../store/bulkPort.ts';
import { kindOf, type QuarantineItem, type QuarantineKind } from '../../store/queriesPort.ts';
import { makerOf } from '../bulk/maker.ts';
import type { PageAsked } from '../page.ts';
import type { DeskParts } from '../parts.ts';
import { DeskRefusal } from '../refusal.ts';
import { groupNamed } from './groups.ts';
import { everyoneWaiting } from './waiting.ts';

// The same act on all of a group: begun after its exact count was seen, done item by item as a job, with every failure reported.

export type GroupAct =
  | { act: 'replay' | 'discard' }
  /** Of a group whose records have the same unknown code: what is right instead. */
  | { act: 'mend'; value: string };

export interface BulkFailure extends ItemProblem {
  /** Id of the quarantined item, or reference of the person who waits. */
  item: string;
}

export interface BulkView {
  id: string;
  act: ItemAct['type'];
  /** `stopped`: by an operator, or by its `trouble`; the rest is as it was. */
  state: 'running' | 'done' | 'stopped';
  trouble: ItemJob['trouble'];
  items: number;
  /** Handled so far, failures too. */
  handled: number;
  /** Of the same kind, but not included: they came after what the operator had seen. */
  later: number;
  /** How many did not succeed. */
  failed: number;
  /** A page of them, in the order they were tried. */
  failures: BulkFailure[];
  /** Null: they are the last so far. */
  next: string | null;
}

export type BulkParts = Pick<
  DeskParts,
  'queries' | 'operations' | 'adapters' | 'bulk' | 'vault' | 'now' | 'newId' | 'log'
>;

interface Beginning {
  /** Id of the group. */
  group: string;
  act: GroupAct;
  /** How many the operator has seen that it is about. */
  items: number;
  /** When the newest of them came: what came later is not included. Absent: all that is there. */
  upTo?: IsoInstant | undefined;
  reason: string;
  principal: Principal;
}

/** Ids read at a time. */
const PAGE = 1_000;
/** Failures of a page. */
const FAILURES = 50;

/** Sent twice, it is one job.
 *  @param parts within what the operator may see
 *  @throws DeskRefusal UNKNOWN_GROUP, GROUP_CHANGED, NOT_MENDABLE */
export async function beginBulk(
  parts: BulkParts,
  organisation: Organisation,
  { group, act, items, upTo, ...made }: Beginning,
): Promise<BulkView> {
  const { id: org } = organisation;
  const item = await parts.queries.quarantineItem(org, group);
  if (item !== undefined) {
    const running = await parts.bulk.runningItemJob(org, groupDigest(parts, kindOf(item)));
    if (running !== undefined) return bulkView(parts.bulk, running);
  }
  const { view, kind } = await groupNamed(parts, organisation, { id: group, masked: true });
  if (act.act === 'mend' && !view.alike) throw new DeskRefusal('NOT_MENDABLE', DESK.nb.notAlike);
  const { ids, later } = await idsOf(parts, org, kind, upTo);
  if (ids.length !== items)
    throw new DeskRefusal(
      'GROUP_CHANGED',
      DESK.nb.groupChanged(ids.length === 1 ? '1 post' : `${ids.length} poster`),
    );
  const doing: ItemAct =
    act.act === 'mend' ? { type: 'mend', field: kind.field, value: act.value } : { type: act.act };
  const digest = groupDigest(parts, kind);
  return bulkView(parts.bulk, await begun(parts, org, { ...made, act: doing, group: digest, later, ids }));
}

/** Lets all who wait by the feed now go on. @param feed null: by topics that no feed has any more. @returns also whom
 *  @throws DeskRefusal NOTHING_PARKED */
export async function beginRelease(
  parts: BulkParts,
  organisation: Organisation,
  { feed, ...made }: { feed: Feed | null; reason: string; principal: Principal },
): Promise<{ view: BulkView; persons: PersonRef[] }> {
  const { id: org } = organisation;
  const group = groupDigest(parts, { waiting: feed });
  const running = await parts.bulk.runningItemJob(org, group);
  if (running !== undefined) return { view: await bulkView(parts.bulk, running), persons: [] };
  const persons = await everyoneWaiting(parts, organisation, feed);
  if (persons.length === 0) throw new DeskRefusal('NOTHING_PARKED', DESK.nb.nobodyWaits);
  const doing = { ...made, act: { type: 'release' as const }, group, later: 0, ids: persons };
  return { view: await bulkView(parts.bulk, await begun(parts, org, doing)), persons };
}

interface Doing {
  act: ItemAct;
  group: string;
  later: number;
  ids: readonly string[];
  reason: string;
  principal: Principal;
}

async function begun(parts: BulkParts, org: OrgId, { ids, principal, ...doing }: Doing): Promise<ItemJob> {
  const job = {
    ...{ ...doing, id: parts.newId(), org, created: instantOf(parts.now()) },
    ...{ sender: senderOf(principal), by: principal.name, maker: makerOf(principal) },
  };
  const added = await parts.bulk.addItemJob(job, ids);
  if (added) parts.log({ event: 'bulkStarted', org, item: job.id, records: ids.length });
  // Another was begun on the group in the meantime.
  const found = added
    ? await parts.bulk.itemJob(org, job.id)
    : await parts.bulk.runningItemJob(org, doing.group);
  if (found !== undefined) return found;
  throw new DeskRefusal('UNKNOWN_GROUP', DESK.nb.noGroup);
}

/** @throws DeskRefusal UNKNOWN_BULK */
export async function showBulk(
  bulk: ItemJobReading,
  org: OrgId,
  { id, ...page }: { id: string } & Partial<PageAsked>,
): Promise<BulkView> {
  return bulkView(bulk, await named(bulk, org, id), { limit: FAILURES, ...page });
}

/** What is begun of it is ended, and the rest left as it is. @throws DeskRefusal UNKNOWN_BULK */
export async function stopBulk(
  { bulk, now, log }: Pick<BulkParts, 'bulk' | 'now' | 'log'>,
  org: OrgId,
  id: string,
): Promise<BulkView> {
  const { state, tally } = await named(bulk, org, id);
  if (state === 'running' && (await bulk.moveBulk(org, id, 'paused', instantOf(now()))))
    log({ event: 'bulkStopped', org, item: id, records: membersIn(tally, 'waiting', 'sending') });
  return bulkView(bulk, await named(bulk, org, id));
}

async function named(bulk: ItemJobReading, org: OrgId, id: string): Promise<ItemJob> {
  const job = await bulk.itemJob(org, id);
  if (job !== undefined) return job;
  throw new DeskRefusal('UNKNOWN_BULK', DESK.nb.unknownWork);
}

/** The unknown code in it may be anything: what was asked about is kept as a digest. */
function groupDigest(
  { vault }: Pick<BulkParts, 'vault'>,
  group: QuarantineKind | { waiting: Feed | null },
): string {
  const fields = 'waiting' in group ? [group.waiting] : [group.topic, group.code, group.field, group.raw];
  return vault.digest('quarantine-group', JSON.stringify(fields)).toString('hex');
}

async function idsOf(
  { queries }: Pick<DeskParts, 'queries'>,
  org: OrgId,
  alike: QuarantineKind,
  upTo: IsoInstant | undefined,
): Promise<{ ids: string[]; later: number }> {
  const ids: string[] = [];
  let later = 0;
  for (let after: string | null = null; ; ) {
    const page: QuarantineItem[] = await queries.quarantine(org, {
      ...{ status: 'open', limit: PAGE, after, alike },
    });
    const meant = page.filter(({ received }) => upTo === undefined || received <= upTo);
    ids.push(...meant.map(({ id }) => id));
    later += page.length - meant.length;
    after = page.at(-1)?.id ?? null;
    if (page.length < PAGE) return { ids, later };
  }
}

async function bulkView(
  bulk: ItemJobReading,
  { org, id, act, state, trouble, tally, later }: ItemJob,
  { after, limit }: PageAsked = { limit: FAILURES },
): Promise<BulkView> {
  const failed = membersIn(tally, 'failed');
  const items = membersIn(tally, ...MEMBER_STATES);
  const handled = membersIn(tally, 'done') + failed;
  const asked = { states: ['failed' as const], after: readFailureCursor(after) ?? 0, limit: limit + 1 };
  const found = failed === 0 ? [] : await bulk.jobItems(org, id, asked);
  const shown = found.slice(0, limit);
  return {
    ...{ id, act: act.type, trouble, items, handled, later, failed },
    // What was begun when it was stopped may have been the last of it.
    state: state === 'paused' ? (handled === items ? 'done' : 'stopped') : state,
    failures: shown.map(({ item, problem }) => ({
      item,
      code: problem?.code ?? '',
      text: problem?.text ?? '',
    })),
    next: found.length > limit ? String(shown.at(-1)?.number) : null,
  };
}

/** Undefined: none of ours. */
export function readFailureCursor(text: string | undefined): number | undefined {
  return /^\d{1,9}$/.test(text ?? '') ? Number(text) : undefined;
}
