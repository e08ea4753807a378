import { type Principal, senderOf } from '../../core/access/principal.ts';
import type { Organisation } from '../../core/organisation.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import { REFUSAL } from '../../core/sentences/refusals.ts';
import { instantOf, parseInstant } from '../../core/time/date.ts';
import { UUID } from '../../core/uuid.ts';
import {
  type BulkAct,
  type BulkFilter,
  type BulkJob,
  type BulkPlace,
  type BulkReading,
  type BulkTally,
  inTallyOrder,
} from '../../store/bulkPort.ts';
import { readCursor, writeCursor } from '../changes/cursor.ts';
import type { DeskParts } from '../parts.ts';
import { DeskRefusal } from '../refusal.ts';
import type { WorkParts } from '../worklists/keptPage.ts';
import { rowView, type WorkRowView } from '../worklists/worklistView.ts';
import { type BulkJobView, bulkJobView, type WhyCount, whyCounts } from './bulkView.ts';
import { type Consequence, consequenceOf, type TryParts } from './consequence.ts';
import { makerOf } from './maker.ts';
import { type AsOf, type Selection, select } from './selection.ts';

// One act on many youths: shown before it is a job, made paused, begun and stopped by a person.

export type BulkParts = WorkParts & TryParts & Pick<DeskParts, 'bulk' | 'newId' | 'log'>;

export interface BulkAsked {
  filter: BulkFilter;
  act: BulkAct;
}

/** Youths shown of a selection. */
const SAMPLE = 10;

/** What a job would be about, and lead to. Nothing is stored. */
export interface BulkPreview {
  /** Of the filter. */
  listed: number;
  /** Of them, who would have the act. */
  youths: number;
  leftFor: WhyCount[];
  sample: (Pick<WorkRowView, 'ref' | 'kind' | 'reason' | 'deadline' | 'owner' | 'schoolYear'> & {
    code: string | null;
  })[];
  consequence: Consequence;
  asOf: string;
  /** Makes the job as of the same place. Sealed: the caller's own. */
  position: string;
  /** So much is coming in that the worklist is not whole: no job can be made of it. */
  behind: boolean;
}

/** @throws DeskRefusal NOT_FOUND */
export async function previewBulk(
  parts: BulkParts,
  organisation: Organisation,
  { principal, ...asked }: BulkAsked & { principal: Principal },
): Promise<BulkPreview> {
  const selection = await select(parts, organisation, { ...asked, samples: SAMPLE });
  const able = selection.members.filter(({ left }) => left === null);
  const consequence = await consequenceOf(parts, organisation, { id: parts.newId(), act: asked.act, able });
  return {
    listed: selection.members.length,
    youths: able.length,
    leftFor: whyCounts(tallyOf(selection), 'left'),
    sample: selection.sample.map(({ member, row }) => {
      const { ref, kind, reason, deadline, owner, schoolYear } = rowView(row);
      return { ref, kind, reason, deadline, owner, schoolYear, code: member.code };
    }),
    consequence,
    asOf: selection.at,
    position: writeCursor(parts.vault, ownerOf(organisation, principal), {
      lanes: selection.position,
      beginsAt: selection.at,
    }),
    behind: selection.behind,
  };
}

/**
 * A paused job: who matched as of the position it was shown at, and still does. What came after it is named as left out.
 * @throws DeskRefusal NOT_FOUND, INVALID_REQUEST, BULK_BEHIND, NOTHING_TO_SEND
 */
export async function makeBulk(
  parts: BulkParts,
  organisation: Organisation,
  {
    filter,
    act,
    ...asked
  }: BulkAsked & { principal: Principal; position: string; shown: number; reason: string },
): Promise<BulkJobView> {
  const { principal, reason, shown } = asked;
  const asOf = asOfIn(parts, organisation, asked);
  const selection = await select(parts, organisation, { filter, act, asOf });
  const { members } = selection;
  if (selection.behind)
    throw new DeskRefusal('BULK_BEHIND', REFUSAL.nb.bulkBehind, { retryAfterSeconds: 30 });
  if (members.every(({ left }) => left !== null))
    throw new DeskRefusal('NOTHING_TO_SEND', REFUSAL.nb.bulkNobody);
  const made = {
    ...{ id: parts.newId(), org: organisation.id, filter, act, reason, shown },
    ...{
      sender: senderOf(principal),
      by: principal.name,
      maker: makerOf(principal),
      created: instantOf(parts.now()),
    },
    ...{ position: asOf.position, asOf: asOf.at },
  };
  await parts.bulk.addBulk(made, members);
  parts.log({ event: 'bulkMade', org: organisation.id, item: made.id, records: members.length });
  const none = { state: 'paused' as const, trouble: null, begun: null, ended: null };
  return bulkJobView({ ...made, ...none, tally: tallyOf(selection) });
}

function asOfIn(
  { vault }: Pick<BulkParts, 'vault'>,
  organisation: Organisation,
  { principal, position }: { principal: Principal; position: string },
): AsOf {
  const cursor = readCursor(vault, ownerOf(organisation, principal), position);
  if (cursor !== undefined && cursor.beginsAt !== null)
    return { position: cursor.lanes, at: cursor.beginsAt };
  throw new DeskRefusal('INVALID_REQUEST', 'Rett det som står under, og send på nytt.', {
    problems: [
      {
        code: 'INVALID_VALUE',
        field: 'position',
        text: REFUSAL.nb.notPosition,
        cure: REFUSAL.nb.positionCure,
      },
    ],
  });
}

function ownerOf({ id }: Organisation, principal: Principal) {
  return { org: id, subscriber: senderOf(principal), what: 'bulk' as const };
}

function tallyOf({ members }: Pick<Selection, 'members'>): BulkTally[] {
  const sums = new Map<string | null, BulkTally>();
  for (const { left } of members) {
    const sum = sums.get(left) ?? { state: left === null ? 'waiting' : 'left', why: left, count: 0 };
    sums.set(left, { ...sum, count: sum.count + 1 });
  }
  return inTallyOrder([...sums.values()]);
}

/** @throws DeskRefusal UNKNOWN_BULK */
export async function bulkNamed(bulk: BulkReading, { id: org }: Organisation, id: string): Promise<BulkJob> {
  const job = await bulk.bulk(org, id);
  if (job !== undefined) return job;
  throw new DeskRefusal('UNKNOWN_BULK', REFUSAL.nb.noBulk);
}

/** Begins it, goes on, or stops it: what is sent already takes effect. @returns it, and who have yet to have the act
 *  @throws DeskRefusal UNKNOWN_BULK, BULK_DONE */
export async function moveBulk(
  { bulk, now, log }: Pick<DeskParts, 'bulk' | 'now' | 'log'>,
  organisation: Organisation,
  { id, to }: { id: string; to: 'running' | 'paused' },
): Promise<{ job: BulkJobView; waiting: PersonRef[] }> {
  const { id: org } = organisation;
  await bulkNamed(bulk, organisation, id);
  const asked = { states: ['waiting', 'sending'] as const, after: 0, limit: Number.MAX_SAFE_INTEGER };
  const waiting = (await bulk.bulkMembers(org, id, asked)).map(({ ref }) => ref);
  if (!(await bulk.moveBulk(org, id, to, instantOf(now()))))
    throw new DeskRefusal('BULK_DONE', REFUSAL.nb.bulkDone);
  log({
    event: to === 'running' ? 'bulkStarted' : 'bulkStopped',
    ...{ org, item: id, records: waiting.length },
  });
  return { job: bulkJobView(await bulkNamed(bulk, organisation, id)), waiting };
}

/** Who are in the filter now because of something that came after the job's position, and are not in the job. */
export async function newcomers(
  parts: WorkParts & { bulk: BulkReading },
  organisation: Organisation,
  { filter, act, id, position, asOf }: BulkJob,
): Promise<PersonRef[]> {
  const asked = {
    states: ['waiting', 'sending', 'sent', 'done', 'failed'] as const,
    ...{ after: 0, limit: Number.MAX_SAFE_INTEGER },
  };
  const within = new Set((await parts.bulk.bulkMembers(organisation.id, id, asked)).map(({ ref }) => ref));
  const { members } = await select(parts, organisation, { filter, act, asOf: { position, at: asOf } });
  return members.flatMap(({ ref, left }) => (left === 'CAME_AFTER' && !within.has(ref) ? [ref] : []));
}

/** Newest first. @throws DeskRefusal INVALID_REQUEST */
export async function bulkPage(
  bulk: BulkReading,
  { id: org }: Organisation,
  { after, limit }: { after: string | null; limit: number },
): Promise<{ jobs: BulkJobView[]; next: string | null }> {
  const jobs = await bulk.bulks(org, { after: placeOf(after), limit: limit + 1 });
  const shown = jobs.slice(0, limit);
  const last = shown.at(-1);
  const next = jobs.length > limit && last !== undefined ? `${last.created} ${last.id}` : null;
  return {
    jobs: shown.map(bulkJobView),
    next: next === null ? null : Buffer.from(next).toString('base64url'),
  };
}

function placeOf(after: string | null): BulkPlace | null {
  if (after === null) return null;
  const [created = '', id = ''] = Buffer.from(after, 'base64url').toString().split(' ');
  if (parseInstant(created) === created && UUID.test(id)) return { created, id };
  throw new DeskRefusal('INVALID_REQUEST', REFUSAL.nb.fixThat, {
    problems: [
      {
        code: 'INVALID_VALUE',
        field: 'after',
        text: REFUSAL.nb.notNextJobs,
        cure: REFUSAL.nb.nextCure,
      },
    ],
  });
}
