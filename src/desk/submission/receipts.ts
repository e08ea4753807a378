import type { Organisation } from '../../core/organisation.ts';
import { DESK } from '../../core/sentences/desk.ts';
import type { Receipt } from '../../store/queriesPort.ts';
import { todayOf } from '../organisationToday.ts';
import type { DeskParts } from '../parts.ts';
import { DeskRefusal } from '../refusal.ts';
import { receiptTable } from './receiptTable.ts';
import { type ReceiptView, receiptView } from './receiptView.ts';

/** @throws DeskRefusal UNKNOWN_RECEIPT */
export async function receiptNamed(
  parts: Pick<DeskParts, 'queries' | 'operations' | 'policyOf' | 'now'>,
  organisation: Organisation,
  { id, masked }: { id: string; masked: boolean },
): Promise<ReceiptView> {
  const receipt = await receiptOf(parts.queries, organisation, id);
  const today = await todayOf(parts, organisation);
  return receiptView(receipt, { masked, policy: parts.policyOf(organisation.id), today });
}

/** The same row by row, below headings. @throws DeskRefusal UNKNOWN_RECEIPT */
export async function receiptRowsNamed(
  { queries }: Pick<DeskParts, 'queries'>,
  organisation: Organisation,
  { id, masked }: { id: string; masked: boolean },
): Promise<string[][]> {
  const receipt = await receiptOf(queries, organisation, id);
  return receiptTable(receipt, await queries.receiptRows(organisation.id, id), masked);
}

async function receiptOf(
  queries: DeskParts['queries'],
  organisation: Organisation,
  id: string,
): Promise<Receipt> {
  const receipt = await queries.receipt(organisation.id, id);
  if (receipt) return receipt;
  throw new DeskRefusal('UNKNOWN_RECEIPT', DESK.nb.noReceipt);
}
