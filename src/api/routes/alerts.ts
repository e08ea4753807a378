import { z } from '@hono/zod-openapi';
import { parseInstant } from '../../core/time/date.ts';
import { PROGRESS_STATES } from '../../core/worklist/alertProgress.ts';
import { ALERT_STATES } from '../../core/worklist/alertState.ts';
import { readCursor } from '../../desk/alerts/alertPages.ts';
import { alertNamed, alertPage } from '../../desk/alerts/alerts.ts';
import { reportProgress } from '../../desk/alerts/progress.ts';
import { alertAsked, raisedNamedBy } from '../../desk/subscriptions/names.ts';
import type { Api } from '../apiEnv.ts';
import { smallBody } from '../body/smallBody.ts';
import { deskFor, type ReadingParts } from '../deskFor.ts';
import { NextPage, OwnerQuery } from '../pageQuery.ts';
import type { ApiParts } from '../parts.ts';
import { defineRoute } from '../route.ts';
import { RaisedSchema } from '../schema/alertSchema.ts';
import { refusals } from '../schema/problemSchema.ts';
import { Limit, Moment, OrgParams } from './params.ts';

export const AlertParams = OrgParams.extend({
  id: z.string().openapi({
    param: { name: 'id', in: 'path' },
    description: 'Varselets id. Med en id fra et abonnement svares det med abonnentens egne referanser.',
  }),
});

const ProgressBody = z
  .strictObject({
    state: z.enum(PROGRESS_STATES),
    at: Moment.optional().openapi({ description: 'Da det skjedde; nå når det ikke er satt.' }),
  })
  .openapi('AlertProgress');

const list = defineRoute({
  'x-access': 'alert:read',
  method: 'get',
  path: '/organisations/{org}/alerts',
  tags: ['alerts'],
  summary: 'Varslene, nyeste først, slik de er nå',
  request: {
    params: OrgParams,
    query: z.object({
      limit: Limit,
      state: z.enum(ALERT_STATES).optional().openapi({ description: 'Bare varsler som står slik nå.' }),
      owner: OwnerQuery,
      after: z
        .string()
        .refine((text) => readCursor(text) !== undefined)
        .optional()
        .openapi({ description: '`next` fra siden før. Nye varsler forskyver ingenting.' }),
    }),
  },
  responses: {
    200: {
      description: 'Varslene',
      content: {
        'application/json': { schema: z.object({ alerts: z.array(RaisedSchema), next: NextPage }) },
      },
    },
    ...refusals({ 400: 'Ugyldig antall, tilstand eller side', 404: 'Ukjent organisasjon' }),
  },
});

const one = defineRoute({
  'x-access': 'alert:read',
  method: 'get',
  path: '/organisations/{org}/alerts/{id}',
  tags: ['alerts'],
  summary: 'Et varsel, slik det er nå',
  request: {
    params: AlertParams,
  },
  responses: {
    200: { description: 'Varselet', content: { 'application/json': { schema: RaisedSchema } } },
    ...refusals({ 404: 'Ukjent varsel' }),
  },
});

const progress = defineRoute({
  'x-access': 'alert:progress',
  method: 'post',
  path: '/organisations/{org}/alerts/{id}/progress',
  middleware: smallBody,
  tags: ['alerts'],
  summary: 'Meld at et varsel er åpnet eller behandlet der det ble mottatt; det første av hvert gjelder',
  request: {
    params: AlertParams,
    body: { required: true, content: { 'application/json': { schema: ProgressBody } } },
  },
  responses: {
    200: {
      description: 'Varselet, slik det er nå',
      content: { 'application/json': { schema: RaisedSchema } },
    },
    ...refusals({
      400: 'Ugyldig forespørsel',
      404: 'Ukjent varsel',
      413: 'For stort',
      415: 'Ikke JSON',
    }),
  },
});

export function alertRoutes(
  api: Api,
  parts: ReadingParts & Pick<ApiParts, 'policyOf' | 'vault' | 'newId'>,
): void {
  api.openapi(list, async (c) => {
    const { masked } = c.get('permission');
    const asked = { ...c.req.valid('query'), masked };
    const page = await alertPage(deskFor(c, parts), c.get('organisation'), asked);
    c.get('audit').subjects(page.alerts.map(({ ref }) => ref));
    return c.json(page, 200);
  });
  api.openapi(progress, async (c) => {
    const { masked } = c.get('permission');
    const organisation = c.get('organisation');
    const asked = alertAsked(parts, organisation, c.get('principal'), c.req.valid('param').id);
    const { state, at } = c.req.valid('json');
    const reported = { asked, masked, state, at: at === undefined ? undefined : parseInstant(at) };
    const raised = await reportProgress(deskFor(c, parts), organisation, reported);
    c.get('audit').subjects([raised.ref]);
    c.get('audit').item(`id:${raised.alert.id} ${state}`);
    return c.json(asked === undefined ? raised : raisedNamedBy(asked.names, raised), 200);
  });
  api.openapi(one, async (c) => {
    const { masked } = c.get('permission');
    const { id } = c.req.valid('param');
    const organisation = c.get('organisation');
    const asked = alertAsked(parts, organisation, c.get('principal'), id);
    const raised = await alertNamed(deskFor(c, parts), organisation, { asked, masked });
    c.get('audit').subjects([raised.ref]);
    // As all others know it, whatever it was asked for by.
    c.get('audit').item(`id:${raised.alert.id}`);
    return c.json(asked === undefined ? raised : raisedNamedBy(asked.names, raised), 200);
  });
}
