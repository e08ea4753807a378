import { z } from '@hono/zod-openapi';
import { FEEDS } from '../../core/youth/statusEvent.ts';
import { RECEIPT_KINDS, RECEIPT_STAGES, type ReceiptLine } from '../../desk/submission/receiptPages.ts';
import { NextPage } from '../pageQuery.ts';
import type { FieldsOf } from './fieldsOf.ts';
import { ReceiptSchema } from './receiptSchema.ts';

const { id, received, rows, counts } = ReceiptSchema.shape;

export const ReceiptLineSchema = z
  .object({
    ...{ id, received, rows, counts },
    feed: z.enum(FEEDS),
    institution: z
      .string()
      .nullable()
      .openapi({ description: 'Skolen den er sendt for; null når den ikke er sendt for en skole.' }),
    kind: z.enum(RECEIPT_KINDS).openapi({
      description:
        'form: én melding, fylt ut i konsollen. file: en opplastet liste. records: sendt av et system.',
    }),
    stage: z.enum(RECEIPT_STAGES).openapi({
      description: 'received: mottatt. handled: alle radene er behandlet. final: endrer seg ikke mer.',
    }),
    contactBy: z.string().nullable().openapi({
      format: 'date',
      description:
        'Dagen OT skal ha tatt kontakt med dem en rad gir en slik frist for, regnet fra mottaket; null når ingen rader kan gjøre det.',
    }),
  } satisfies FieldsOf<ReceiptLine>)
  .openapi('ReceiptLine');

export const ReceiptListSchema = z
  .object({ receipts: z.array(ReceiptLineSchema), next: NextPage })
  .openapi('ReceiptList');
