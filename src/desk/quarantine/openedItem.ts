import type { FeedAdapter, ListEnvelope } from '../../core/feedAdapter.ts';
import type { FeedColumn } from '../../core/feedColumns.ts';
import { feedTopic } from '../../core/messages/topic.ts';
import type { Organisation } from '../../core/organisation.ts';
import type { Problem } from '../../core/problem.ts';
import { DESK } from '../../core/sentences/desk.ts';
import type { KeptItem } from '../../store/queriesPort.ts';
import { cellValue } from '../../upload/columns/cellValue.ts';
import type { DeskParts } from '../parts.ts';
import { DeskRefusal } from '../refusal.ts';
import { mendedRow, valuesOf } from '../uploads/documentRow.ts';
import { recordOf } from './resend.ts';

/** New values by field, as they are typed; an empty one takes the field away. */
export type NewValues = Readonly<Record<string, string>>;

/** A quarantined record with its fields. */
export interface OpenedItem {
  item: KeptItem;
  adapter: FeedAdapter;
  record: Readonly<Record<string, unknown>>;
  headers: Record<string, string>;
  /** When it is a row of a list. */
  envelope: ListEnvelope | null;
}

/** @throws DeskRefusal NOT_KEPT, NOT_MENDABLE */
export function openItem(
  parts: Pick<DeskParts, 'vault' | 'keptRecord' | 'decode' | 'adapters'>,
  { id: org }: Organisation,
  item: KeptItem,
): OpenedItem {
  const { value, headers } = recordOf(parts, item);
  const adapter = parts.adapters.find(({ feed }) => feedTopic(org, feed) === item.topic);
  const decoded = parts.decode(value, headers);
  if (adapter === undefined || !decoded.ok || !isRecord(decoded.value)) throw notMendable();
  return { item, adapter, record: decoded.value, headers, envelope: decoded.envelope };
}

/** Columns of the feed that a record of its type may have, without what the type itself is in. */
export function columnsOfRecord({ adapter, record }: OpenedItem): readonly FeedColumn[] {
  const { type } = record;
  const { columns = [], types = [] } = adapter.columns ?? {};
  const known = types.some(({ code }) => code === type);
  return columns.filter(
    (column) => !known || column.types === null || column.types.some((each) => each === type),
  );
}

/** The record with new values. What is a column of the feed's lists is read as a cell is; of the others the text is taken.
 *  A record that took effect in part is corrected under its next version: under the same one it would be known.
 *  @throws DeskRefusal UNKNOWN_ROW */
export function withValues(opened: OpenedItem, values: NewValues): { record: unknown; problems: Problem[] } {
  const { adapter, record, item } = opened;
  const problems: Problem[] = [];
  const mended: Record<string, unknown> = { ...record };
  const inside: Record<string, string> = {};
  const known = new Set([...valuesOf(record).keys(), ...item.problems.map(({ field }) => field)]);
  for (const [field, text] of Object.entries(values)) {
    const column = adapter.columns?.columns.find((each) => each.field === field);
    if (column === undefined && !known.has(field)) throw new DeskRefusal('UNKNOWN_ROW', DESK.nb.noField);
    if (column === undefined) {
      inside[field] = text;
      continue;
    }
    const read = cellValue(text, column, adapter.columns?.types ?? []);
    if ('problem' in read) problems.push(read.problem);
    else if (read.value === undefined) delete mended[field];
    else mended[field] = read.value;
  }
  const tookEffect = item.problems.some(({ code }) => code === 'TOOK_EFFECT');
  if (tookEffect && typeof record.id === 'string' && values.version === undefined)
    mended.version = (Number(record.version) || 1) + 1;
  return { record: mendedRow(mended, inside), problems };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function notMendable(): DeskRefusal {
  return new DeskRefusal('NOT_MENDABLE', DESK.nb.unreadable);
}
