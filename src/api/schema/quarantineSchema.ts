import { z } from '@hono/zod-openapi';
import { FEEDS } from '../../core/youth/statusEvent.ts';
import type { ParkedView } from '../../desk/quarantine/parked.ts';
import type { PositionView, QuarantineView } from '../../desk/quarantine/quarantineView.ts';
import type { WaitingGroup, WaitingPerson } from '../../desk/quarantine/waiting.ts';
import { NextPage } from '../pageQuery.ts';
import type { FieldsOf } from './fieldsOf.ts';
import { ProblemSchema } from './problemSchema.ts';

const PositionSchema = z
  .object({
    topic: z.string(),
    partition: z.number().int(),
    offset: z.string().openapi({ description: 'Heltall som tekst.' }),
  } satisfies FieldsOf<PositionView>)
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
  } satisfies FieldsOf<QuarantineView>)
  .openapi('QuarantineItem', { description: 'Hva som er galt og hvor det står; innholdet vises aldri.' });

export const ParkedSchema = z
  .object({
    ref: z.string(),
    received: z.string(),
    position: PositionSchema,
    reason: z.string(),
  } satisfies FieldsOf<ParkedView>)
  .openapi('Parked');

const WaitingPersonSchema = z.object({
  ref: z.string(),
  records: z.number().int().openapi({ description: 'Meldingen som stoppet, og dem bak den.' }),
  since: z.string().openapi({ description: 'Når meldingen som stoppet, kom.' }),
} satisfies FieldsOf<WaitingPerson>);

export const WaitingGroupSchema = z
  .object({
    feed: z.enum(FEEDS).nullable(),
    count: z.number().int().openapi({ description: 'Hvor mange ungdommer som venter.' }),
    records: z.number().int(),
    persons: z
      .array(WaitingPersonSchema)
      .openapi({ description: 'En side av dem. De som har ventet lengst, står først.' }),
    next: NextPage,
  } satisfies FieldsOf<WaitingGroup>)
  .openapi('WaitingGroup');
