import { receiptNamed } from '../../desk/submission/receipts.ts';
import type { Api } from '../apiEnv.ts';
import { deskFor, type ReadingParts } from '../deskFor.ts';
import { defineRoute } from '../route.ts';
import { refusals } from '../schema/problemSchema.ts';
import { ReceiptSchema } from '../schema/receiptSchema.ts';
import { IdParams } from './params.ts';

const route = defineRoute({
  'x-access': 'receipt:read',
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

export function receiptRoutes(api: Api, parts: ReadingParts): void {
  api.openapi(route, async (c) => {
    const { masked } = c.get('permission');
    const { id } = c.req.valid('param');
    c.get('audit').subjects([]);
    return c.json(await receiptNamed(deskFor(c, parts), c.get('organisation'), { id, masked }), 200);
  });
}
