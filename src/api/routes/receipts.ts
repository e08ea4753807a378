import { z } from '@hono/zod-openapi';
import { FEEDS } from '../../core/youth/statusEvent.ts';
import { readReceiptCursor, receiptPage } from '../../desk/submission/receiptPages.ts';
import { receiptNamed, receiptRowsNamed } from '../../desk/submission/receipts.ts';
import { csvText } from '../../reports/csv.ts';
import type { Api } from '../apiEnv.ts';
import { deskFor, type ReadingParts } from '../deskFor.ts';
import { cursorText } from '../pageQuery.ts';
import type { ApiParts } from '../parts.ts';
import { defineRoute } from '../route.ts';
import { refusals } from '../schema/problemSchema.ts';
import { ReceiptListSchema } from '../schema/receiptListSchema.ts';
import { ReceiptSchema } from '../schema/receiptSchema.ts';
import { csvAnswer } from '../spreadsheet.ts';
import { IdParams, Limit, OrgParams } from './params.ts';

const route = defineRoute({
  'x-access': 'receipt:read',
  method: 'get',
  path: '/organisations/{org}/receipts/{id}',
  tags: ['receipts'],
  summary: 'Kvittering for en innsending',
  description:
    'Med format=csv: en tabell med hver rad og hva som ble av den. For en opplastet fil er det filens egne radnumre, under «Rad i filen».',
  request: { params: IdParams, query: z.object({ format: z.enum(['json', 'csv']).default('json') }) },
  responses: {
    200: {
      description: 'Kvitteringen',
      content: { 'application/json': { schema: ReceiptSchema }, 'text/csv': { schema: z.string() } },
    },
    ...refusals({ 400: 'Ugyldig format', 404: 'Ukjent kvittering' }),
  },
});

const list = defineRoute({
  'x-access': 'receipt:read',
  method: 'get',
  path: '/organisations/{org}/receipts',
  tags: ['receipts'],
  summary: 'Innsendinger som tilgangen din dekker, de nyeste først, med hvor langt hver er kommet',
  request: {
    params: OrgParams,
    query: z.object({
      limit: Limit,
      feed: z.enum(FEEDS).optional().openapi({ description: 'Bare det som er sendt til strømmen.' }),
      after: cursorText(2_000)
        .refine((text) => readReceiptCursor(text) !== undefined)
        .optional()
        .openapi({ description: '`next` fra siden før. Nye innsendinger forskyver ingenting.' }),
    }),
  },
  responses: {
    200: {
      description: 'Innsendingene',
      content: { 'application/json': { schema: ReceiptListSchema } },
    },
    ...refusals({ 400: 'Ugyldig antall, strøm eller side', 404: 'Ukjent organisasjon' }),
  },
});

export function receiptRoutes(api: Api, parts: ReadingParts & Pick<ApiParts, 'policyOf' | 'vault'>): void {
  api.openapi(list, async (c) => {
    const { feed = null, after, limit } = c.req.valid('query');
    c.get('audit').subjects([]);
    const page = await receiptPage(deskFor(c, parts), c.get('organisation'), { feed, after, limit });
    return c.json(page, 200);
  });
  api.openapi(route, async (c) => {
    const { masked } = c.get('permission');
    const { id } = c.req.valid('param');
    c.get('audit').subjects([]);
    const desk = deskFor(c, parts);
    if (c.req.valid('query').format === 'json')
      return c.json(await receiptNamed(desk, c.get('organisation'), { id, masked }), 200);
    const [head = [], ...rows] = await receiptRowsNamed(desk, c.get('organisation'), { id, masked });
    return csvAnswer(c, 'kvittering', csvText(head, rows));
  });
}
