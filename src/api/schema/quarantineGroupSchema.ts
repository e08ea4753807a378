import { z } from '@hono/zod-openapi';
import { FEEDS } from '../../core/youth/statusEvent.ts';
import type { BulkFailure, BulkView } from '../../desk/quarantine/bulk.ts';
import type { GroupView } from '../../desk/quarantine/groups.ts';
import { NextPage } from '../pageQuery.ts';
import { Moment, UuidText } from '../routes/params.ts';
import { ReasonText } from '../routes/reason.ts';
import type { FieldsOf } from './fieldsOf.ts';
import { lineOfText } from './freeText.ts';
import { NewValuesSchema } from './repairSchema.ts';

const count = z.number().int();

/** Of an item of the group: what is alike it. */
export const GroupId = UuidText;

export const QuarantineGroupSchema = z
  .object({
    id: z.string().openapi({
      description:
        'Id-en til en av postene: gruppen er det som er likt den, også når posten selv er behandlet.',
    }),
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
  upTo: Moment.optional().openapi({
    description:
      '`newest` for gruppen slik du så den: det som er kommet siden, er ikke med. Uten den gjelder det alle.',
  }),
  reason: ReasonText,
};

/** A code is kept with the job as it is written: a person's number is none. */
export const NewCode = lineOfText(1, 100);

export const GroupActSchema = z
  .discriminatedUnion('act', [
    z.strictObject({ act: z.literal('replay'), ...shared }),
    z.strictObject({ act: z.literal('discard'), ...shared }),
    z.strictObject({
      act: z.literal('mend'),
      value: NewCode.openapi({ description: 'Det som skal stå i feltet i stedet for koden.' }),
      ...shared,
    }),
  ])
  .openapi('QuarantineGroupAct');

export const BulkSchema = z
  .object({
    id: z.string(),
    act: z
      .enum(['replay', 'discard', 'mend', 'release'])
      .openapi({ description: '`release`: alle som ventet i en gruppe, går videre.' }),
    state: z.enum(['running', 'done', 'stopped']),
    trouble: z.enum(['KAFKA_SLOW', 'NOT_PERMITTED']).nullable().openapi({
      description: 'Hva arbeidet stanset av. `NOT_PERMITTED`: den som begynte det, har ikke lenger tilgang.',
    }),
    items: count,
    handled: count.openapi({ description: 'Behandlet så langt, også de som ikke gikk.' }),
    later: count.openapi({ description: 'Kom etter `upTo`, og er ikke med.' }),
    failed: count.openapi({ description: 'Hvor mange som ikke gikk.' }),
    failures: z
      .array(
        z.object({ item: z.string(), code: z.string(), text: z.string() } satisfies FieldsOf<BulkFailure>),
      )
      .openapi({ description: 'En side av dem som ikke gikk. De er fortsatt i karantene, eller venter.' }),
    next: NextPage,
  } satisfies FieldsOf<BulkView>)
  .openapi('QuarantineWork');

export const ItemMendBody = z
  .strictObject({ fields: NewValuesSchema, reason: ReasonText, send: z.boolean().default(false) })
  .openapi('ItemMending');
