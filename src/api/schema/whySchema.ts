import { z } from '@hono/zod-openapi';
import { ALERT_STATES } from '../../core/worklist/alertState.ts';
import { DEADLINE_KINDS } from '../../core/youth/youthEvent.ts';
import type { SourceView, WhyView } from '../../desk/alerts/why.ts';
import { AlertSchema } from './alertSchema.ts';
import { EffectSchema } from './dryRunSchema.ts';
import type { FieldsOf } from './fieldsOf.ts';
import { EntrySchema } from './historySchema.ts';

const SourceSchema = z
  .object({
    entry: EntrySchema,
    versions: z.number().int().openapi({ description: 'Hvor mange utgaver av meldingen som er kommet.' }),
    without: z
      .object({ state: z.enum(ALERT_STATES), effects: z.array(EffectSchema) })
      .nullable()
      .openapi({
        description: 'Hva som hadde vært annerledes uten meldingen; null der det ikke lenger kan avgjøres.',
      }),
  } satisfies FieldsOf<SourceView>)
  .openapi('AlertSource');

const EndingSchema = z
  .discriminatedUnion('how', [
    z.object({ how: z.literal('CONTACT') }),
    z.object({
      how: z.literal('STATUS'),
      code: z.string(),
      contact: z.boolean().openapi({ description: 'Bare etter at OT har hatt kontakt.' }),
    }),
    z.object({ how: z.literal('TIME'), on: z.string().openapi({ format: 'date' }) }),
  ])
  .openapi('AlertEnding', {
    description:
      'CONTACT: OT får kontakt. STATUS: en rådgiver setter statusen. TIME: det tar slutt av seg selv den dagen.',
  });

export const WhySchema = z
  .object({
    ref: z.string(),
    recorded: z.string(),
    alert: AlertSchema,
    deadlines: z.array(
      z.object({
        what: z.enum(DEADLINE_KINDS),
        date: z.string(),
        rule: z.string(),
        reason: z.string().nullable(),
        met: z.boolean(),
      } satisfies FieldsOf<WhyView['deadlines'][number]>),
    ),
    sources: z.array(SourceSchema).openapi({
      description: 'Meldingene varselet bygger på; ingen der personopplysninger er maskert.',
    }),
    endings: z.array(EndingSchema).nullable().openapi({
      description: 'Hva som avslutter et åpent varsel, prøvd hver for seg; null der det ikke er kjent.',
    }),
    ended: z
      .object({
        recorded: z.string(),
        rule: z.string(),
        reason: z.string().nullable(),
        source: z.string().nullable(),
      } satisfies FieldsOf<NonNullable<WhyView['ended']>>)
      .nullable()
      .openapi({ description: 'Når et varsel er trukket: da, etter hvilken regel, og hvem som meldte det.' }),
  } satisfies FieldsOf<WhyView>)
  .openapi('AlertWhy');
