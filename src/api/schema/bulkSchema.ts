import { z } from '@hono/zod-openapi';
import { PROBLEM_CODES } from '../../core/problem.ts';
import { GROUNDS, type GroundKey } from '../../core/rules/ground.ts';
import { CHANNELS } from '../../core/worklist/channel.ts';
import { WORKLIST_IDS } from '../../core/worklist/worklistId.ts';
import { ALERT_KINDS } from '../../core/youth/youthEvent.ts';
import type { BulkPreview } from '../../desk/bulk/bulk.ts';
import type { BulkJobView, MissedPage, MissedView, WhyCount } from '../../desk/bulk/bulkView.ts';
import type { Consequence } from '../../desk/bulk/consequence.ts';
import { EFFECTS } from '../../desk/dryRun/dryRunEffect.ts';
import { BULK_STATES, FAILED_WHY, LEFT_WHY } from '../../store/bulkPort.ts';
import { cursorText } from '../pageQuery.ts';
import { DateText } from '../routes/params.ts';
import { ReasonText } from '../routes/reason.ts';
import type { FieldsOf } from './fieldsOf.ts';
import { ProblemSchema } from './problemSchema.ts';

/** Keywords for what a status rests on. */
export const GROUND_KEYS = Object.keys(GROUNDS) as [GroundKey, ...GroundKey[]];

export const BulkFilterSchema = z
  .strictObject({
    list: z.enum(WORKLIST_IDS).openapi({ description: 'Arbeidslisten.' }),
    owner: z
      .string()
      .regex(/^\d{5}$/)
      .nullable()
      .default(null)
      .openapi({ description: 'Bare det OT-enheten har ansvaret for.', example: '40200' }),
    kind: z
      .enum(ALERT_KINDS)
      .nullable()
      .default(null)
      .openapi({ description: 'Bare varsler av dette slaget.' }),
    deadline: DateText.nullable()
      .default(null)
      .openapi({ description: 'Bare med frist denne dagen eller før.' }),
    group: z
      .number()
      .int()
      .min(1)
      .max(9)
      .nullable()
      .default(null)
      .openapi({ description: 'Bare med status i denne hovedgruppen.' }),
  })
  .openapi('BulkFilter');

export const BulkActSchema = z
  .discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('contact'),
      date: DateText,
      channel: z.enum(CHANNELS).openapi({ description: 'Forsøk uten svar, på denne måten.' }),
    }),
    z.strictObject({
      type: z.literal('accept'),
      date: DateText,
      code: z
        .string()
        .regex(/^[A-Z]{2,8}(_[A-Z]{2})?$/)
        .nullable()
        .default(null)
        .openapi({ description: 'Statusen; null: den ene som er foreslått for hver.' }),
      viaOT: z.enum(['JA', 'NEI']).nullable().default(null),
      ground: z.enum(GROUND_KEYS).nullable().default(null),
    }),
  ])
  .openapi('BulkAct');

export const BulkAskedSchema = z
  .strictObject({ filter: BulkFilterSchema, act: BulkActSchema })
  .openapi('BulkAsked');

export const NewBulkSchema = z
  .strictObject({
    filter: BulkFilterSchema,
    act: BulkActSchema,
    position: cursorText(20_000).openapi({ description: '`position` fra forhåndsvisningen, uendret.' }),
    youths: z.number().int().min(0).max(10_000_000).openapi({
      description: '`youths` fra forhåndsvisningen: hvor mange du har sett at det gjelder.',
    }),
    reason: ReasonText,
  })
  .openapi('NewBulk');

const WhyCountSchema = z
  .object({
    why: z.enum([...LEFT_WHY, ...FAILED_WHY]),
    count: z.number().int(),
    text: z.string(),
    cure: z.string(),
  } satisfies FieldsOf<WhyCount>)
  .openapi('BulkWhy');

const ConsequenceSchema = z
  .object({
    tried: z.number().int().openapi({ description: 'De første så mange er prøvd; alle når de er få.' }),
    accepted: z.number().int(),
    unchanged: z
      .number()
      .int()
      .openapi({ description: 'Av dem: meldingen lagres, men endrer verken status eller varsler.' }),
    effects: z.array(
      z.object({
        what: z.enum(EFFECTS),
        kind: z.enum(ALERT_KINDS).nullable(),
        count: z.number().int(),
      } satisfies FieldsOf<Consequence['effects'][number]>),
    ),
    refused: z.array(
      z.object({
        code: z.enum(PROBLEM_CODES),
        field: z.string(),
        text: z.string(),
        cure: z.string(),
        count: z.number().int(),
      } satisfies FieldsOf<Consequence['refused'][number]>),
    ),
    numberless: z.number().int(),
  } satisfies FieldsOf<Consequence>)
  .openapi('BulkConsequence');

export const BulkPreviewSchema = z
  .object({
    listed: z.number().int().openapi({ description: 'Ungdom i utvalget.' }),
    youths: z.number().int().openapi({ description: 'Av dem: hvor mange det vil bli gjort for.' }),
    leftFor: z.array(WhyCountSchema),
    sample: z.array(
      z.object({
        ref: z.string(),
        kind: z.enum(ALERT_KINDS).nullable(),
        reason: z.string().nullable(),
        deadline: z.string().nullable(),
        owner: z.string(),
        schoolYear: z.string(),
        code: z.string().nullable(),
      } satisfies FieldsOf<BulkPreview['sample'][number]>),
    ),
    consequence: ConsequenceSchema,
    asOf: z.string(),
    position: z.string().openapi({ description: 'Sendes uendret når jobben lages. Bare din.' }),
    behind: z.boolean(),
  } satisfies FieldsOf<BulkPreview>)
  .openapi('BulkPreview');

export const BulkJobSchema = z
  .object({
    id: z.string(),
    filter: BulkFilterSchema,
    act: BulkActSchema,
    reason: z.string(),
    by: z.string(),
    created: z.string(),
    asOf: z.string().openapi({ description: 'Det som kom etter dette, er ikke med.' }),
    shown: z.number().int().openapi({ description: 'Hvor mange den som laget jobben, så at det gjaldt.' }),
    state: z.enum(BULK_STATES),
    trouble: z.enum(['KAFKA_SLOW', 'NOT_PERMITTED']).nullable().openapi({
      description:
        'Hva jobben venter på, eller stanset av. `NOT_PERMITTED`: den som laget den, har ikke lenger tilgang.',
    }),
    begun: z.string().nullable(),
    ended: z.string().nullable(),
    youths: z.number().int().openapi({ description: 'Summen av waiting, underWay, done og failed.' }),
    waiting: z.number().int(),
    underWay: z.number().int().openapi({ description: 'Sendt, og ikke avgjort ennå.' }),
    done: z.number().int(),
    failed: z.number().int(),
    left: z.number().int().openapi({ description: 'I utvalget, men ikke med i jobben.' }),
    failures: z.array(WhyCountSchema),
    leftFor: z.array(WhyCountSchema),
  } satisfies FieldsOf<BulkJobView>)
  .openapi('BulkJob');

export const BulkJobsSchema = z
  .object({ jobs: z.array(BulkJobSchema), next: z.string().nullable() })
  .openapi('BulkJobs');

export const MissedSchema = z
  .object({
    youths: z.array(
      z.object({
        number: z.number().int(),
        ref: z.string(),
        why: z.enum([...LEFT_WHY, ...FAILED_WHY]),
        text: z.string().openapi({ description: 'Hvorfor.' }),
        cure: z.string().openapi({ description: 'Hva du gjør med det.' }),
        problems: z.array(ProblemSchema),
      } satisfies FieldsOf<MissedView>),
    ),
    next: z.number().int().nullable(),
  } satisfies FieldsOf<MissedPage>)
  .openapi('BulkMissed');

export const NewcomersSchema = z
  .object({ count: z.number().int(), refs: z.array(z.string()), next: z.number().int().nullable() })
  .openapi('BulkNewcomers');
