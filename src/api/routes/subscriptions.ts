import { z } from '@hono/zod-openapi';
import {
  addSubscription,
  changeSubscription,
  closeSubscription,
  type SubscriptionParts,
  subscriptionDetails,
  subscriptionsOf,
} from '../../desk/subscriptions/subscriptions.ts';
import type { Api } from '../apiEnv.ts';
import { smallBody } from '../body/smallBody.ts';
import { defineRoute } from '../route.ts';
import { refusals } from '../schema/problemSchema.ts';
import {
  AddedSchema,
  NewSubscriptionSchema,
  SubscriptionChangeSchema,
  SubscriptionDetailsSchema,
  SubscriptionSchema,
} from '../schema/subscriptionSchema.ts';
import { IdParams, OrgParams } from './params.ts';

const tags = ['subscriptions'];
const unknown = { 404: 'Ukjent organisasjon eller abonnement' };
const ofBody = { 400: 'Ugyldig forespørsel', 413: 'For stort', 415: 'Ikke JSON' };

const add = defineRoute({
  'x-access': 'subscription:act',
  method: 'post',
  path: '/organisations/{org}/subscriptions',
  middleware: smallBody,
  tags,
  summary: 'Abonner på endringer: de sendes som signerte kall når mottakeren er bekreftet',
  request: {
    params: OrgParams,
    body: { required: true, content: { 'application/json': { schema: NewSubscriptionSchema } } },
  },
  responses: {
    201: {
      description: 'Abonnementet, med nøkkelen som vises denne ene gangen',
      content: { 'application/json': { schema: AddedSchema } },
    },
    ...refusals({ ...ofBody, ...unknown, 409: 'For mange abonnementer' }),
  },
});

const list = defineRoute({
  'x-access': 'subscription:read',
  method: 'get',
  path: '/organisations/{org}/subscriptions',
  tags,
  summary: 'Abonnementene: et systems egne, eller alle for den som styrer dem i fylket',
  request: { params: OrgParams },
  responses: {
    200: {
      description: 'Abonnementene',
      content: { 'application/json': { schema: z.object({ subscriptions: z.array(SubscriptionSchema) }) } },
    },
    ...refusals({ 404: 'Ukjent organisasjon' }),
  },
});

const one = defineRoute({
  'x-access': 'subscription:read',
  method: 'get',
  path: '/organisations/{org}/subscriptions/{id}',
  tags,
  summary: 'Et abonnement: hvordan det går, hva som ikke er sendt, og nøklene som signerer',
  request: { params: IdParams },
  responses: {
    200: {
      description: 'Abonnementet',
      content: { 'application/json': { schema: SubscriptionDetailsSchema } },
    },
    ...refusals(unknown),
  },
});

const change = defineRoute({
  'x-access': 'subscription:act',
  method: 'patch',
  path: '/organisations/{org}/subscriptions/{id}',
  middleware: smallBody,
  tags,
  summary: 'Endre navn, hva det kalles om, OT-enheter eller adresse; ny adresse må en annen også be om',
  request: {
    params: IdParams,
    body: { required: true, content: { 'application/json': { schema: SubscriptionChangeSchema } } },
  },
  responses: {
    200: {
      description: 'Abonnementet etter endringen',
      content: { 'application/json': { schema: SubscriptionSchema } },
    },
    ...refusals({
      ...ofBody,
      ...unknown,
      409: 'En annen må be om det samme, eller mottakeren er ikke bekreftet',
    }),
  },
});

const close = defineRoute({
  'x-access': 'subscription:act',
  method: 'delete',
  path: '/organisations/{org}/subscriptions/{id}',
  tags,
  summary: 'Avslutt abonnementet: ingenting mer sendes, og det som er sendt, vises i 90 dager i revisjonen',
  request: { params: IdParams },
  responses: { 204: { description: 'Avsluttet' }, ...refusals(unknown) },
});

export function subscriptionRoutes(api: Api, parts: SubscriptionParts): void {
  api.openapi(add, async (c) => {
    const { name = null, orgnr = null, ...wanted } = c.req.valid('json');
    const asked = { ...wanted, name, orgnr };
    const added = await addSubscription(parts, c.get('organisation'), c.get('principal'), asked);
    c.get('audit').subjects([]);
    c.get('audit').item(`subscription:${added.subscription.id}`);
    return c.json(added, 201);
  });
  api.openapi(list, async (c) => {
    const subscriptions = await subscriptionsOf(parts, c.get('organisation'), c.get('principal'));
    c.get('audit').subjects([]);
    return c.json({ subscriptions }, 200);
  });
  api.openapi(one, async (c) => {
    const { id } = c.req.valid('param');
    const shown = await subscriptionDetails(parts, c.get('organisation'), c.get('principal'), id);
    c.get('audit').subjects([]);
    return c.json(shown, 200);
  });
  api.openapi(change, async (c) => {
    const asked = { ...c.req.valid('json'), ...c.req.valid('param') };
    const changed = await changeSubscription(parts, c.get('organisation'), c.get('principal'), asked);
    c.get('audit').subjects([]);
    return c.json(changed, 200);
  });
  api.openapi(close, async (c) => {
    await closeSubscription(parts, c.get('organisation'), c.get('principal'), c.req.valid('param').id);
    c.get('audit').subjects([]);
    return c.body(null, 204);
  });
}
