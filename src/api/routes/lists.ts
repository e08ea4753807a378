import { z } from '@hono/zod-openapi';
import { listNamed, listsOf } from '../../desk/lists/lists.ts';
import type { Api } from '../apiEnv.ts';
import { deskFor, type ReadingParts } from '../deskFor.ts';
import { defineRoute } from '../route.ts';
import { ListSchema, ListsSchema } from '../schema/listSchema.ts';
import { refusals } from '../schema/problemSchema.ts';
import { Limit, OrgParams } from './params.ts';

/** Letters of an organisation's name, in both ways of writing them: too wide for a pattern that others can work with. */
const RUN = /^[\p{L}\p{N}:._+~-]{1,90}$/u;

const name = z.string().regex(/^(laktiv|ot|nav|private-school:\d{5})$/);

export const ListParams = OrgParams.extend({
  list: name.openapi({ param: { name: 'list', in: 'path' }, example: 'laktiv' }),
  run: z
    .string()
    .refine((text) => RUN.test(text))
    .openapi({ param: { name: 'run', in: 'path' }, example: 'vigo-laktiv-40-2026-11-20T01:00:00.000Z' }),
});

const index = defineRoute({
  'x-access': 'list:read',
  method: 'get',
  path: '/organisations/{org}/lists',
  tags: ['lists'],
  summary: 'Lister som er kommet, de nyeste først, med hva som er blitt av dem',
  request: { params: OrgParams, query: z.object({ list: name.optional(), limit: Limit }) },
  responses: {
    200: { description: 'Listene', content: { 'application/json': { schema: ListsSchema } } },
    ...refusals({ 400: 'Ugyldig filter', 404: 'Ukjent organisasjon' }),
  },
});

const one = defineRoute({
  'x-access': 'list:read',
  method: 'get',
  path: '/organisations/{org}/lists/{list}/{run}',
  tags: ['lists'],
  summary: 'Én liste: hva som er sett, hva som mangler, og hvorfor den er holdt tilbake',
  request: { params: ListParams },
  responses: {
    200: { description: 'Listen', content: { 'application/json': { schema: ListSchema } } },
    ...refusals({ 404: 'Ukjent liste' }),
  },
});

export function listRoutes(api: Api, parts: ReadingParts): void {
  api.openapi(index, async (c) => {
    const { list = null, limit } = c.req.valid('query');
    c.get('audit').subjects([]);
    return c.json({ lists: await listsOf(deskFor(c, parts), c.get('organisation'), { list, limit }) }, 200);
  });
  api.openapi(one, async (c) => {
    c.get('audit').subjects([]);
    return c.json(await listNamed(deskFor(c, parts), c.get('organisation'), c.req.valid('param')), 200);
  });
}
