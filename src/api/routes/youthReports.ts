import { z } from '@hono/zod-openapi';
import { CONTACT_REASONS, type ContactReason } from '../../core/rules/contactReason.ts';
import { OVERRIDES, type OverrideKey } from '../../core/rules/override.ts';
import { CHANNELS } from '../../core/worklist/channel.ts';
import { ANSWERERS } from '../../core/youth/statusEvent.ts';
import type { AdviserRecord } from '../../desk/adviser/adviserRecord.ts';
import { sendRecord } from '../../desk/adviser/sendRecord.ts';
import { createSubmit } from '../../desk/submission/submit.ts';
import type { Api } from '../apiEnv.ts';
import { smallBody } from '../body/smallBody.ts';
import { deskFor } from '../deskFor.ts';
import type { ApiParts } from '../parts.ts';
import { defineRoute } from '../route.ts';
import { GROUND_KEYS } from '../schema/bulkSchema.ts';
import { refusals } from '../schema/problemSchema.ts';
import { idempotency, idempotencyKeyOf, SubmittedSchema, senderFor } from './feeds.ts';
import { DateText, RefParams, SchoolYearText } from './params.ts';

const OVERRIDE_KEYS = Object.keys(OVERRIDES) as [OverrideKey, ...OverrideKey[]];
const CONTACT_REASON_KEYS = Object.keys(CONTACT_REASONS) as [ContactReason, ...ContactReason[]];
const skolear = SchoolYearText.optional().openapi({
  description: 'Skoleåret det gjelder; det datoen ligger i når det ikke er satt.',
});

const AttemptSchema = z.strictObject({
  type: z.literal('kontaktforsok'),
  dato: DateText,
  kanal: z.enum(CHANNELS),
  besvart: z.boolean(),
  besvartAv: z.enum(ANSWERERS).optional(),
  grunn: z
    .enum(CONTACT_REASON_KEYS)
    .optional()
    .openapi({ description: 'Hvorfor svaret til en foresatt skal telle.' }),
  skolear,
});

const StatusSchema = z.strictObject({
  type: z.literal('status'),
  dato: DateText,
  kode: z
    .string()
    .regex(/^[A-Z]{2,8}(_[A-Z]{2})?$/)
    .openapi({ example: 'OTOV' }),
  viaOT: z.enum(['JA', 'NEI']).optional(),
  grunnlag: z.array(z.enum(GROUND_KEYS)).max(10).optional(),
  fastholdtFordi: z
    .enum(OVERRIDE_KEYS)
    .optional()
    .openapi({ description: 'Hvorfor statusen står, selv om en regel foreslår noe annet.' }),
  skolear,
});

const ReportBody = z.discriminatedUnion('type', [AttemptSchema, StatusSchema]).openapi('YouthReport');

const route = defineRoute({
  'x-access': 'youth:act',
  method: 'post',
  path: '/organisations/{org}/youths/{ref}/reports',
  tags: ['youths'],
  summary: 'Meld kontakt eller status for en ungdom ved referansen; sendes på strømmen ot-adviser',
  description:
    'Nummeret hentes fra hvelvet og vises ingen. Det strømmen ville avvist, avvises med feltene det gjelder.',
  middleware: smallBody,
  request: {
    params: RefParams,
    headers: z.object({ 'idempotency-key': idempotency }),
    body: { required: true, content: { 'application/json': { schema: ReportBody } } },
  },
  responses: {
    202: {
      description: 'Sendt. Samme Idempotency-Key og samme innhold gir samme kvittering.',
      headers: z.object({ location: z.string() }),
      content: { 'application/json': { schema: SubmittedSchema } },
    },
    ...refusals({
      400: 'Strømmen ville avvist meldingen',
      404: 'Ukjent ungdom',
      409: 'Nøkkelen er brukt til et annet innhold',
      413: 'For stort',
      415: 'Ikke JSON',
      503: 'Kafka bekrefter ikke; send det samme på nytt',
    }),
  },
});

export function youthReportRoutes(api: Api, parts: ApiParts): void {
  const submit = createSubmit(parts);
  api.openapi(route, async (c) => {
    const organisation = c.get('organisation');
    const { ref } = c.req.valid('param');
    const { receiptId, rows } = await sendRecord(deskFor(c, parts), submit, organisation, {
      ref,
      record: recordOf(c.req.valid('json')),
      key: idempotencyKeyOf(c.req.raw) ?? parts.newId(),
      from: senderFor(c),
      reach: c.get('permission').reach,
      traceparent: c.req.header('traceparent') ?? null,
    });
    c.get('audit').subjects([ref]);
    c.get('audit').item(`receipt:${receiptId}`);
    const receipt = `/organisations/${organisation.id}/receipts/${receiptId}`;
    return c.json({ receiptId, rows, receipt }, 202, { location: receipt });
  });
}

/** A field that is not said is not in the record. */
function recordOf(said: z.infer<typeof ReportBody>): AdviserRecord {
  return JSON.parse(JSON.stringify(said)) as AdviserRecord;
}
