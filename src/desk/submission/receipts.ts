import type { Organisation } from '../../core/organisation.ts';
import type { Receipt } from '../../store/queriesPort.ts';
import type { DeskParts } from '../parts.ts';
import { DeskRefusal } from '../refusal.ts';
import { receiptTable } from './receiptTable.ts';
import { type ReceiptView, receiptView } from './receiptView.ts';

/** @throws DeskRefusal UNKNOWN_RECEIPT */
export async function receiptNamed(
  { queries }: Pick<DeskParts, 'queries'>,
  organisation: Organisation,
  { id, masked }: { id: string; masked: boolean },
): Promise<ReceiptView> {
  return receiptView(await receiptOf(queries, organisation, id), masked);
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
  throw new DeskRefusal('UNKNOWN_RECEIPT', 'Kvitteringen finnes ikke hos denne organisasjonen. Sjekk id-en.');
}
