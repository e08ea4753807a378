import { createRoute } from '@hono/zod-openapi';
import { receiptView } from '../../desk/submission/receiptView.ts';
import type { Api } from '../apiEnv.ts';
import { HttpProblem } from '../httpProblem.ts';
import type { ApiParts } from '../parts.ts';
import { refusals } from '../schema/problemSchema.ts';
import { ReceiptSchema } from '../schema/receiptSchema.ts';
import { IdParams } from './params.ts';

const route = createRoute({
  method: 'get',
  path: '/organisations/{org}/receipts/{id}',
  tags: ['receipts'],
  summary: 'Kvittering for en innsending',
  request: { params: IdParams },
  responses: {
    200: { description: 'Kvitteringen', content: { 'application/json': { schema: ReceiptSchema } } },
    ...refusals({ 404: 'Ukjent kvittering' }),
  },
});

export function receiptRoutes(api: Api, parts: Pick<ApiParts, 'reader'>): void {
  api.openapi(route, async (c) => {
    const receipt = await parts.reader.receipt(c.get('organisation').id, c.req.valid('param').id);
    if (!receipt) {
      throw new HttpProblem(
        'UNKNOWN_RECEIPT',
        'Kvitteringen finnes ikke hos denne organisasjonen. Sjekk id-en.',
      );
    }
    return c.json(receiptView(receipt), 200);
  });
}
