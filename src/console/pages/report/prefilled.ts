import { deskAs } from '../../../api/deskFor.ts';
import type { ApiParts } from '../../../api/parts.ts';
import type { FeedColumns } from '../../../core/feedColumns.ts';
import { epochOf } from '../../../core/time/date.ts';
import { UUID } from '../../../core/uuid.ts';
import type { Typed } from '../../../desk/forms/checkForm.ts';
import { DeskRefusal } from '../../../desk/refusal.ts';
import { formEventId } from '../../../desk/submission/formReport.ts';
import { receiptNamed } from '../../../desk/submission/receipts.ts';
import type { Visit } from '../../frame/visit.ts';

const MINUTE_MS = 60_000;

/** What an empty form has already: the school of the one who fills it in, and the report that it is about. */
export async function prefilled(
  visit: Visit,
  api: ApiParts,
  { columns, type }: { columns: FeedColumns; type: string },
): Promise<Typed> {
  return { ...schoolOf(visit, columns), ...(await earlierReport(visit, api, { columns, type })) };
}

function schoolOf({ permission: { reach } }: Visit, { columns }: FeedColumns): Typed {
  const own = reach.kind === 'institutions' ? reach.institutions : [];
  const [school, second] = own;
  const column = columns.find(({ field }) => field === 'skolenummer' || field === 'skole');
  return school === undefined || second !== undefined || column === undefined
    ? {}
    : { [column.field]: school };
}

/** Of a report that was filled in here and has its id: the same id again, with a version that is higher each time. */
async function earlierReport(
  { c, organisation, now, query }: Visit,
  api: ApiParts,
  { columns, type }: { columns: FeedColumns; type: string },
): Promise<Typed> {
  const id = query('gjelder');
  if (columns.ids !== 'own' || !UUID.test(id)) return {};
  if (type === 'annullering') return { annullerer: formEventId(id) };
  try {
    // One's own report: who may send on a feed has not sent all that came there.
    const desk = deskAs(c, api, 'receipt:read')?.desk;
    if (desk === undefined) return {};
    const { received } = await receiptNamed(desk, organisation, { id, masked: true });
    const there = (await desk.operations.virtualNow(organisation.id)) ?? now;
    const minutes = Math.floor((epochOf(there) - epochOf(received)) / MINUTE_MS);
    return { id: formEventId(id), version: String(2 + Math.max(0, minutes)) };
  } catch (error) {
    if (error instanceof DeskRefusal) return {};
    throw error;
  }
}
