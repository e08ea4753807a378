import { z } from '@hono/zod-openapi';
import { listFeed } from '../../desk/uploads/fileFeed.ts';
import { templateCsv, templateXlsx } from '../../upload/template/template.ts';
import type { Api } from '../apiEnv.ts';
import type { ApiParts } from '../parts.ts';
import { defineRoute } from '../route.ts';
import { refusals } from '../schema/problemSchema.ts';
import { csvAnswer, XLSX_TYPE, xlsxAnswer } from '../spreadsheet.ts';
import { feedParam } from './feeds.ts';
import { OrgParams } from './params.ts';

/** How a file is written that we give out. */
export const FileFormat = z.enum(['xlsx', 'csv']).default('xlsx');

const route = defineRoute({
  'x-access': 'feed:write',
  method: 'get',
  path: '/organisations/{org}/feeds/{feed}/template',
  tags: ['uploads'],
  summary: 'Malen for en liste til strømmen, med kolonner, eksempler og forklaring',
  request: { params: OrgParams.extend({ feed: feedParam }), query: z.object({ format: FileFormat }) },
  responses: {
    200: {
      description: 'Regnearket',
      content: {
        [XLSX_TYPE]: { schema: z.string().openapi({ format: 'binary' }) },
        'text/csv': { schema: z.string() },
      },
    },
    ...refusals({ 400: 'Ugyldig format', 404: 'Ukjent strøm, eller en strøm uten lister' }),
  },
});

export function templateRoutes(api: Api, parts: Pick<ApiParts, 'adapters'>): void {
  api.openapi(route, (c) => {
    const { adapter, columns } = listFeed(parts, c.req.valid('param').feed);
    const { feed } = adapter;
    c.get('audit').subjects([]);
    const name = `mal-${feed}-${columns.editions[0].edition}`;
    return c.req.valid('query').format === 'csv'
      ? csvAnswer(c, name, templateCsv(feed, columns))
      : xlsxAnswer(c, name, templateXlsx(feed, columns));
  });
}
