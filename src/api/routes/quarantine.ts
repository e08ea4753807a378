import { createRoute, z } from '@hono/zod-openapi';
import { quarantineView } from '../../desk/quarantine/quarantineView.ts';
import type { Reader } from '../../store/readerPort.ts';
import type { Api } from '../apiEnv.ts';
import { HttpProblem } from '../httpProblem.ts';
import type { ApiParts } from '../parts.ts';
import { refusals } from '../schema/problemSchema.ts';
import { QuarantineItemSchema } from '../schema/quarantineSchema.ts';
import { IdParams, Limit, OrgParams, UuidText } from './params.ts';

const list = createRoute({
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
    ...refusals({ 400: 'Ugyldig filter', 404: 'Ukjent organisasjon' }),
  },
});

const item = createRoute({
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

export function quarantineRoutes(api: Api, parts: Pick<ApiParts, 'reader'>): void {
  api.openapi(list, async (c) => {
    const { status, after, limit } = c.req.valid('query');
    const items = await parts.reader.quarantine(c.get('organisation').id, {
      status,
      limit,
      after: after ?? null,
    });
    const next = items.length === limit ? (items.at(-1)?.id ?? null) : null;
    return c.json({ items: items.map(quarantineView), next }, 200);
  });
  api.openapi(item, async (c) => {
    const found = await quarantined(parts.reader, c.get('organisation').id, c.req.valid('param').id);
    return c.json(quarantineView(found), 200);
  });
}

/** @throws HttpProblem UNKNOWN_ITEM */
export async function quarantined(reader: Reader, org: string, id: string) {
  const found = await reader.quarantineItem(org, id);
  if (found) return found;
  throw new HttpProblem('UNKNOWN_ITEM', 'Posten finnes ikke i karantenen til denne organisasjonen.');
}
