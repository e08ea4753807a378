import { z } from '@hono/zod-openapi';
import { parseInstant } from '../../core/time/date.ts';
import { nowOf } from '../../desk/organisationToday.ts';
import { DeskRefusal } from '../../desk/refusal.ts';
import { youthAsKnown } from '../../desk/youths/asKnown.ts';
import type { Api } from '../apiEnv.ts';
import { deskFor, type ReadingParts } from '../deskFor.ts';
import type { ApiParts } from '../parts.ts';
import { defineRoute } from '../route.ts';
import { refusals } from '../schema/problemSchema.ts';
import { KnownSchema } from '../schema/youthSchema.ts';
import { Moment, RefParams } from './params.ts';

const route = defineRoute({
  'x-access': 'youth:read',
  method: 'get',
  path: '/organisations/{org}/youths/{ref}/as-known',
  tags: ['youths'],
  summary: 'Hva som var kjent om en ungdom på et tidspunkt: registreringer, varsler og historikk',
  request: { params: RefParams, query: z.object({ at: Moment }) },
  responses: {
    200: { description: 'Det som var kjent', content: { 'application/json': { schema: KnownSchema } } },
    ...refusals({ 400: 'Ikke et tidspunkt, eller ikke passert ennå', 404: 'Ukjent ungdom' }),
  },
});

export function youthKnownRoutes(api: Api, parts: ReadingParts & Pick<ApiParts, 'policyOf'>): void {
  api.openapi(route, async (c) => {
    const { masked } = c.get('permission');
    const { ref } = c.req.valid('param');
    const organisation = c.get('organisation');
    const now = await nowOf(parts, organisation);
    const at = parseInstant(c.req.valid('query').at);
    if (at === undefined || at > now)
      throw new DeskRefusal('INVALID_REQUEST', 'Tidspunktet er ikke kommet ennå. Velg et som er passert.');
    const known = await youthAsKnown(deskFor(c, parts), organisation, { ref, masked, at });
    c.get('audit').subjects([ref]);
    return c.json({ ref, ...known }, 200);
  });
}
