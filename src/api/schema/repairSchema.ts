import { z } from '@hono/zod-openapi';
import { FEEDS } from '../../core/youth/statusEvent.ts';
import type { Mended } from '../../desk/quarantine/mend.ts';
import type { RepairField, RepairView } from '../../desk/quarantine/rowRepair.ts';
import type { FieldsOf } from './fieldsOf.ts';
import { FieldPlace, ShownProblemSchema } from './uploadSchema.ts';

const RepairFieldSchema = z.object({
  field: z.string(),
  heading: z
    .string()
    .nullable()
    .openapi({ description: 'Overskriften i malen; null når feltet ikke er der.' }),
  help: z.string().nullable().openapi({ description: 'Hva som skal stå i feltet.' }),
  wrong: z.boolean().openapi({ description: 'Det er noe galt med feltet.' }),
} satisfies FieldsOf<RepairField>);

export const RepairSchema = z
  .object({
    feed: z.enum(FEEDS),
    row: z.number().int(),
    state: z.enum(['open', 'sent', 'discarded']).openapi({
      description: 'open: raden kan rettes. sent: den er sendt på nytt. discarded: fylket har lagt den bort.',
    }),
    problems: z.array(ShownProblemSchema),
    fields: z.array(RepairFieldSchema).openapi({
      description:
        'Felt som kan skrives på nytt, de gale først; innholdet vises aldri. Tom når raden må rettes der den kommer fra.',
    }),
  } satisfies FieldsOf<RepairView>)
  .openapi('RowToMend');

export const NewValuesSchema = z.record(FieldPlace, z.string().max(400)).openapi({
  description: 'Felt → det som skal stå der, skrevet som i en celle. En tom tekst tar feltet bort.',
});

export const RepairBody = z
  .strictObject({
    fields: NewValuesSchema,
    send: z.boolean().default(false).openapi({
      description: 'true: raden sendes når ingenting er galt med den lenger. false: bare en prøve.',
    }),
  })
  .openapi('RowMending');

export const MendedSchema = z
  .object({
    sent: z.boolean().openapi({ description: 'Raden er sendt, med samme id, kvittering og radnummer.' }),
    outcome: z.enum(['applied', 'duplicate', 'rejected', 'quarantined', 'parked']),
    text: z.string().openapi({ description: 'Hva raden fører til.' }),
    problems: z.array(ShownProblemSchema),
  } satisfies FieldsOf<Mended>)
  .openapi('RowMended');
