import { z } from '@hono/zod-openapi';
import { FEEDS } from '../../core/youth/statusEvent.ts';
import type { CheckedRow, ShownProblem } from '../../desk/uploads/uploadCheck.ts';
import type { UploadCheckView, UploadView } from '../../desk/uploads/uploadView.ts';
import { FILE_FAULTS } from '../../upload/fileFault.ts';
import { DryRunSchema } from './dryRunSchema.ts';
import type { FieldsOf } from './fieldsOf.ts';
import { ProblemSchema } from './problemSchema.ts';

const count = z.number().int();
const FAULT_CODES = Object.keys(FILE_FAULTS) as [keyof typeof FILE_FAULTS, ...(keyof typeof FILE_FAULTS)[]];

export const UploadSchema = z
  .object({
    id: z.string(),
    feed: z.enum(FEEDS),
    kind: z.enum(['csv', 'xlsx', 'json']),
    rows: count.openapi({ description: 'Rader i listen, uten overskrifter, tomme rader og eksempler.' }),
    header: count.nullable().openapi({ description: 'Raden overskriftene er i, slik regnearket viser den.' }),
    columns: z.array(
      z.object({
        heading: z.string(),
        field: z.string().nullable(),
        used: z.boolean(),
        ticked: z.boolean().openapi({ description: 'Avsenderen vet at kolonnen ikke brukes.' }),
      }),
    ),
    needs: z
      .object({ code: z.enum(FAULT_CODES), text: z.string() })
      .nullable()
      .openapi({ description: 'Det som må velges med PATCH før radene kan sjekkes.' }),
    remembered: z.boolean().openapi({
      description: 'Kolonnene er valgt slik de ble valgt forrige gang for de samme overskriftene.',
    }),
    wholeList: z.boolean().openapi({
      description: 'Radene er én hel liste: de som ikke står i den, regnes som borte.',
    }),
    sent: count.openapi({ description: 'Rader som er sendt.' }),
    sentBefore: z
      .object({ receiptId: z.string(), received: z.string(), text: z.string() })
      .nullable()
      .openapi({ description: 'Rader fra den samme filen er sendt før: den første kvitteringen.' }),
    notes: z.array(z.string()).openapi({ description: 'Det avsenderen bør vite om hvordan filen er lest.' }),
  } satisfies FieldsOf<UploadView>)
  .openapi('Upload');

export const ShownProblemSchema = ProblemSchema.and(
  z.object({
    heading: z.string().nullable().openapi({ description: 'Overskriften på kolonnen.' }),
  } satisfies Pick<FieldsOf<ShownProblem>, 'heading'>),
);

export const UploadCheckSchema = z
  .object({
    rows: count,
    counts: z.object({
      ready: count.openapi({ description: 'Kan sendes.' }),
      duplicate: count.openapi({ description: 'Av dem: sier det samme som en annen rad, eller er kjent.' }),
      mend: count.openapi({ description: 'Må rettes først.' }),
      notOurs: count.openapi({ description: 'Gjelder ikke strømmen.' }),
      sent: count.openapi({ description: 'Er sendt før fra denne opplastingen.' }),
    }),
    text: z.string().openapi({ example: '42 rader: 41 rader kan sendes, 1 må rettes først.' }),
    list: DryRunSchema.shape.list,
    results: z
      .array(
        z
          .object({
            row: count.openapi({ description: 'Rad i filen, slik regnearket viser den.' }),
            outcome: z.enum(['applied', 'duplicate', 'rejected', 'quarantined', 'parked']),
            repeats: count
              .nullable()
              .openapi({ description: 'Den tidligere raden i filen som sier det samme.' }),
            text: z.string(),
            problems: z.array(ShownProblemSchema),
          } satisfies FieldsOf<CheckedRow>)
          .openapi('UploadRow'),
      )
      .openapi({ description: 'Rader som trenger noe, eller sier det samme som en annen.' }),
  } satisfies FieldsOf<UploadCheckView>)
  .openapi('UploadCheck');

export const UploadSentSchema = z
  .object({
    receiptId: z.string(),
    rows: count,
    repeated: z
      .boolean()
      .openapi({ description: 'De samme radene er sendt før: dette er den første kvitteringen.' }),
    receipt: z
      .string()
      .openapi({ description: 'Adressen til kvitteringen. Radene har filens egne radnumre.' }),
  })
  .openapi('UploadSent');

/** A field, or the path of one in a list that a system wrote. */
export const FieldPlace = z.string().regex(/^[a-zA-Z]{1,40}(\.[a-zA-Z]{1,40}){0,3}$/);
const field = z.string().regex(/^[a-zA-Z]{1,40}$/);

export const UploadChoicesSchema = z
  .strictObject({
    sheet: z.string().min(1).max(100).optional().openapi({ description: 'Navnet på arket listen er på.' }),
    header: z.number().int().min(1).max(1_048_576).optional(),
    columns: z
      .record(z.string().max(200), field.nullable())
      .optional()
      .openapi({ description: 'Overskrift → felt; null: kolonnen skal ikke brukes.' }),
    constants: z
      .record(field, z.string().min(1).max(200))
      .optional()
      .openapi({ description: 'Det alle radene har felles: felt → verdi.', example: { type: 'Avbrudd' } }),
    whole: z
      .enum(['no', 'yes', 'confirmed-shorter'])
      .optional()
      .openapi({
        description:
          'Bare elevlister fra private skoler. yes: radene er alle skolens elever, så de som ikke står i listen, regnes som borte. ' +
          'confirmed-shorter: det samme, og listen er kontrollert selv om den er mye kortere enn den forrige.',
      }),
  })
  .openapi('UploadChoices');

export const UploadMendSchema = z
  .strictObject({
    fields: z
      .record(FieldPlace, z.string().max(400))
      .openapi({ description: 'Felt → det som skal stå i cellen. I en liste i JSON: stien, elev.fnr.' }),
  })
  .openapi('UploadMend');

export const UploadSendSchema = z
  .strictObject({
    which: z
      .enum(['ready', 'all'])
      .default('ready')
      .openapi({ description: 'ready: de radene som kan sendes. all: alle, eller ingen.' }),
  })
  .openapi('UploadSend');
