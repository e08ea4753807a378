import { z } from '@hono/zod-openapi';
import { FEEDS } from '../../core/youth/statusEvent.ts';
import type { BulkFailure, BulkView } from '../../desk/quarantine/bulk.ts';
import type { GroupView } from '../../desk/quarantine/groups.ts';
import { ReasonText } from '../routes/reason.ts';
import type { FieldsOf } from './fieldsOf.ts';
import { NewValuesSchema } from './repairSchema.ts';

const count = z.number().int();

/** 32 hexadecimal digits, a keyed hash of what the group has in common. */
export const GroupId = z.string().regex(/^[0-9a-f]{32}$/);

export const QuarantineGroupSchema = z
  .object({
    id: z.string(),
    feed: z.enum(FEEDS).nullable(),
    code: z.string().openapi({ description: 'Hva som er galt først i postene.' }),
    field: z.string(),
    raw: z
      .string()
      .nullable()
      .openapi({ description: 'Den ukjente koden, når den kan vises og tilgangen ikke er maskert.' }),
    text: z.string(),
    alike: z
      .boolean()
      .openapi({ description: 'Alle har den samme ukjente koden: den samme rettelsen passer alle.' }),
    items: count,
    overDay: count.openapi({ description: 'Eldre enn ett døgn.' }),
    overWeek: count.openapi({ description: 'Eldre enn sju døgn.' }),
    oldest: z.string(),
    newest: z.string(),
  } satisfies FieldsOf<GroupView>)
  .openapi('QuarantineGroup');

const shared = {
  items: count.min(1).openapi({
    description: 'Hvor mange poster du har sett at det gjelder. Stemmer det ikke, gjøres ingenting.',
  }),
  reason: ReasonText,
};

export const GroupActSchema = z
  .discriminatedUnion('act', [
    z.strictObject({ act: z.literal('replay'), ...shared }),
    z.strictObject({ act: z.literal('discard'), ...shared }),
    z.strictObject({
      act: z.literal('mend'),
      value: z
        .string()
        .min(1)
        .max(100)
        .openapi({ description: 'Det som skal stå i feltet i stedet for koden.' }),
      ...shared,
    }),
  ])
  .openapi('QuarantineGroupAct');

export const BulkSchema = z
  .object({
    id: z.string(),
    act: z.enum(['replay', 'discard', 'mend']),
    state: z.enum(['running', 'done', 'stopped']),
    items: count,
    handled: count.openapi({ description: 'Behandlet så langt, også de som ikke gikk.' }),
    failures: z
      .array(
        z.object({ item: z.string(), code: z.string(), text: z.string() } satisfies FieldsOf<BulkFailure>),
      )
      .openapi({ description: 'De som ikke gikk, alle. De er fortsatt i karantene.' }),
  } satisfies FieldsOf<BulkView>)
  .openapi('QuarantineWork');

export const ItemMendBody = z
  .strictObject({ fields: NewValuesSchema, reason: ReasonText, send: z.boolean().default(false) })
  .openapi('ItemMending');
