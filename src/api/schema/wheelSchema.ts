import { z } from '@hono/zod-openapi';
import { LETTER_IDS } from '../../core/letters/letterId.ts';
import { WHEEL_KINDS } from '../../core/wheel/entry.ts';
import type { WheelDate } from '../../core/wheel/wheel.ts';
import { WHEEL_IDS } from '../../core/wheel/wheelId.ts';
import { WORKLIST_IDS } from '../../core/worklist/worklistId.ts';
import type { FieldsOf } from './fieldsOf.ts';

const WheelDateSchema = z
  .object({
    id: z.enum(WHEEL_IDS),
    kind: z.enum(WHEEL_KINDS),
    what: z.string(),
    who: z.string(),
    source: z.enum(['Å', 'H']),
    about: z.string().openapi({ description: 'Skoleåret registreringene gjelder.', example: '2027-28' }),
    from: z.string(),
    to: z.string().openapi({ description: 'Siste dag, medregnet.' }),
    weekLabel: z.string().openapi({ example: 'uke 20' }),
    documentWeek: z.string().nullable().openapi({ description: 'Uken årshjulet nevner; datoene gjelder.' }),
    deadline: z.string().nullable(),
    reference: z
      .object({ date: z.string(), weekLabel: z.string(), reportRun: z.string() })
      .nullable()
      .openapi({ description: 'Referansedatoen for tallene, og dagen rapporten kjøres.' }),
    alsoBy: z.object({ what: z.string(), date: z.string() }).nullable(),
    worklist: z.enum(WORKLIST_IDS).nullable(),
    letter: z.enum(LETTER_IDS).nullable(),
    moved: z.boolean().openapi({ description: 'Fylket har satt egne datoer.' }),
  } satisfies FieldsOf<WheelDate>)
  .openapi('WheelDate');

export const WheelSchema = z
  .object({ county: z.string(), schoolYear: z.string(), dates: z.array(WheelDateSchema) })
  .openapi('Wheel');
