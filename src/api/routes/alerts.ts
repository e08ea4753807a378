import { createRoute, z } from '@hono/zod-openapi';
import { partsOfAlertId } from '../../core/messages/alertId.ts';
import { ALERT_STATES } from '../../core/worklist/alertState.ts';
import { alertsAfter, cursorAt, readCursor } from '../../desk/alerts/alertPages.ts';
import { lastToldAlert } from '../../desk/alerts/raisedView.ts';
import { todayOf } from '../../desk/organisationToday.ts';
import type { Api } from '../apiEnv.ts';
import { HttpProblem } from '../httpProblem.ts';
import { NextPage, OwnerQuery } from '../pageQuery.ts';
import type { ApiParts } from '../parts.ts';
import { RaisedSchema } from '../schema/alertSchema.ts';
import { refusals } from '../schema/problemSchema.ts';
import { Limit, OrgParams } from './params.ts';

const list = createRoute({
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

const one = createRoute({
  method: 'get',
  path: '/organisations/{org}/alerts/{id}',
  tags: ['alerts'],
  summary: 'Et varsel, slik det er nå',
  request: {
    params: OrgParams.extend({ id: z.string().openapi({ param: { name: 'id', in: 'path' } }) }),
  },
  responses: {
    200: { description: 'Varselet', content: { 'application/json': { schema: RaisedSchema } } },
    ...refusals({ 404: 'Ukjent varsel' }),
  },
});

export function alertRoutes(api: Api, parts: Pick<ApiParts, 'reader' | 'policyOf' | 'desk' | 'now'>): void {
  api.openapi(list, async (c) => {
    const { limit, state, owner, after } = c.req.valid('query');
    const organisation = c.get('organisation');
    const today = await todayOf(parts, organisation);
    const alerts = [];
    for await (const told of alertsAfter(parts, organisation.id, { after: readCursor(after), today })) {
      const { alert } = told.shown;
      if (state !== undefined && alert.state !== state) continue;
      if (owner !== undefined && alert.owner !== owner) continue;
      alerts.push(told);
      if (alerts.length > limit) break;
    }
    const page = alerts.slice(0, limit);
    const last = page.at(-1);
    const next = alerts.length > limit && last !== undefined ? cursorAt(last) : null;
    return c.json({ alerts: page.map(({ shown }) => shown), next }, 200);
  });
  api.openapi(one, async (c) => {
    const asked = partsOfAlertId(c.req.valid('param').id);
    const organisation = c.get('organisation');
    const today = await todayOf(parts, organisation);
    const told =
      asked === undefined ? undefined : await lastToldAlert(parts, organisation.id, { ...asked, today });
    if (told === undefined) {
      throw new HttpProblem(
        'UNKNOWN_ALERT',
        'Det finnes ikke noe slikt varsel her. Navnet står som id i /organisations/{org}/alerts og som alertId i emnet alert.',
      );
    }
    return c.json(told, 200);
  });
}
