import { z } from '@hono/zod-openapi';
import { groupNamed } from '../../desk/quarantine/groups.ts';
import { quarantineNamed, quarantinePage } from '../../desk/quarantine/quarantine.ts';
import type { Api } from '../apiEnv.ts';
import { deskFor, type ReadingParts } from '../deskFor.ts';
import type { ApiParts } from '../parts.ts';
import { defineRoute } from '../route.ts';
import { refusals } from '../schema/problemSchema.ts';
import { GroupId } from '../schema/quarantineGroupSchema.ts';
import { QuarantineItemSchema } from '../schema/quarantineSchema.ts';
import { IdParams, Limit, OrgParams, UuidText } from './params.ts';

const list = defineRoute({
  'x-access': 'quarantine:read',
  method: 'get',
  path: '/organisations/{org}/quarantine',
  tags: ['quarantine'],
  summary: 'Meldinger som ikke kunne behandles, med alt som er galt',
  request: {
    params: OrgParams,
    query: z.object({
      status: z.enum(['open', 'replayed', 'discarded']).default('open'),
      after: UuidText.optional().openapi({
        description: 'Fortsett etter denne posten: `next` fra forrige svar.',
      }),
      group: GroupId.optional().openapi({ description: 'Bare postene i gruppen (…/quarantine/groups).' }),
      limit: Limit,
    }),
  },
  responses: {
    200: {
      description: 'Postene',
      content: {
        'application/json': {
          schema: z.object({ items: z.array(QuarantineItemSchema), next: z.string().nullable() }),
        },
      },
    },
    ...refusals({ 400: 'Ugyldig filter', 404: 'Ukjent organisasjon eller gruppe' }),
  },
});

const item = defineRoute({
  'x-access': 'quarantine:read',
  method: 'get',
  path: '/organisations/{org}/quarantine/{id}',
  tags: ['quarantine'],
  summary: 'Én melding i karantene',
  request: { params: IdParams },
  responses: {
    200: { description: 'Posten', content: { 'application/json': { schema: QuarantineItemSchema } } },
    ...refusals({ 404: 'Ukjent post' }),
  },
});

export function quarantineRoutes(api: Api, parts: ReadingParts & Pick<ApiParts, 'vault' | 'adapters'>): void {
  // Whom a record is about that could not be read is not known: it is named by its id.
  api.openapi(list, async (c) => {
    const { masked } = c.get('permission');
    const { group, ...asked } = c.req.valid('query');
    c.get('audit').subjects([]);
    const desk = deskFor(c, parts);
    const organisation = c.get('organisation');
    const alike =
      group === undefined ? undefined : (await groupNamed(desk, organisation, { id: group, masked })).kind;
    return c.json(await quarantinePage(desk, organisation, { ...asked, masked, alike }), 200);
  });
  api.openapi(item, async (c) => {
    const { masked } = c.get('permission');
    const { id } = c.req.valid('param');
    c.get('audit').subjects([]);
    return c.json(await quarantineNamed(deskFor(c, parts), c.get('organisation'), { id, masked }), 200);
  });
}
