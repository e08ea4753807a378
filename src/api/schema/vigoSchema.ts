import { z } from '@hono/zod-openapi';

export const VigoFileSchema = z
  .object({
    file: z.string().nullable(),
    rows: z.number(),
    leftOut: z.number(),
    more: z.boolean(),
    content: z.string(),
  })
  .openapi('VigoFile');

export const VigoCopySchema = z
  .object({ file: z.string(), rows: z.number(), content: z.string() })
  .openapi('VigoFileCopy');

export const VigoWithdrawnSchema = z
  .object({ file: z.string(), rows: z.number() })
  .openapi('VigoFileWithdrawn');

export const VigoReceiptSchema = z
  .object({ accepted: z.number(), refused: z.number(), repeated: z.boolean() })
  .openapi('VigoReceipt');

export const VigoStatusSchema = z
  .object({
    files: z.array(
      z.object({
        id: z.string(),
        made: z.string(),
        rows: z.number(),
        accepted: z.number(),
        refused: z.number(),
        waiting: z.number(),
      }),
    ),
    open: z.array(
      z.object({
        file: z.string(),
        rad: z.number(),
        ref: z.string(),
        state: z.enum(['refused', 'waiting']),
        code: z.string().nullable(),
        cure: z.string(),
      }),
    ),
  })
  .openapi('VigoStatus');
