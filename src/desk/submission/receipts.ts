import type { Organisation } from '../../core/organisation.ts';
import type { DeskParts } from '../parts.ts';
import { DeskRefusal } from '../refusal.ts';
import { type ReceiptView, receiptView } from './receiptView.ts';

/** @throws DeskRefusal UNKNOWN_RECEIPT */
export async function receiptNamed(
  { queries }: Pick<DeskParts, 'queries'>,
  organisation: Organisation,
  { id, masked }: { id: string; masked: boolean },
): Promise<ReceiptView> {
  const receipt = await queries.receipt(organisation.id, id);
  if (receipt) return receiptView(receipt, masked);
  throw new DeskRefusal('UNKNOWN_RECEIPT', 'Kvitteringen finnes ikke hos denne organisasjonen. Sjekk id-en.');
}
