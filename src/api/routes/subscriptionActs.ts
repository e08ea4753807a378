import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import {
  enableSubscription,
  pauseSubscription,
  rotateSubscription,
  testSubscription,
  verifySubscription,
} from '../../desk/subscriptions/acts.ts';
import type { SubscriptionParts } from '../../desk/subscriptions/subscriptions.ts';
import type { Api, ApiEnv } from '../apiEnv.ts';
import { smallBody } from '../body/smallBody.ts';
import { defineRoute } from '../route.ts';
import { refusals } from '../schema/problemSchema.ts';
import {
  AnsweredSchema,
  BacklogSchema,
  RotatedSchema,
  SubscriptionSchema,
} from '../schema/subscriptionSchema.ts';
import { IdParams } from './params.ts';
import { ReasonText } from './reason.ts';

const AT = '/organisations/{org}/subscriptions/{id}';
const act = {
  'x-access': 'subscription:act' as const,
  method: 'post' as const,
  tags: ['subscriptions'],
};
const refused = { 404: 'Ukjent organisasjon eller abonnement', 409: 'Går ikke slik abonnementet er nå' };
const ofBody = { 400: 'Ugyldig forespørsel', 413: 'For stort', 415: 'Ikke JSON' };
const answer = <Schema extends z.ZodType>(description: string, schema: Schema) => ({
  description,
  content: { 'application/json': { schema } },
});

const verify = defineRoute({
  ...act,
  path: `${AT}/verify`,
  summary: 'Bekreft at mottakeren er abonnentens egen; etter det begynner kallene',
  request: { params: IdParams },
  responses: { 200: answer('Bekreftet', AnsweredSchema), ...refusals(refused) },
});
const test = defineRoute({
  ...act,
  path: `${AT}/test`,
  summary: 'Send ett signert kall som ikke gjelder noen',
  request: { params: IdParams },
  responses: { 200: answer('Hva mottakeren svarte', AnsweredSchema), ...refusals(refused) },
});
const pause = defineRoute({
  ...act,
  path: `${AT}/pause`,
  summary: 'Sett på pause: ingenting sendes, og ingenting går tapt',
  request: { params: IdParams },
  responses: { 200: answer('Satt på pause', SubscriptionSchema), ...refusals(refused) },
});
const enable = defineRoute({
  ...act,
  path: `${AT}/enable`,
  middleware: smallBody,
  summary: 'Slå på igjen: send alt som ikke er sendt, bare det siste om hver ungdom, eller begynn nå',
  request: {
    params: IdParams,
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z
            .strictObject({
              from: z.enum(['all', 'latest', 'now']),
              reason: ReasonText.optional().openapi({ description: 'Må oppgis når noe hoppes over.' }),
            })
            .openapi('EnableSubscription', {
              anyOf: [{ required: ['reason'] }, { properties: { from: { const: 'all' } } }],
            }),
        },
      },
    },
  },
  responses: {
    200: answer(
      'Slått på, og hva som ikke var sendt',
      z.object({ subscription: SubscriptionSchema, backlog: BacklogSchema }),
    ),
    ...refusals({ ...ofBody, ...refused }),
  },
});
const rotate = defineRoute({
  ...act,
  path: `${AT}/rotate`,
  middleware: smallBody,
  summary: 'Nye nøkler, som signerer sammen med de forrige til overlappen er slutt',
  request: {
    params: IdParams,
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z
            .strictObject({
              overlapHours: z.number().int().min(24).max(720).default(24).openapi({
                description: 'Hvor lenge de forrige nøklene signerer også. Minst et døgn.',
              }),
            })
            .openapi('RotateKeys'),
        },
      },
    },
  },
  responses: { 200: answer('De nye nøklene', RotatedSchema), ...refusals({ ...ofBody, ...refused }) },
});

export function subscriptionActRoutes(api: Api, parts: SubscriptionParts): void {
  api.openapi(verify, async (c) => {
    const done = await verifySubscription(parts, c.get('organisation'), asked(c, c.req.valid('param').id));
    return c.json(done, 200);
  });
  api.openapi(test, async (c) => {
    const done = await testSubscription(parts, c.get('organisation'), asked(c, c.req.valid('param').id));
    return c.json(done, 200);
  });
  api.openapi(pause, async (c) => {
    const done = await pauseSubscription(parts, c.get('organisation'), asked(c, c.req.valid('param').id));
    return c.json(done, 200);
  });
  api.openapi(enable, async (c) => {
    const { from, reason = null } = c.req.valid('json');
    const wanted = { ...asked(c, c.req.valid('param').id), from, reason };
    return c.json(await enableSubscription(parts, c.get('organisation'), wanted), 200);
  });
  api.openapi(rotate, async (c) => {
    const wanted = { ...asked(c, c.req.valid('param').id), ...c.req.valid('json') };
    return c.json(await rotateSubscription(parts, c.get('organisation'), wanted), 200);
  });
}

/** Of no youth: an act on a subscription. */
function asked(c: Context<ApiEnv>, id: string) {
  c.get('audit').subjects([]);
  return { principal: c.get('principal'), id };
}
