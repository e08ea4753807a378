import { z } from '@hono/zod-openapi';
import { SET_BY_OUT } from '../../core/messages/outCodes.ts';
import type { YouthView } from '../../desk/youths/youthView.ts';
import { AlertSchema } from './alertSchema.ts';
import type { FieldsOf } from './fieldsOf.ts';

const ViaOtSchema = z.enum(['JA', 'NEI', 'UKJENT']);

const RegistrationSchema = z
  .object({
    schoolYear: z.string(),
    county: z.string().nullable(),
    tilmeldingskode: z.enum(['IKKE_SOKT', 'TAKKET_NEI', 'AVBRUTT', 'ANDRE_GRUNNER']).nullable(),
    effective: z.string(),
    owner: z.string().nullable(),
    status: z
      .object({
        code: z.string().openapi({ example: 'OTUK' }),
        list: z.string().openapi({ example: 'OT-2016-07' }),
        group: z.number().int(),
        targetGroup: z.boolean(),
        viaOt: ViaOtSchema,
        effective: z.string(),
        setBy: z.enum(SET_BY_OUT),
        rule: z.string(),
        reason: z.string().nullable(),
        ruleSource: z.string().nullable(),
      } satisfies FieldsOf<NonNullable<YouthView['registrations'][number]['status']>>)
      .nullable()
      .openapi({ description: 'Null der personopplysninger er maskert.' }),
  } satisfies FieldsOf<YouthView['registrations'][number]>)
  .openapi('Registration');

export const YouthSchema = z
  .object({
    ref: z.string(),
    version: z.number().int(),
    parked: z
      .boolean()
      .openapi({ description: 'Nye meldinger venter til noen har sett på den som stoppet.' }),
    registrations: z.array(RegistrationSchema),
    alerts: z.array(AlertSchema).openapi({ description: 'Varsler, kontroller og forslag som står.' }),
    due: z.string().nullable().openapi({ description: 'Når tiden alene endrer noe.' }),
  } satisfies FieldsOf<YouthView>)
  .openapi('Youth');
