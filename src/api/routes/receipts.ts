import { z } from '@hono/zod-openapi';
import { receiptNamed, receiptRowsNamed } from '../../desk/submission/receipts.ts';
import { csvText } from '../../reports/csv.ts';
import type { Api } from '../apiEnv.ts';
import { deskFor, type ReadingParts } from '../deskFor.ts';
import { defineRoute } from '../route.ts';
import { refusals } from '../schema/problemSchema.ts';
import { ReceiptSchema } from '../schema/receiptSchema.ts';
import { csvAnswer } from '../spreadsheet.ts';
import { IdParams } from './params.ts';

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

export function receiptRoutes(api: Api, parts: ReadingParts): void {
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
