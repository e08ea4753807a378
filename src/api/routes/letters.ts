import { z } from '@hono/zod-openapi';
import { LETTER_IDS } from '../../core/letters/letterId.ts';
import { mailingPage, mailingParts } from '../../desk/letters/mailings.ts';
import type { Api } from '../apiEnv.ts';
import { deskFor, type ReadingParts } from '../deskFor.ts';
import { oneOfFew } from '../limits/oneOfFew.ts';
import { letterFile } from '../listFile.ts';
import { OwnerQuery, PageQuery } from '../pageQuery.ts';
import type { ApiParts } from '../parts.ts';
import { defineRoute } from '../route.ts';
import { MailingSchema } from '../schema/letterSchema.ts';
import { refusals } from '../schema/problemSchema.ts';
import { wantsCsv } from '../spreadsheet.ts';
import { OrgParams, SchoolYearText } from './params.ts';

const route = defineRoute({
  'x-access': 'worklist:read',
  method: 'get',
  path: '/organisations/{org}/letters/{id}',
  middleware: oneOfFew,
  tags: ['letters'],
  summary: 'Hvem som skal ha et brev, og hvem som ikke skal ha det og hvorfor; broen sender ingen brev',
  request: {
    params: OrgParams.extend({
      id: z.enum(LETTER_IDS).openapi({ param: { name: 'id', in: 'path' }, example: 'W24' }),
    }),
    query: z.object({
      schoolYear: SchoolYearText.openapi({
        description: 'Skoleåret registreringene gjelder: for W13 og W14 det kommende.',
        example: '2026-27',
      }),
      owner: OwnerQuery,
      ...PageQuery,
    }),
  },
  responses: {
    200: {
      description: 'Mottakere og sperreliste',
      content: { 'application/json': { schema: MailingSchema }, 'text/csv': { schema: z.string() } },
    },
    ...refusals({ 400: 'Ikke et skoleår', 404: 'Ukjent organisasjon eller brev' }),
  },
});

const FILE = { access: 'worklist:read', operation: 'GET /organisations/{org}/letters/{id}' } as const;

export function letterRoutes(api: Api, parts: ReadingParts & Pick<ApiParts, 'work'>): void {
  api.openapi(route, async (c) => {
    const organisation = c.get('organisation');
    const { id } = c.req.valid('param');
    const { schoolYear, owner, ...page } = c.req.valid('query');
    const asked = { id, schoolYear, owner };
    const reading = deskFor(c, parts);
    if (wantsCsv(c)) return letterFile(c, FILE, mailingParts(reading, organisation, asked));
    const { view } = await mailingPage(reading, organisation, { ...asked, page });
    c.get('audit').subjects([...view.triggers, ...view.suppressed].map(({ ref }) => ref));
    return c.json(view, 200);
  });
}
