import { isDeepStrictEqual } from 'node:util';
import type { Organisation, OrgId } from '../../core/organisation.ts';
import { DESK } from '../../core/sentences/desk.ts';
import type { IsoInstant } from '../../core/time/date.ts';
import { kindOf, type QuarantineItem, type QuarantineKind } from '../../store/queriesPort.ts';
import type { PageAsked } from '../page.ts';
import type { DeskParts } from '../parts.ts';
import { DeskRefusal } from '../refusal.ts';
import { groupNamed } from './groups.ts';
import { mendItem } from './itemMending.ts';
import type { MendParts } from './mend.ts';
import type { NewValues } from './openedItem.ts';
import { discard, replay } from './quarantine.ts';

// The same act on all of a group: begun after its exact count was seen, item by item, with every failure reported.

export type GroupAct =
  | { act: 'replay' | 'discard' }
  /** Of a group whose records have the same unknown code: what is right instead. */
  | { act: 'mend'; value: string };

export interface BulkFailure {
  item: string;
  code: string;
  /** Why, and what to do (bokmål). */
  text: string;
}

export interface BulkView {
  id: string;
  act: GroupAct['act'];
  /** `stopped`: by an operator, or because Kafka does not answer; the rest is as it was. */
  state: 'running' | 'done' | 'stopped';
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

export type BulkParts = MendParts & Pick<DeskParts, 'queries' | 'operations' | 'newId'>;

interface Beginning {
  /** Id of the group. */
  group: string;
  act: GroupAct;
  /** How many the operator has seen that it is about. */
  items: number;
  /** When the newest of them came: what came later is not included. Absent: all that is there. */
  upTo?: IsoInstant | undefined;
  reason: string;
}

export interface BulkActs {
  /** @param parts within what the operator may see
   *  @throws DeskRefusal UNKNOWN_GROUP, GROUP_CHANGED, NOT_MENDABLE */
  begin(parts: BulkParts, organisation: Organisation, beginning: Beginning): Promise<BulkView>;
  /** @throws DeskRefusal UNKNOWN_BULK */
  show(org: OrgId, id: string, page?: PageAsked): BulkView;
  /** @throws DeskRefusal UNKNOWN_BULK */
  stop(org: OrgId, id: string): BulkView;
}

/** Ended ones that are remembered; the oldest is forgotten. */
const MOST_REMEMBERED = 50;
/** Ids read at a time. */
const PAGE = 1_000;

interface Bulk extends Omit<BulkView, 'failed' | 'next'> {
  org: OrgId;
  /** What is alike in it. */
  kind: QuarantineKind;
  wanted: boolean;
}

/** Held in memory: after a restart nothing is under way, and what was not reached is still in quarantine.
 *  @param stopping aborted when the program stops */
export function createBulkActs(stopping: AbortSignal): BulkActs {
  const all = new Map<string, Bulk>();

  const own = (org: OrgId, id: string): Bulk => {
    const found = all.get(id);
    if (found?.org === org) return found;
    throw new DeskRefusal('UNKNOWN_BULK', DESK.nb.unknownWork);
  };

  async function work(
    parts: BulkParts,
    organisation: Organisation,
    bulk: Bulk,
    ids: readonly string[],
    one: (id: string) => Promise<BulkFailure | null>,
  ) {
    for (const id of ids) {
      // Between two items requests are answered.
      await new Promise((resolve) => setImmediate(resolve));
      if (!bulk.wanted || stopping.aborted) break;
      const failure = await one(id).catch((error: unknown) => failureOf(id, error));
      bulk.handled += 1;
      if (failure !== null) bulk.failures.push(failure);
      // Each of the others would wait as long.
      if (failure?.code === 'KAFKA_SLOW') break;
    }
    bulk.state = bulk.handled === bulk.items ? 'done' : 'stopped';
    parts.log({
      event: 'bulkEnded',
      org: organisation.id,
      act: bulk.act,
      items: bulk.items,
      handled: bulk.handled,
      failed: bulk.failures.length,
    });
  }

  return {
    async begin(parts, organisation, { group, act, items, upTo, reason }) {
      // Sent twice, it is one act.
      const item = await parts.queries.quarantineItem(organisation.id, group);
      const running = [...all.values()].find(
        (each) =>
          each.org === organisation.id &&
          each.state === 'running' &&
          item !== undefined &&
          isDeepStrictEqual(each.kind, kindOf(item)),
      );
      if (running !== undefined) return viewOf(running);
      const { view, kind } = await groupNamed(parts, organisation, { id: group, masked: true });
      if (act.act === 'mend' && !view.alike) throw new DeskRefusal('NOT_MENDABLE', DESK.nb.notAlike);
      const { ids, later } = await idsOf(parts, organisation.id, kind, upTo);
      if (ids.length !== items)
        throw new DeskRefusal(
          'GROUP_CHANGED',
          DESK.nb.groupChanged(ids.length === 1 ? '1 post' : `${ids.length} poster`),
        );
      const bulk: Bulk = {
        ...{ id: parts.newId(), org: organisation.id, kind, act: act.act, state: 'running', wanted: true },
        ...{ items, handled: 0, later, failures: [] },
      };
      all.set(bulk.id, bulk);
      for (const [id, { state }] of all) {
        if (all.size <= MOST_REMEMBERED) break;
        if (state !== 'running') all.delete(id);
      }
      void work(
        parts,
        organisation,
        bulk,
        ids,
        actOn(parts, organisation, { act, field: kind.field, reason }),
      );
      return viewOf(bulk);
    },
    show: (org, id, page) => viewOf(own(org, id), page),
    stop(org, id) {
      const bulk = own(org, id);
      bulk.wanted = false;
      return viewOf(bulk);
    },
  };
}

function actOn(
  parts: BulkParts,
  organisation: Organisation,
  { act, field, reason }: { act: GroupAct; field: string; reason: string },
): (id: string) => Promise<BulkFailure | null> {
  return async (id) => {
    if (act.act === 'mend') {
      const values: NewValues = { [field]: act.value };
      const { mended } = await mendItem(parts, organisation, { id, values, send: { reason } });
      if (mended.sent) return null;
      const [first] = mended.problems;
      const said = mended.problems.map(({ text, cure }) => `${text} ${cure}`).join(' ');
      return { item: id, code: first?.code ?? mended.outcome, text: said === '' ? mended.text : said };
    }
    await (act.act === 'replay' ? replay : discard)(parts, organisation, { id, reason });
    return null;
  };
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

/** What is thrown that is no refusal, is the machinery's: it is reported without its text, which may hold anything. */
function failureOf(item: string, error: unknown): BulkFailure {
  if (error instanceof DeskRefusal) return { item, code: error.code, text: error.message };
  return { item, code: 'FAILED', text: DESK.nb.unexpected };
}

/** Failures of a page. */
const FAILURES = 50;

function viewOf(
  { id, act, state, items, handled, later, failures }: Bulk,
  { after, limit }: PageAsked = { limit: FAILURES },
): BulkView {
  // Failures are only added: one keeps its number.
  const from = readFailureCursor(after) ?? 0;
  const to = from + limit;
  return {
    ...{ id, act, state, items, handled, later, failed: failures.length, failures: failures.slice(from, to) },
    next: to < failures.length ? String(to) : null,
  };
}

/** Undefined: none of ours. */
export function readFailureCursor(text: string | undefined): number | undefined {
  return /^\d{1,9}$/.test(text ?? '') ? Number(text) : undefined;
}
