import { z } from '@hono/zod-openapi';
import { worklistIndex, worklistPage, worklistParts } from '../../desk/worklists/worklists.ts';
import type { Api } from '../apiEnv.ts';
import { deskFor, type ReadingParts } from '../deskFor.ts';
import { oneOfFew } from '../limits/oneOfFew.ts';
import { worklistFile } from '../listFile.ts';
import { OwnerQuery, PageQuery } from '../pageQuery.ts';
import type { ApiParts } from '../parts.ts';
import { defineRoute } from '../route.ts';
import { refusals } from '../schema/problemSchema.ts';
import { WorklistIndexSchema, WorklistSchema } from '../schema/worklistSchema.ts';
import { wantsCsv } from '../spreadsheet.ts';
import { DateText, OrgParams } from './params.ts';

const index = defineRoute({
  'x-access': 'worklist:read',
  method: 'get',
  path: '/organisations/{org}/worklists',
  tags: ['worklists'],
  summary: 'Arbeidslistene som finnes',
  request: { params: OrgParams },
  responses: {
    200: { description: 'Listene', content: { 'application/json': { schema: WorklistIndexSchema } } },
    ...refusals({ 404: 'Ukjent organisasjon' }),
  },
});

const worklist = defineRoute({
  'x-access': 'worklist:read',
  method: 'get',
  path: '/organisations/{org}/worklists/{id}',
  middleware: oneOfFew,
  tags: ['worklists'],
  summary: 'En arbeidsliste: referanse, ansvar, hvorfor, frist; aldri noe om personen',
  request: {
    params: OrgParams.extend({
      id: z.string().openapi({
        param: { name: 'id', in: 'path' },
        description: 'Listens id, eller posten i årshjulet (W01–W33).',
        example: 'no-contact',
      }),
    }),
    query: z.object({
      date: DateText.optional().openapi({
        description: 'Dagen listen lages for; i dag når den ikke er satt.',
      }),
      owner: OwnerQuery,
      ...PageQuery,
    }),
  },
  responses: {
    200: {
      description: 'Listen, det som haster først',
      content: { 'application/json': { schema: WorklistSchema }, 'text/csv': { schema: z.string() } },
    },
    ...refusals({ 400: 'Ikke en dato', 404: 'Ukjent organisasjon eller liste' }),
  },
});

const FILE = { access: 'worklist:read', operation: 'GET /organisations/{org}/worklists/{id}' } as const;

export function worklistRoutes(api: Api, parts: ReadingParts & Pick<ApiParts, 'policyOf' | 'work'>): void {
  api.openapi(index, (c) => {
    c.get('audit').subjects([]);
    return c.json({ lists: worklistIndex() }, 200);
  });
  api.openapi(worklist, async (c) => {
    const organisation = c.get('organisation');
    const { date, owner, ...page } = c.req.valid('query');
    const { protectedYouths } = c.get('permission');
    const asked = { name: c.req.valid('param').id, date, owner, protectedYouths };
    const reading = deskFor(c, parts);
    if (wantsCsv(c)) return worklistFile(c, FILE, worklistParts(reading, organisation, asked));
    const order = 'urgency' as const;
    const { view } = await worklistPage(reading, organisation, { ...asked, order, page });
    c.get('audit').subjects(view.rows.map(({ ref }) => ref));
    return c.json(view, 200);
  });
}
