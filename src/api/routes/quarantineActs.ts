import { z } from '@hono/zod-openapi';
import { mendItem } from '../../desk/quarantine/itemMending.ts';
import { discard, replay } from '../../desk/quarantine/quarantine.ts';
import type { Api } from '../apiEnv.ts';
import { smallBody } from '../body/smallBody.ts';
import { deskFor } from '../deskFor.ts';
import type { ApiParts } from '../parts.ts';
import { defineRoute } from '../route.ts';
import { refusals } from '../schema/problemSchema.ts';
import { ItemMendBody } from '../schema/quarantineGroupSchema.ts';
import { MendedSchema } from '../schema/repairSchema.ts';
import { IdParams } from './params.ts';
import { ReasonBody } from './reason.ts';

const SettledSchema = z
  .object({ id: z.string(), status: z.enum(['replayed', 'discarded']) })
  .openapi('Settled');

const act = {
  method: 'post' as const,
  tags: ['quarantine'],
  middleware: smallBody,
  request: {
    params: IdParams,
    body: { required: true, content: { 'application/json': { schema: ReasonBody } } },
  },
  responses: {
    200: { description: 'Behandlet', content: { 'application/json': { schema: SettledSchema } } },
    ...refusals({
      400: 'Ugyldig begrunnelse',
      404: 'Ukjent post',
      409: 'Alt behandlet',
      413: 'For stort',
      415: 'Ikke JSON',
      503: 'Kafka bekrefter ikke',
    }),
  },
};

const replayRoute = defineRoute({
  'x-access': 'quarantine:act',
  ...act,
  path: '/organisations/{org}/quarantine/{id}/replay',
  summary: 'Send meldingen på nytt til sitt emne; den avgjøres forfra',
});

const discardRoute = defineRoute({
  'x-access': 'quarantine:act',
  ...act,
  path: '/organisations/{org}/quarantine/{id}/discard',
  summary: 'Legg meldingen bort uten virkning',
});

const mendRoute = defineRoute({
  'x-access': 'quarantine:act',
  ...act,
  path: '/organisations/{org}/quarantine/{id}/mend',
  summary: 'Rett det som er galt i meldingen, og send den på nytt',
  description:
    'Bare felt som det er noe galt med. Meldingen prøves først; er noe fortsatt galt, sendes ingenting. Uten `send` er det en prøve.',
  request: {
    params: IdParams,
    body: { required: true, content: { 'application/json': { schema: ItemMendBody } } },
  },
  responses: {
    ...act.responses,
    200: { description: 'Hva den fører til', content: { 'application/json': { schema: MendedSchema } } },
  },
});

export function quarantineActRoutes(api: Api, parts: ApiParts): void {
  api.openapi(replayRoute, async (c) => {
    const { id } = c.req.valid('param');
    const { reason } = c.req.valid('json');
    const status = await replay(deskFor(c, parts), c.get('organisation'), { id, reason });
    c.get('audit').subjects([]);
    return c.json({ id, status }, 200);
  });
  api.openapi(discardRoute, async (c) => {
    const { id } = c.req.valid('param');
    const { reason } = c.req.valid('json');
    const status = await discard(deskFor(c, parts), c.get('organisation'), { id, reason });
    c.get('audit').subjects([]);
    return c.json({ id, status }, 200);
  });
  api.openapi(mendRoute, async (c) => {
    const { id } = c.req.valid('param');
    const { fields: values, reason, send } = c.req.valid('json');
    const free = await c.get('slots').take();
    const { mended, met } = await mendItem(deskFor(c, parts), c.get('organisation'), {
      ...{ id, values, send: send ? { reason } : null },
    }).finally(free);
    c.get('audit').subjects(met);
    return c.json(mended, 200);
  });
}
