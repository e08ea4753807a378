import { z } from '@hono/zod-openapi';
import { deliveriesOf, deliveryNamed } from '../../desk/subscriptions/deliveries.ts';
import { DELIVERY_STATES } from '../../store/relayPort.ts';
import type { Api } from '../apiEnv.ts';
import type { ApiParts } from '../parts.ts';
import { defineRoute } from '../route.ts';
import { DeliveriesSchema, DeliveryDetailsSchema } from '../schema/deliverySchema.ts';
import { refusals } from '../schema/problemSchema.ts';
import { DeliveryId, IdParams, Limit } from './params.ts';

const list = defineRoute({
  'x-access': 'subscription:read',
  method: 'get',
  path: '/organisations/{org}/subscriptions/{id}/deliveries',
  tags: ['subscriptions'],
  summary: 'Kallene som er sendt, venter eller ikke kunne sendes, eldst først; de som er ferdige, i 90 dager',
  request: {
    params: IdParams,
    query: z.object({
      state: z.enum(DELIVERY_STATES).optional(),
      after: DeliveryId.optional().openapi({ description: '`next` fra siden før.' }),
      limit: Limit,
    }),
  },
  responses: {
    200: { description: 'Leveringene', content: { 'application/json': { schema: DeliveriesSchema } } },
    ...refusals({ 400: 'Ugyldig tilstand eller side', 404: 'Ukjent organisasjon eller abonnement' }),
  },
});

const one = defineRoute({
  'x-access': 'subscription:read',
  method: 'get',
  path: '/organisations/{org}/subscriptions/{id}/deliveries/{delivery}',
  tags: ['subscriptions'],
  summary: 'Et kall, med alle forsøkene: når, hvor lenge og hvilken kode; aldri hva mottakeren svarte',
  request: {
    params: IdParams.extend({ delivery: DeliveryId.openapi({ param: { name: 'delivery', in: 'path' } }) }),
  },
  responses: {
    200: { description: 'Leveringen', content: { 'application/json': { schema: DeliveryDetailsSchema } } },
    ...refusals({ 404: 'Ukjent organisasjon, abonnement eller levering' }),
  },
});

export function deliveryRoutes(api: Api, parts: Pick<ApiParts, 'subscriptions' | 'vault'>): void {
  api.openapi(list, async (c) => {
    const { state = null, after = null, limit } = c.req.valid('query');
    const asked = { principal: c.get('principal'), id: c.req.valid('param').id, state, after, limit };
    const page = await deliveriesOf(parts, c.get('organisation'), asked);
    // References of the subscriber's own alone.
    c.get('audit').subjects([]);
    return c.json(page, 200);
  });
  api.openapi(one, async (c) => {
    const asked = { principal: c.get('principal'), ...c.req.valid('param') };
    const shown = await deliveryNamed(parts, c.get('organisation'), asked);
    c.get('audit').subjects([]);
    return c.json(shown, 200);
  });
}
