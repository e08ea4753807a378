import { z } from '@hono/zod-openapi';
import { FEEDS } from '../../core/youth/statusEvent.ts';
import type { FeedFlow, ListFlow } from '../../desk/standstill/flow.ts';
import type { StandingInWords } from '../../desk/standstill/standingText.ts';
import { LIST_KINDS } from '../../text/names.ts';
import { STANDING_KINDS } from '../../text/standing.ts';
import type { FieldsOf } from './fieldsOf.ts';

const count = z.number().int();
const moment = z.string().nullable();
const list = z.enum(LIST_KINDS);

const FeedFlowSchema = z
  .object({
    feed: z.enum(FEEDS),
    last: moment.openapi({ description: 'Da den siste meldingen som endret noe, kom.' }),
    waiting: count
      .nullable()
      .openapi({ description: 'Meldinger som ikke er behandlet; null når Kafka ikke svarer.' }),
  } satisfies FieldsOf<FeedFlow>)
  .openapi('FeedFlow');

const ListFlowSchema = z
  .object({
    list,
    school: z.string().nullable(),
    completed: moment.openapi({ description: 'Da den siste listen som er brukt, var hel.' }),
    rows: count,
  } satisfies FieldsOf<ListFlow>)
  .openapi('ListFlow');

const StandingSchema = z
  .object({
    kind: z.enum(STANDING_KINDS),
    feed: z.enum(FEEDS).nullable(),
    list: z
      .string()
      .nullable()
      .openapi({ description: 'ot, laktiv, nav eller private-school:<skolenummer>.' }),
    name: z.string().nullable().openapi({ description: 'Mottakerens navn, listens id eller partisjonen.' }),
    count: count.openapi({ description: 'Meldinger, rader, ungdommer eller dager: se what.' }),
    since: moment,
    detail: z.string().nullable(),
    what: z.string(),
    cause: z.string(),
    cure: z.string(),
  } satisfies FieldsOf<StandingInWords>)
  .openapi('Standing');

export const FlowSchema = z
  .object({
    feeds: z.array(FeedFlowSchema),
    lists: z.array(ListFlowSchema),
    standing: z.array(StandingSchema).openapi({ description: 'Det som har stått lengst, først.' }),
  })
  .openapi('Flow');
