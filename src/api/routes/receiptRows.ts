import { repairRow, rowToRepair } from '../../desk/quarantine/rowRepair.ts';
import { permissionOn } from '../accessGuard.ts';
import type { Api } from '../apiEnv.ts';
import { smallBody } from '../body/smallBody.ts';
import { deskFor } from '../deskFor.ts';
import type { ApiParts } from '../parts.ts';
import { defineRoute } from '../route.ts';
import { refusals } from '../schema/problemSchema.ts';
import { MendedSchema, RepairBody, RepairSchema } from '../schema/repairSchema.ts';
import { wholeNumber } from '../schema/wholeNumber.ts';
import { IdParams } from './params.ts';

const RowParams = IdParams.extend({
  row: wholeNumber(1, 999_999_999).openapi({
    param: { name: 'row', in: 'path' },
    description: 'Raden, slik kvitteringen nummererer den.',
    example: 17,
  }),
});

const AT = '/organisations/{org}/receipts/{id}/rows/{row}' as const;

const show = defineRoute({
  'x-access': 'receipt:mend',
  method: 'get',
  path: AT,
  tags: ['receipts'],
  summary: 'En rad av en innsending som er i karantene: hva som er galt, og hva som kan rettes',
  request: { params: RowParams },
  responses: {
    200: { description: 'Raden', content: { 'application/json': { schema: RepairSchema } } },
    ...refusals({ 404: 'Ukjent kvittering, eller raden er ikke i karantene' }),
  },
});

const mend = defineRoute({
  'x-access': 'receipt:mend',
  method: 'post',
  path: AT,
  tags: ['receipts'],
  summary: 'Rett en rad som er i karantene, og send den',
  description:
    'Raden prøves med de nye verdiene. Er noe fortsatt galt, svares det med det, og ingenting sendes. Ellers sendes den ' +
    'på samme strøm i stedet for den første, og kvitteringen følger den til den er endelig. Den sendes én gang.',
  middleware: smallBody,
  request: {
    params: RowParams,
    body: { required: true, content: { 'application/json': { schema: RepairBody } } },
  },
  responses: {
    200: { description: 'Hva raden fører til', content: { 'application/json': { schema: MendedSchema } } },
    ...refusals({
      400: 'Ugyldig innhold',
      404: 'Ukjent kvittering, rad eller felt',
      409: 'Raden er alt sendt, eller kan ikke rettes her',
      413: 'For stort',
      415: 'Ikke JSON',
      503: 'Kafka bekrefter ikke; send det samme på nytt',
    }),
  },
});

export function receiptRowRoutes(api: Api, parts: ApiParts): void {
  api.openapi(show, async (c) => {
    const { id, row } = c.req.valid('param');
    c.get('audit').subjects([]);
    c.get('audit').item(`receipt:${id}`);
    const { view } = await rowToRepair(deskFor(c, parts), c.get('organisation'), { receipt: id, row });
    return c.json(view, 200);
  });
  api.openapi(mend, async (c) => {
    const { id, row } = c.req.valid('param');
    const { fields: values, send } = c.req.valid('json');
    c.get('audit').item(`receipt:${id}`);
    const free = await c.get('slots').take();
    const { mended, met } = await repairRow(deskFor(c, parts), c.get('organisation'), {
      ...{ receipt: id, row, values, send },
      permissionFor: (feed) => permissionOn(c, 'feed:write', feed),
    }).finally(free);
    c.get('audit').subjects(met);
    return c.json(mended, 200);
  });
}
