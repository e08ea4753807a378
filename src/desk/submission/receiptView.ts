import type { Helpline, Policy } from '../../core/policy.ts';
import type { IsoDate } from '../../core/time/date.ts';
import type { Receipt } from '../../store/queriesPort.ts';
import { listText } from '../lists/listText.ts';
import { type ListView, listView } from '../lists/listView.ts';
import { deadlinesOf, type ReceiptDeadline } from './deadlines.ts';

/** How a submission has fared. */
export interface ReceiptView extends Omit<Receipt, 'lists' | 'sender' | 'institution' | 'sheetRows'> {
  /** Of an uploaded file: the rows it is for, as the spreadsheet numbers them; both ends belong to a run. */
  sheetRows: { from: number; to: number }[] | null;
  /** The lists its rows belong to. */
  lists: ListView[];
  /** What is due because of it. */
  deadlines: ReceiptDeadline[];
  /** Whom to call about it. */
  helpline: Helpline | null;
  text: string;
}

/** @param masked without the single rows @param today by the organisation's clock */
export function receiptView(
  receipt: Receipt,
  { masked, policy, today }: { masked: boolean; policy: Policy; today: IsoDate },
): ReceiptView {
  const { sender: _sender, institution: _institution, sheetRows, ...shown } = receipt;
  const lists = receipt.lists.map(listView);
  const rows = masked ? { problems: [], notes: [] } : {};
  return {
    ...{ ...shown, ...rows, lists, sheetRows: sheetRows && runsOf(sheetRows) },
    deadlines: deadlinesOf(receipt, policy, today),
    helpline: policy.helpline,
    text: receiptText(receipt),
  };
}

/** @param numbers rising */
function runsOf(numbers: readonly number[]): { from: number; to: number }[] {
  const runs: { from: number; to: number }[] = [];
  for (const number of numbers) {
    const last = runs.at(-1);
    if (last?.to === number - 1) last.to = number;
    else runs.push({ from: number, to: number });
  }
  return runs;
}

function receiptText({ rows, counts, problems, notes, resent, final, lists }: Receipt): string {
  const parts = [
    [counts.applied, 'godtatt'],
    [counts.duplicate, counts.duplicate === 1 ? 'duplikat' : 'duplikater'],
    [counts.rejected, 'gjelder ikke denne strømmen'],
    [counts.quarantined, 'må rettes'],
    [counts.parked, 'venter på en tidligere melding'],
    [counts.waiting, 'ikke behandlet ennå'],
  ] as const;
  const counted = parts.filter(([number]) => number > 0).map(([number, what]) => `${number} ${what}`);
  const sum = `${rows} ${rows === 1 ? 'rad' : 'rader'}: ${counted.join(', ')}.`;
  const cure =
    counts.quarantined > resent
      ? ' Rett radene som står under, og send bare dem på nytt med en ny Idempotency-Key.'
      : '';
  const here = problems.some(({ kept }) => kept === 'open') ? ' De kan også rettes her på kvitteringen.' : '';
  const again = resent > 0 ? ` ${resent} er rettet og sendt på nytt.` : '';
  const listed = lists.map((list) => ` ${listText(list)}`).join('');
  const look = notes.length > 0 ? ` ${noted(notes.length)}` : '';
  return `${sum}${cure}${here}${again}${look}${listed}${final ? '' : ' Hent kvitteringen igjen om litt.'}`;
}

function noted(rows: number): string {
  return rows === 1 ? 'Se merknaden til 1 rad.' : `Se merknadene til ${rows} rader.`;
}
