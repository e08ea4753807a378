import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { NavParts } from '../../desk/nav/agreements.ts';
import { disclosuresIn, disclosuresOf } from '../../desk/nav/disclosures.ts';
import type { Api, ApiEnv } from '../apiEnv.ts';
import { deskFor } from '../deskFor.ts';
import type { ApiParts } from '../parts.ts';
import { defineRoute } from '../route.ts';
import { DisclosuresSchema, YouthDisclosuresSchema } from '../schema/disclosureSchema.ts';
import { refusals } from '../schema/problemSchema.ts';
import { BatchText, Limit, OrgParams, RefParams, SeqAfter } from './params.ts';

const PageQuery = z.object({ limit: Limit, after: SeqAfter });

const ofYouth = defineRoute({
  'x-access': 'audit:read',
  method: 'get',
  path: '/organisations/{org}/youths/{ref}/disclosures',
  tags: ['youths'],
  summary: 'Hva NAV har fått vite om en ungdom: når, i hvilken liste, med hvilket grunnlag og samtykke',
  request: { params: RefParams, query: PageQuery },
  responses: {
    200: {
      description: 'Utleveringene, nyeste først',
      content: { 'application/json': { schema: YouthDisclosuresSchema } },
    },
    ...refusals({ 400: 'Ugyldig side', 404: 'Ukjent ungdom' }),
  },
});

const ofLists = defineRoute({
  'x-access': 'audit:read',
  method: 'get',
  path: '/organisations/{org}/nav/disclosures',
  tags: ['nav'],
  summary: 'Hvem NAV har fått vite om, i én liste eller alle; bare ungdommer den som spør, kan se',
  request: { params: OrgParams, query: PageQuery.extend({ batch: BatchText.optional() }) },
  responses: {
    200: {
      description: 'Utleveringene, nyeste først. En side kan ha færre linjer enn det ble spurt om',
      content: { 'application/json': { schema: DisclosuresSchema } },
    },
    ...refusals({ 400: 'Ugyldig side', 404: 'Ukjent organisasjon' }),
  },
});

/** What NAV was given of youths: shown as «who has seen» is, to those who are shown that. */
export function disclosureRoutes(api: Api, parts: ApiParts): void {
  const desk = (c: Context<ApiEnv>): NavParts => ({
    ...deskFor(c, parts),
    nav: parts.navAs(c.get('permission')),
  });
  api.openapi(ofYouth, async (c) => {
    const { limit, after = null } = c.req.valid('query');
    const { ref } = c.req.valid('param');
    const found = await disclosuresOf(desk(c), c.get('organisation'), { ref, limit, after });
    c.get('audit').subjects([found.ref]);
    return c.json(found, 200);
  });
  api.openapi(ofLists, async (c) => {
    const { limit, after = null, batch = null } = c.req.valid('query');
    const found = await disclosuresIn(desk(c), c.get('organisation'), { batch, limit, after });
    c.get('audit').subjects(found.disclosures.map(({ ref }) => ref));
    return c.json(found, 200);
  });
}
