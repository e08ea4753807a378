import type { Organisation } from '../../core/organisation.ts';
import { daysAfter } from '../../core/time/calendar.ts';
import { type IsoDate, parseInstant } from '../../core/time/date.ts';
import { osloDate } from '../../core/time/oslo.ts';
import { UUID } from '../../core/uuid.ts';
import type { Feed } from '../../core/youth/statusEvent.ts';
import type { ReceiptPlace, ReceiptSummary } from '../../store/queriesPort.ts';
import type { DeskParts } from '../parts.ts';
import { mayStart } from './deadlines.ts';
import { formKey } from './formReport.ts';

/** What was sent: one report that was filled in here, a file that was uploaded, or records of a system. */
export const RECEIPT_KINDS = ['form', 'file', 'records'] as const;

/** How far it has come: not all rows are handled, all are, and nothing changes any more. */
export const RECEIPT_STAGES = ['received', 'handled', 'final'] as const;

/** A submission among others; who sent it is not shown. */
export interface ReceiptLine
  extends Pick<ReceiptSummary, 'id' | 'feed' | 'institution' | 'received' | 'rows' | 'counts'> {
  kind: (typeof RECEIPT_KINDS)[number];
  stage: (typeof RECEIPT_STAGES)[number];
  /** The day by which OT is to have been in contact with those for whom a row starts that deadline (R42), counted from when
   *  it came; null when none of its rows can. */
  contactBy: IsoDate | null;
}

interface ReceiptsQuery {
  /** Null: all. */
  feed: Feed | null;
  /** `next` of the page before. */
  after?: string | undefined;
  limit: number;
}

/** What was sent, as far as the caller may see it, the newest first. */
export async function receiptPage(
  { queries, policyOf, vault }: Pick<DeskParts, 'queries' | 'policyOf' | 'vault'>,
  { id: org }: Organisation,
  { feed, after, limit }: ReceiptsQuery,
): Promise<{ receipts: ReceiptLine[]; next: string | null }> {
  const found = await queries.receipts(org, {
    ...{ feeds: feed === null ? null : [feed], sender: null, institutions: null },
    ...{ after: readReceiptCursor(after) ?? null, limit: limit + 1 },
  });
  const page = found.slice(0, limit);
  const last = page.at(-1);
  const { contact } = policyOf(org).deadlineDays;
  const receipts = page.map(({ sender: _sender, final, fromFile, idempotencyKey, resent, ...shown }) => ({
    ...shown,
    kind: kindOf({ id: shown.id, fromFile, idempotencyKey }, vault),
    stage: final
      ? ('final' as const)
      : shown.counts.waiting + resent > 0
        ? ('received' as const)
        : ('handled' as const),
    contactBy: mayStart(shown) ? daysAfter(osloDate(shown.received), contact) : null,
  }));
  return { receipts, next: found.length > limit && last !== undefined ? cursorAfter(last) : null };
}

function kindOf(
  { id, fromFile, idempotencyKey }: Pick<ReceiptSummary, 'id' | 'fromFile' | 'idempotencyKey'>,
  vault: DeskParts['vault'],
): ReceiptLine['kind'] {
  if (fromFile) return 'file';
  return idempotencyKey !== null && idempotencyKey === formKey(vault, id) ? 'form' : 'records';
}

function cursorAfter({ received, id }: ReceiptPlace): string {
  return Buffer.from(`${received} ${id}`).toString('base64url');
}

/** Undefined when it is none of ours. */
export function readReceiptCursor(text: string | undefined): ReceiptPlace | undefined {
  const [received = '', id = '', more] = Buffer.from(text ?? '', 'base64url')
    .toString()
    .split(' ');
  const moment = parseInstant(received);
  return more === undefined && UUID.test(id) && moment !== undefined ? { received: moment, id } : undefined;
}
