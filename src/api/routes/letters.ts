import { createRoute, z } from '@hono/zod-openapi';
import { LETTER_IDS, LETTERS } from '../../core/letters/letter.ts';
import { startMailing } from '../../core/letters/mailing.ts';
import { csvText } from '../../report/csv.ts';
import type { Api } from '../apiEnv.ts';
import { todayOf } from '../organisationToday.ts';
import type { ApiParts } from '../parts.ts';
import { refusals } from '../problemSchema.ts';
import { forEachYouth } from '../readableYouth.ts';
import { csvAnswer, wantsCsv } from '../spreadsheet.ts';
import { MAILING_COLUMNS, MailingSchema, mailingCells, mailingView } from '../view/letterView.ts';
import { OrgParams, SchoolYearText } from './params.ts';

const route = createRoute({
  method: 'get',
  path: '/organisations/{org}/letters/{id}',
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

export function letterRoutes(api: Api, parts: Pick<ApiParts, 'reader' | 'desk' | 'now' | 'policyOf'>): void {
  api.openapi(route, async (c) => {
    const organisation = c.get('organisation');
    const { id } = c.req.valid('param');
    const { schoolYear } = c.req.valid('query');
    const making = startMailing(LETTERS[id], {
      schoolYear,
      today: await todayOf(parts, organisation),
      policy: parts.policyOf(organisation.id),
    });
    const unreadable = await forEachYouth(parts.reader, organisation.id, ({ ref, parked }, youth) =>
      making.add(ref, youth, parked),
    );
    const view = mailingView(making.finish(), unreadable);
    if (wantsCsv(c)) return csvAnswer(c, `${id}-${schoolYear}`, csvText(MAILING_COLUMNS, mailingCells(view)));
    return c.json(view, 200);
  });
}
