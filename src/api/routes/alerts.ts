import { createRoute, z } from '@hono/zod-openapi';
import type { Api } from '../apiEnv.ts';
import type { ApiParts } from '../parts.ts';
import { refusals } from '../problemSchema.ts';
import { AlertSchema, alertView } from '../view/alertView.ts';
import { Limit, OrgParams } from './params.ts';

const RaisedSchema = z
  .object({ ref: z.string(), recorded: z.string(), alert: AlertSchema })
  .openapi('RaisedAlert');

const route = createRoute({
  method: 'get',
  path: '/organisations/{org}/alerts',
  tags: ['alerts'],
  summary: 'De siste varslene, nyeste først',
  request: { params: OrgParams, query: z.object({ limit: Limit }) },
  responses: {
    200: {
      description: 'Varslene',
      content: { 'application/json': { schema: z.object({ alerts: z.array(RaisedSchema) }) } },
    },
    ...refusals({ 400: 'Ugyldig antall', 404: 'Ukjent organisasjon' }),
  },
});

export function alertRoutes(api: Api, parts: Pick<ApiParts, 'reader'>): void {
  api.openapi(route, async (c) => {
    const { limit } = c.req.valid('query');
    const records = await parts.reader.latestAlerts(c.get('organisation').id, limit);
    const alerts = records.flatMap(({ ref, recorded, events }) =>
      events.flatMap((event) =>
        event.type === 'AlertRaised' ? [{ ref, recorded, alert: alertView(event.alert) }] : [],
      ),
    );
    return c.json({ alerts: alerts.slice(0, limit) }, 200);
  });
}
