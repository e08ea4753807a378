import type { Permission } from '../../core/access/permission.ts';
import type { Organisation } from '../../core/organisation.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import { REFUSED, SCHEMA_ID } from '../../kafka/headers.ts';
import type { KeptItem } from '../../store/queriesPort.ts';
import type { DeskParts } from '../parts.ts';
import { rowHeaders } from '../submission/foreignRows.ts';
import { type CheckedRow, checkRows } from '../uploads/uploadCheck.ts';
import { type NewValues, notMendable, type OpenedItem, openItem, withValues } from './openedItem.ts';
import type { ResendParts } from './resend.ts';
import { sendOnce } from './sendOnce.ts';

/** What a mended record would lead to, or has led to. */
export interface Mended extends Pick<CheckedRow, 'outcome' | 'text' | 'problems'> {
  /** It is sent: false also where something in it is still wrong. */
  sent: boolean;
}

export interface Mending {
  organisation: Organisation;
  item: KeptItem;
  values: NewValues;
  /** What the caller may send, and whether what follows from it may be said. */
  permission: Pick<Permission, 'reach' | 'masked'>;
  /** Null: only tries it. */
  send: { reason: string } | null;
}

export type MendParts = ResendParts & Pick<DeskParts, 'dryRun' | 'log'>;

/** A quarantined record with some fields corrected: tried, and sent on its feed in the place of the first when nothing in it is
 *  wrong any more. It keeps its id, its receipt and its row.
 *  @throws DeskRefusal NOT_KEPT, NOT_MENDABLE, UNKNOWN_ROW, ALREADY_SETTLED, KAFKA_SLOW */
export async function mend(
  parts: MendParts,
  { organisation, item, values, permission, send }: Mending,
): Promise<{ mended: Mended; met: ReadonlySet<PersonRef> }> {
  const opened = openItem(parts, organisation, item);
  const { adapter, envelope } = opened;
  const number = item.row ?? 1;
  const row = { number, ...withValues(opened, values) };
  const list = { rows: [row], envelope };
  const check = await checkRows(parts, { organisation, adapter, permission, alone: true }, list);
  const [checked] = check.rows;
  const value = check.bytes.get(number);
  if (checked === undefined || value === undefined) throw notMendable();
  const { outcome, text, problems } = checked;
  const stillWrong = problems.some(({ code }) => code === 'TOOK_EFFECT');
  const goes = check.ready.has(number) && !stillWrong;
  if (goes && send !== null) {
    const headers = headersOf(parts, opened, permission)(value);
    await sendOnce(parts, organisation, { item, value, headers, reason: send.reason });
    parts.log({ event: 'mended', org: organisation.id, item: item.id });
  }
  return { mended: { sent: goes && send !== null, outcome, text, problems }, met: check.met };
}

/** As those of a row that its sender sends now: what was refused is judged again, and what was Avro is JSON. */
function headersOf(
  { decode }: Pick<DeskParts, 'decode'>,
  { adapter, envelope, headers }: OpenedItem,
  { reach }: Mending['permission'],
): (value: Buffer) => Record<string, string> {
  const { [REFUSED]: _refused, [SCHEMA_ID]: _schema, ...kept } = headers;
  const sent = rowHeaders(decode, { adapter, envelope, reach });
  return (value) => ({ ...kept, ...sent(value) });
}
