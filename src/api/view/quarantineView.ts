import { z } from '@hono/zod-openapi';
import type { QuarantineItem } from '../../store/readerPort.ts';
import { ProblemSchema } from '../problemSchema.ts';

export const PositionSchema = z
  .object({
    topic: z.string(),
    partition: z.number().int(),
    offset: z.string().openapi({ description: 'Heltall som tekst.' }),
  })
  .openapi('Position');

export const QuarantineItemSchema = z
  .object({
    id: z.string(),
    status: z.enum(['open', 'replayed', 'discarded']),
    received: z.string(),
    position: PositionSchema,
    problems: z.array(ProblemSchema),
    receipt: z.string().nullable(),
    row: z.number().int().nullable().openapi({ description: 'Raden i innsendingen, regnet fra 1.' }),
  })
  .openapi('QuarantineItem', { description: 'Hva som er galt og hvor det står; innholdet vises aldri.' });

export function quarantineView(item: QuarantineItem): z.infer<typeof QuarantineItemSchema> {
  const { id, status, received, problems, receipt, row } = item;
  return { id, status, received, position: positionView(item), problems, receipt, row };
}

export function positionView(at: { topic: string; partition: number; offset: bigint }) {
  return { topic: at.topic, partition: at.partition, offset: at.offset.toString() };
}
