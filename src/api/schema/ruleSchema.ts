import { z } from '@hono/zod-openapi';
import { LIST_SUBJECTS, type PublishedCode } from '../../core/codelists/published.ts';
import type { CitedSource } from '../../core/rules/sources.ts';
import type { CodeListPage, CodeListSummary } from '../../desk/rules/codeListViews.ts';
import { RULE_ACTS, type RuleView } from '../../desk/rules/ruleViews.ts';
import { NextPage } from '../pageQuery.ts';
import type { FieldsOf } from './fieldsOf.ts';

const day = z.string().nullable();

const RuleSourceSchema = z
  .object({
    reference: z.string().openapi({ example: 'K, kode 4.1' }),
    name: z.string(),
    publisher: z.string(),
    version: z.string().openapi({ description: 'Hvilken utgave som er lest.' }),
    from: day.openapi({ description: 'Første dag dokumentet gjelder; null når det ikke sier det.' }),
    law: z.string().nullable().openapi({ description: 'Loven dokumentet gjengir, og hvor den står nå.' }),
  } satisfies FieldsOf<CitedSource>)
  .openapi('RuleSource');

export const RuleSchema = z
  .object({
    id: z.string().openapi({ example: 'R27' }),
    act: z.enum(Object.values(RULE_ACTS)).openapi({
      description:
        'AVGJOR: broen gjør det selv. FORESLAR: en rådgiver avgjør. VURDERER: broen vurderer det en rådgiver har satt. OPPLYSER: ingenting å beregne.',
    }),
    sentence: z.string(),
    since: day.openapi({ description: 'Første dag en av kildene gjelder; null når ingen sier det.' }),
    sources: z.array(RuleSourceSchema),
    leadsTo: z.array(
      z.object({
        what: z.enum(['STATUS', 'TILMELDING', 'VARSEL', 'FRIST']),
        code: z.string(),
        name: z.string(),
      } satisfies FieldsOf<RuleView['leadsTo'][number]>),
    ),
    answers: z
      .array(
        z.object({
          answer: z.enum(['AVSLAG', 'ADVARSEL']),
          mayStand: z.boolean().openapi({ description: 'En begrunnelse kan la valget stå.' }),
          proposed: z.array(z.object({ code: z.string(), name: z.string() })),
        } satisfies FieldsOf<RuleView['answers'][number]>),
      )
      .openapi({ description: 'Svar på en rådgivers valg, i den rekkefølgen valg vurderes.' }),
    settings: z
      .array(
        z.object({
          name: z.string(),
          text: z.string(),
          value: z.string(),
        } satisfies FieldsOf<RuleView['settings'][number]>),
      )
      .openapi({ description: 'Det fylket har bestemt som regelen avhenger av.' }),
    tests: z.array(
      z.object({
        title: z.string().nullable(),
        file: z.string(),
      } satisfies FieldsOf<RuleView['tests'][number]>),
    ),
  } satisfies FieldsOf<RuleView>)
  .openapi('Rule');

export const RulesSchema = z.object({ rules: z.array(RuleSchema) }).openapi('Rules');

const listHead = {
  id: z.string().openapi({ example: 'OT-2016-07' }),
  subject: z.enum(LIST_SUBJECTS),
  name: z.string(),
  from: day.openapi({ description: 'Første dag listen gjelder; null: siden før den ble publisert.' }),
  to: day.openapi({ description: 'Siste dag; null: inntil videre.' }),
  source: z.string(),
};

export const CodeListsSchema = z
  .object({
    lists: z.array(
      z
        .object({ ...listHead, codes: z.number().int() } satisfies FieldsOf<CodeListSummary>)
        .openapi('CodeListSummary'),
    ),
  })
  .openapi('CodeLists');

export const CodeListSchema = z
  .object({
    ...listHead,
    total: z.number().int(),
    codes: z.array(
      z
        .object({
          code: z.string(),
          text: z.string().openapi({ description: 'Offisielt navn.' }),
          from: day,
          to: day,
          means: z.string().nullable().openapi({ description: 'Det broen leser ut av koden.' }),
        } satisfies FieldsOf<PublishedCode>)
        .openapi('PublishedCode'),
    ),
    next: NextPage,
  } satisfies FieldsOf<CodeListPage>)
  .openapi('CodeList');
