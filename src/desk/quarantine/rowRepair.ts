import type { Permission } from '../../core/access/permission.ts';
import type { FeedColumn, FeedRowType } from '../../core/feedColumns.ts';
import { feedTopic } from '../../core/messages/topic.ts';
import type { Organisation } from '../../core/organisation.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import type { Problem } from '../../core/problem.ts';
import { DESK } from '../../core/sentences/desk.ts';
import type { Feed } from '../../core/youth/statusEvent.ts';
import type { KeptItem, KeptState } from '../../store/queriesPort.ts';
import { keptState } from '../../store/receiptEnd.ts';
import type { DeskParts } from '../parts.ts';
import { DeskRefusal } from '../refusal.ts';
import type { ShownProblem } from '../uploads/uploadCheck.ts';
import { type Mended, type MendParts, mend } from './mend.ts';
import { columnsOfRecord, type NewValues, type OpenedItem, openItem } from './openedItem.ts';
import { alreadySettled } from './sendOnce.ts';

// A sender mends what has been quarantined of its own submissions, row by row, on the receipt.

/** A row of a receipt that is kept in quarantine. */
export interface RepairView {
  feed: Feed;
  row: number;
  state: KeptState;
  problems: ShownProblem[];
  /** What can be typed again: what is wrong first, then the other columns of such a row. Empty: nothing can be mended here. */
  fields: RepairField[];
}

export interface RepairField {
  field: string;
  /** As the feed's lists call it; null where it is in none. */
  heading: string | null;
  /** What goes into it (bokmål). */
  help: string | null;
  wrong: boolean;
}

/** The same for a page, with the columns themselves. */
export interface RepairRow {
  view: RepairView;
  columns: readonly FeedColumn[];
  type: FeedRowType | null;
}

interface RowAsked {
  receipt: string;
  row: number;
}

type Parts = Pick<DeskParts, 'queries' | 'vault' | 'keptRecord' | 'decode' | 'adapters'>;

/** @throws DeskRefusal UNKNOWN_RECEIPT, UNKNOWN_ROW */
export async function rowToRepair(
  parts: Parts,
  organisation: Organisation,
  asked: RowAsked,
): Promise<RepairRow> {
  const { feed, items, state } = await itemsOf(parts, organisation, asked);
  const [item] = items.filter(({ status }) => status === 'open');
  const opened = item === undefined ? null : openedOrNull(parts, organisation, item);
  const shown = (item ?? items.at(-1))?.problems ?? [];
  const all = parts.adapters.find((each) => each.feed === feed)?.columns?.columns ?? [];
  const problems = shown.map((each) => ({ ...each, heading: headingOf(all, each.field) }));
  const view = {
    feed,
    row: asked.row,
    state,
    problems,
    fields: opened === null ? [] : fieldsOf(opened, shown),
  };
  const columns = opened === null ? [] : columnsOfRecord(opened);
  const type = opened?.adapter.columns?.types.find(({ code }) => code === opened.record.type) ?? null;
  return { view, columns, type };
}

/** @param permission what the caller may send on the feed
 *  @throws DeskRefusal UNKNOWN_RECEIPT, UNKNOWN_ROW, ALREADY_SETTLED, NOT_MENDABLE, NOT_KEPT, KAFKA_SLOW */
export async function repairRow(
  parts: Parts & MendParts,
  organisation: Organisation,
  asked: RowAsked & {
    values: NewValues;
    send: boolean;
    permissionFor(feed: Feed): Pick<Permission, 'reach' | 'masked'>;
  },
): Promise<{ mended: Mended; met: ReadonlySet<PersonRef> }> {
  const { feed, items } = await itemsOf(parts, organisation, asked);
  const permission = asked.permissionFor(feed);
  const [item, ...others] = items.filter(({ status }) => status === 'open');
  if (item === undefined) throw alreadySettled();
  const { values } = asked;
  const send = asked.send ? { reason: OF_SENDER } : null;
  const result = await mend(parts, { organisation, item, values, permission, send });
  // The same row may have come twice, and is mended once. What says something else under its number stays.
  if (result.mended.sent)
    for (const other of others)
      if (
        saysTheSame(parts, item, other) &&
        (await parts.operations.claimQuarantine(organisation.id, other.id))
      )
        await parts.operations.settleQuarantine(organisation.id, other.id, 'replayed', OF_SENDER);
  return result;
}

function saysTheSame(parts: Pick<Parts, 'vault' | 'keptRecord'>, one: KeptItem, other: KeptItem): boolean {
  const [mine, theirs] = [one, other].map(({ sealed }) => parts.keptRecord(parts.vault.open(sealed)).value);
  return mine != null && theirs != null && mine.equals(theirs);
}

const OF_SENDER = DESK.nb.ofSender;

async function itemsOf(
  { queries }: Pick<Parts, 'queries'>,
  { id: org }: Organisation,
  { receipt: id, row }: RowAsked,
): Promise<{ feed: Feed; items: readonly KeptItem[]; state: KeptState }> {
  const receipt = await queries.receipt(org, id);
  if (receipt === undefined) throw new DeskRefusal('UNKNOWN_RECEIPT', DESK.nb.noReceipt);
  const { feed } = receipt;
  const found = await queries.quarantineOfRow(org, id, row);
  // Anyone who writes to a topic can name a receipt.
  const items = found.filter(({ topic }) => topic === feedTopic(org, feed));
  const state = keptState(items.map(({ status }) => status));
  if (state === null) throw new DeskRefusal('UNKNOWN_ROW', DESK.nb.noRow);
  return { feed, items, state };
}

function openedOrNull(parts: Parts, organisation: Organisation, item: KeptItem): OpenedItem | null {
  try {
    return openItem(parts, organisation, item);
  } catch (error) {
    if (error instanceof DeskRefusal) return null;
    throw error;
  }
}

function fieldsOf(opened: OpenedItem, problems: readonly Problem[]): RepairField[] {
  const columns = columnsOfRecord(opened);
  const all = opened.adapter.columns?.columns ?? [];
  const wrong = [...new Set(problems.map(({ field }) => field))].filter((field) => field !== '');
  const rest = columns.map(({ field }) => field).filter((field) => !wrong.includes(field));
  return [...wrong, ...rest].map((field) => ({
    field,
    heading: headingOf(all, field),
    help: all.find((column) => column.field === field)?.help ?? null,
    wrong: wrong.includes(field),
  }));
}

function headingOf(columns: readonly FeedColumn[], field: string): string | null {
  return columns.find((column) => column.field === field)?.heading ?? null;
}
