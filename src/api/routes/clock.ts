import { z } from '@hono/zod-openapi';
import { parseInstant } from '../../core/time/date.ts';
import { moveVirtualClock } from '../../desk/clock.ts';
import type { Api } from '../apiEnv.ts';
import { smallBody } from '../body/smallBody.ts';
import type { ApiParts } from '../parts.ts';
import { defineRoute } from '../route.ts';
import { refusals } from '../schema/problemSchema.ts';
import { Moment, OrgParams } from './params.ts';

const ClockBody = z
  .strictObject({
    now: Moment.openapi({ description: 'Øyeblikk med Z eller tidssone.', example: '2021-02-15T08:00:00Z' }),
  })
  .openapi('MoveClock');

const route = defineRoute({
  'x-access': 'clock:act',
  method: 'post',
  path: '/organisations/{org}/clock',
  tags: ['clock'],
  summary: 'Still en virtuell klokke fram; det som forfaller på veien, skjer',
  middleware: smallBody,
  request: {
    params: OrgParams,
    body: { required: true, content: { 'application/json': { schema: ClockBody } } },
  },
  responses: {
    200: {
      description: 'Hvor klokken står',
      content: { 'application/json': { schema: z.object({ now: z.string() }).openapi('Clock') } },
    },
    ...refusals({
      400: 'Ugyldig tidspunkt',
      404: 'Ukjent organisasjon',
      409: 'Virkelig tid, eller tilbake i tid',
      413: 'For stort',
      415: 'Ikke JSON',
    }),
  },
});

export function clockRoutes(api: Api, parts: Pick<ApiParts, 'operations' | 'moveClock' | 'log'>): void {
  api.openapi(route, async (c) => {
    const wanted = parseInstant(c.req.valid('json').now) ?? '';
    const now = await moveVirtualClock(parts, c.get('organisation'), wanted);
    c.get('audit').subjects([]);
    return c.json({ now }, 200);
  });
}
