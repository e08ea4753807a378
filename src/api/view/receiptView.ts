import { z } from '@hono/zod-openapi';
import { FEEDS } from '../../core/youth/statusEvent.ts';
import type { Receipt } from '../../store/readerPort.ts';
import { ProblemSchema } from '../problemSchema.ts';
import { listText } from './listText.ts';
import { ListSchema, listView } from './listView.ts';

const count = z.number().int();

export const ReceiptSchema = z
  .object({
    id: z.string(),
    feed: z.enum(FEEDS),
    received: z.string(),
    rows: count,
    counts: z.object({
      applied: count.openapi({ description: 'Godtatt.' }),
      duplicate: count.openapi({ description: 'Kjent fra før; telles én gang.' }),
      rejected: count.openapi({ description: 'Gjelder ikke denne strømmen.' }),
      quarantined: count.openapi({ description: 'Må rettes; se problems.' }),
      parked: count.openapi({ description: 'Venter på en tidligere melding om samme person.' }),
      waiting: count.openapi({ description: 'Ikke behandlet ennå.' }),
    }),
    problems: z.array(z.object({ row: count, problems: z.array(ProblemSchema) })).openapi({
      description: 'Bare rader som avsenderen må gjøre noe med. Rad 1 er den første som ble sendt.',
    }),
    notes: z.array(z.object({ row: count, problems: z.array(ProblemSchema) })).openapi({
      description:
        'Rader som er behandlet, og som avsenderen likevel bør se på, for eksempel en annullering som ikke traff noe.',
    }),
    lists: z
      .array(ListSchema)
      .openapi({ description: 'Listene radene hører til, og hva som er blitt av dem.' }),
    final: z
      .boolean()
      .openapi({ description: 'Ingen rader venter, og ingen hel liste venter på å bli vurdert.' }),
    text: z.string().openapi({ example: '42 rader: 40 godtatt, 1 duplikat, 1 må rettes.' }),
  })
  .openapi('Receipt');

export function receiptView(receipt: Receipt): z.infer<typeof ReceiptSchema> {
  const lists = receipt.lists.map(listView);
  return { ...receipt, lists, text: receiptText(receipt) };
}

function receiptText({ rows, counts, notes, final, lists }: Receipt): string {
  const parts = [
    [counts.applied, 'godtatt'],
    [counts.duplicate, counts.duplicate === 1 ? 'duplikat' : 'duplikater'],
    [counts.rejected, 'gjelder ikke denne strømmen'],
    [counts.quarantined, 'må rettes'],
    [counts.parked, 'venter på en tidligere melding'],
    [counts.waiting, 'ikke behandlet ennå'],
  ] as const;
  const told = parts.filter(([number]) => number > 0).map(([number, what]) => `${number} ${what}`);
  const sum = `${rows} ${rows === 1 ? 'rad' : 'rader'}: ${told.join(', ')}.`;
  const cure =
    counts.quarantined > 0
      ? ' Rett radene som står under, og send bare dem på nytt med en ny Idempotency-Key.'
      : '';
  const listed = lists.map((list) => ` ${listText(list)}`).join('');
  const look = notes.length > 0 ? ` ${noted(notes.length)}` : '';
  return `${sum}${cure}${look}${listed}${final ? '' : ' Hent kvitteringen igjen om litt.'}`;
}

function noted(rows: number): string {
  return rows === 1 ? 'Se merknaden til 1 rad.' : `Se merknadene til ${rows} rader.`;
}
