import { z } from '@hono/zod-openapi';
import { lookupsOf, seenBy } from '../../desk/audit/seenBy.ts';
import type { Api } from '../apiEnv.ts';
import { deskFor, type ReadingParts } from '../deskFor.ts';
import { defineRoute } from '../route.ts';
import { LookupSchema } from '../schema/identitySchema.ts';
import { refusals } from '../schema/problemSchema.ts';
import { SeenPageSchema } from '../schema/seenSchema.ts';
import { Limit, RefParams, SeqAfter } from './params.ts';

const seen = defineRoute({
  'x-access': 'audit:read',
  method: 'get',
  path: '/organisations/{org}/youths/{ref}/seen-by',
  tags: ['youths'],
  summary: 'Hvem som har sett opplysninger om en ungdom, eller blitt avvist: når, som hva og til hva',
  request: {
    params: RefParams,
    query: z.object({ limit: Limit, after: SeqAfter }),
  },
  responses: {
    200: {
      description: 'Linjene i revisjonssporet, nyeste først',
      content: { 'application/json': { schema: SeenPageSchema } },
    },
    ...refusals({ 400: 'Ugyldig side', 404: 'Ukjent ungdom' }),
  },
});

const lookups = defineRoute({
  'x-access': 'audit:read',
  method: 'get',
  path: '/organisations/{org}/youths/{ref}/identity-lookups',
  tags: ['youths'],
  summary: 'Hvem som har slått opp identiteten til en ungdom, til hva og når',
  request: { params: RefParams },
  responses: {
    200: {
      description: 'Oppslagene, nyeste først',
      content: {
        'application/json': { schema: z.object({ ref: z.string(), lookups: z.array(LookupSchema) }) },
      },
    },
    ...refusals({ 404: 'Ukjent ungdom' }),
  },
});

export function seenByRoutes(api: Api, parts: ReadingParts): void {
  api.openapi(seen, async (c) => {
    const { limit, after = null } = c.req.valid('query');
    const { ref } = c.req.valid('param');
    const page = await seenBy(deskFor(c, parts), c.get('organisation'), { ref, limit, after });
    c.get('audit').subjects([page.ref]);
    return c.json(page, 200);
  });
  api.openapi(lookups, async (c) => {
    const found = await lookupsOf(deskFor(c, parts), c.get('organisation'), c.req.valid('param').ref);
    c.get('audit').subjects([found.ref]);
    return c.json(found, 200);
  });
}
