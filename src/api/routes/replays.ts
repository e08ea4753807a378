import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { parseInstant } from '../../core/time/date.ts';
import {
  addReplay,
  moveReplay,
  replayFailures,
  replayNamed,
  replaysOf,
} from '../../desk/subscriptions/replays.ts';
import type { SubscriptionParts } from '../../desk/subscriptions/subscriptions.ts';
import type { ReplayFilter } from '../../store/relayPort.ts';
import type { Api, ApiEnv } from '../apiEnv.ts';
import { smallBody } from '../body/smallBody.ts';
import type { ApiParts } from '../parts.ts';
import { defineRoute } from '../route.ts';
import { AddedReplaySchema, DeliveriesSchema, FAILURES, ReplaySchema } from '../schema/deliverySchema.ts';
import { refusals } from '../schema/problemSchema.ts';
import { ReceiverUrl } from '../schema/subscriptionSchema.ts';
import { DeliveryId, IdParams, Limit, UuidText } from './params.ts';
import { ReasonText } from './reason.ts';

const AT = '/organisations/{org}/subscriptions/{id}/replays';
const tags = ['subscriptions'];
const params = IdParams.extend({
  replay: UuidText.openapi({ param: { name: 'replay', in: 'path' }, format: 'uuid' }),
});
const answer = <Schema extends z.ZodType>(description: string, schema: Schema) => ({
  description,
  content: { 'application/json': { schema } },
});
const unknown = { 404: 'Ukjent organisasjon, abonnement eller omsending' };

const HALF_RANGE = { anyOf: [{ required: ['from'] }, { required: ['to'] }] };

/** One of three ways to say which. */
const NewReplaySchema = z
  .strictObject({
    ids: z
      .array(z.string().regex(/^msg_[a-z2-7]{26}$/))
      .min(1)
      .max(1_000)
      .optional()
      .openapi({ description: 'webhook-id for hver.' }),
    from: z.iso.datetime({ offset: true }).optional(),
    to: z.iso.datetime({ offset: true }).optional(),
    code: z.enum(FAILURES).optional().openapi({ description: 'Hvordan siste forsøk gikk.' }),
    testUrl: ReceiverUrl.optional().openapi({
      description: 'Send bare hit: for å prøve en mottaker mens abonnementet er av.',
    }),
    reason: ReasonText,
  })
  .refine(({ ids, from, to, code }) => [ids, from ?? to, code].filter(Boolean).length === 1, { path: [] })
  .refine(({ from, to }) => (from === undefined) === (to === undefined), { path: ['to'] })
  .openapi('NewReplay', {
    oneOf: [
      { required: ['ids'], not: HALF_RANGE },
      { required: ['code'], not: HALF_RANGE },
      { required: ['from', 'to'] },
    ],
  });

const add = defineRoute({
  'x-access': 'subscription:act',
  method: 'post',
  path: AT,
  middleware: smallBody,
  tags,
  summary: 'Send på nytt: teller og viser et utvalg først, og venter på start',
  request: { params: IdParams, body: { required: true, ...answer('', NewReplaySchema) } },
  responses: {
    201: answer('Hva som vil bli sendt', AddedReplaySchema),
    ...refusals({
      ...{ 400: 'Ugyldig forespørsel', 413: 'For stort', 415: 'Ikke JSON', ...unknown },
      409: 'Mottakeren er ikke bekreftet',
    }),
  },
});
const list = defineRoute({
  'x-access': 'subscription:read',
  method: 'get',
  path: AT,
  tags,
  summary: 'Omsendingene i abonnementet',
  request: { params: IdParams },
  responses: {
    200: answer('Omsendingene', z.object({ replays: z.array(ReplaySchema) })),
    ...refusals(unknown),
  },
});
const one = defineRoute({
  'x-access': 'subscription:read',
  method: 'get',
  path: `${AT}/{replay}`,
  tags,
  summary: 'En omsending, og hvor langt den er kommet',
  request: { params },
  responses: { 200: answer('Omsendingen', ReplaySchema), ...refusals(unknown) },
});
const failures = defineRoute({
  'x-access': 'subscription:read',
  method: 'get',
  path: `${AT}/{replay}/failures`,
  tags,
  summary: 'Alt i omsendingen som ikke ble tatt imot',
  request: {
    params,
    query: z.object({
      after: DeliveryId.optional().openapi({ description: '`next` fra siden før.' }),
      limit: Limit,
    }),
  },
  responses: {
    200: answer('Leveringene', DeliveriesSchema),
    ...refusals({ 400: 'Ugyldig side', ...unknown }),
  },
});
const moving = {
  'x-access': 'subscription:act' as const,
  ...{ method: 'post' as const, tags, request: { params } },
  responses: {
    200: answer('Omsendingen', ReplaySchema),
    ...refusals({ ...unknown, 409: 'Går ikke nå' }),
  },
};
const start = defineRoute({ ...moving, path: `${AT}/{replay}/start`, summary: 'Begynn, eller fortsett' });
const stop = defineRoute({ ...moving, path: `${AT}/{replay}/stop`, summary: 'Stans; kan fortsettes' });

export function replayRoutes(api: Api, parts: SubscriptionParts & Pick<ApiParts, 'vault'>): void {
  api.openapi(add, async (c) => {
    const { testUrl = null, reason, ...named } = c.req.valid('json');
    const asked = { ...askedOf(c), id: c.req.valid('param').id, filter: filterOf(named), testUrl, reason };
    return c.json(await addReplay(parts, c.get('organisation'), asked), 201);
  });
  api.openapi(list, async (c) => {
    const asked = { ...askedOf(c), id: c.req.valid('param').id };
    return c.json({ replays: await replaysOf(parts, c.get('organisation'), asked) }, 200);
  });
  api.openapi(one, async (c) =>
    c.json(await replayNamed(parts, c.get('organisation'), { ...askedOf(c), ...c.req.valid('param') }), 200),
  );
  api.openapi(failures, async (c) => {
    const { after = null, limit } = c.req.valid('query');
    const asked = { ...askedOf(c), ...c.req.valid('param'), after, limit };
    return c.json(await replayFailures(parts, c.get('organisation'), asked), 200);
  });
  api.openapi(start, async (c) => {
    const asked = { ...askedOf(c), ...c.req.valid('param'), to: 'running' as const };
    return c.json(await moveReplay(parts, c.get('organisation'), asked), 200);
  });
  api.openapi(stop, async (c) => {
    const asked = { ...askedOf(c), ...c.req.valid('param'), to: 'stopped' as const };
    return c.json(await moveReplay(parts, c.get('organisation'), asked), 200);
  });
}

/** Of no youth by a reference that others know. */
function askedOf(c: Context<ApiEnv>) {
  c.get('audit').subjects([]);
  return { principal: c.get('principal') };
}

/** The schema lets exactly one of them through. */
function filterOf({ ids, from, to, code }: Omit<z.output<typeof NewReplaySchema>, 'testUrl' | 'reason'>) {
  const filter: ReplayFilter =
    ids !== undefined
      ? { ids }
      : code !== undefined
        ? { failure: code }
        : { from: parseInstant(from ?? '') ?? '', to: parseInstant(to ?? '') ?? '' };
  return filter;
}
