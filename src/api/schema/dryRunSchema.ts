import { z } from '@hono/zod-openapi';
import { CATEGORY_OUT } from '../../core/messages/outCodes.ts';
import { FEEDS } from '../../core/youth/statusEvent.ts';
import { ALERT_KINDS } from '../../core/youth/youthEvent.ts';
import { type DryRunEffect, EFFECTS } from '../../desk/dryRun/dryRunEffect.ts';
import type { DryRunView } from '../../desk/dryRun/dryRunView.ts';
import type { FieldsOf } from './fieldsOf.ts';
import { ProblemSchema } from './problemSchema.ts';

const count = z.number().int();

export const EffectSchema = z
  .object({
    what: z.enum(EFFECTS),
    schoolYear: z.string().nullable().openapi({ example: '2026-27' }),
    county: z.string().nullable(),
    tilmeldingskode: z.string().nullable(),
    code: z.string().nullable().openapi({ description: 'Statuskoden som settes.' }),
    effective: z.string().nullable(),
    kind: z.enum(ALERT_KINDS).nullable().openapi({ description: 'Hva slags varsel.' }),
    category: z.enum(CATEGORY_OUT).nullable(),
    proposed: z.array(z.string()),
    deadlines: z.array(z.object({ what: z.string(), date: z.string() })),
    rule: z.string().nullable().openapi({ example: 'R01' }),
    reason: z.string().nullable().openapi({ description: 'Hvorfor, i en setning.' }),
  } satisfies FieldsOf<DryRunEffect>)
  .openapi('DryRunEffect');

export const DryRunSchema = z
  .object({
    feed: z.enum(FEEDS),
    rows: count,
    counts: z.object({
      applied: count.openapi({ description: 'Ville blitt godtatt.' }),
      duplicate: count.openapi({ description: 'Kjent fra før, eller lik en tidligere rad.' }),
      rejected: count.openapi({ description: 'Gjelder ikke denne strømmen.' }),
      quarantined: count.openapi({ description: 'Må rettes; se problems.' }),
      parked: count.openapi({ description: 'Ville ventet på en tidligere melding om samme person.' }),
    }),
    effects: z
      .array(z.object({ what: z.enum(EFFECTS), kind: z.enum(ALERT_KINDS).nullable(), count }))
      .openapi({ description: 'Hvor mange ganger hver ting ville skjedd.' }),
    list: z
      .object({
        verdict: z.enum(['concluded', 'refused', 'incomplete', 'held']),
        missing: count.nullable().openapi({ description: 'Hvor mange som ville manglet i listen.' }),
        text: z.string(),
      })
      .nullable(),
    text: z.string().openapi({ example: '42 rader: 40 ville blitt godtatt, 1 duplikat, 1 må rettes.' }),
    results: z.array(
      z.object({
        row: count.openapi({ description: 'Rad 1 er den første som ble sendt.' }),
        outcome: z.enum(['applied', 'duplicate', 'rejected', 'quarantined', 'parked']),
        repeats: count.nullable().openapi({ description: 'Den tidligere raden som sier det samme.' }),
        text: z.string(),
        effects: z.array(EffectSchema),
        problems: z.array(ProblemSchema),
      }),
    ),
  } satisfies FieldsOf<DryRunView>)
  .openapi('DryRun');
