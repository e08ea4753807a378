import { z } from '@hono/zod-openapi';
import { LIST_STATES } from '../../desk/lists/listText.ts';
import type { ListView } from '../../desk/lists/listView.ts';
import type { FieldsOf } from './fieldsOf.ts';

const count = z.number().int();

export const ListSchema = z
  .object({
    list: z
      .string()
      .openapi({ example: 'laktiv', description: 'ot, laktiv, nav eller private-school:<skolenummer>.' }),
    run: z.string().openapi({
      example: 'vigo-laktiv-40-2026-11-20T01:00:00.000Z',
      description: 'Listens id; ~2, ~3 … bak når avsenderen har brukt id-en for flere lister.',
    }),
    state: z.enum(LIST_STATES).openapi({
      description:
        'incomplete: rader mangler. complete: blir vurdert nå. concluded: brukt. held: holdt tilbake, se reason. superseded: en nyere er brukt. dropped: lagt bort.',
    }),
    reason: z.string().nullable().openapi({ example: 'LIST_SHRUNK' }),
    opened: z.string().openapi({ description: 'Da den første raden kom.' }),
    completed: z.string().nullable(),
    announced: count.nullable().openapi({ description: 'Hvor mange rader listen skal ha.' }),
    seen: count.openapi({ description: 'Rader som er sett, også de som må rettes.' }),
    bad: count.openapi({ description: 'Rader som må rettes. Den som står der, regnes som til stede.' }),
    nameless: count.openapi({ description: 'Av dem: rader der personen ikke kan leses.' }),
    double: count.openapi({ description: 'Rader som gjentar en annen.' }),
    affected: count
      .nullable()
      .openapi({ description: 'Hvor mange som er meldt som borte, eller som grunnen gjelder.' }),
    doubtful: count.openapi({
      description:
        'Hvor mange som mangler uten å være meldt som borte, fordi de kan stå i en rad som ikke kan leses.',
    }),
    surplus: count.openapi({ description: 'Rader som kom under samme id etter at listen var hel.' }),
    acts: z.array(
      z.object({
        act: z.enum(['confirm', 'drop', 'conclude']),
        who: z.string(),
        reason: z.string(),
        recorded: z.string(),
      }),
    ),
    allows: z
      .array(z.enum(['confirm', 'drop', 'conclude']))
      .openapi({ description: 'Hva som kan avgjøres om listen nå: …/confirm, eller …/settle med how.' }),
    text: z.string(),
  } satisfies FieldsOf<ListView>)
  .openapi('List');

export const ListsSchema = z.object({ lists: z.array(ListSchema) });
