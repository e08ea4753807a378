import { z } from '@hono/zod-openapi';
import { parseDate } from '../../core/time/date.ts';
import { snapshotOf } from '../../desk/reports/reports.ts';
import type { Api } from '../apiEnv.ts';
import { deskFor, type ReadingParts } from '../deskFor.ts';
import { notFound } from '../invalidRequest.ts';
import { otherReport } from '../otherReport.ts';
import { addRaw, defineRoute } from '../route.ts';
import { refusals } from '../schema/problemSchema.ts';
import { OrgParams } from './params.ts';

const route = defineRoute({
  'x-access': 'report:read',
  method: 'get',
  path: '/organisations/{org}/reports/{referenceDate}',
  tags: ['reports'],
  summary: 'Rapporten per en referansedato, slik den ble laget; for OT, med alle tall',
  request: {
    params: OrgParams.extend({
      referenceDate: z
        .string()
        .openapi({ param: { name: 'referenceDate', in: 'path' }, example: '2021-02-15', format: 'date' }),
    }),
  },
  responses: {
    200: {
      description: 'Rapporten; de samme bytene hver gang',
      content: { 'application/json': { schema: z.record(z.string(), z.unknown()).openapi('Report') } },
    },
    ...refusals({ 404: 'Ikke laget' }),
  },
});

export function reportRoutes(api: Api, parts: ReadingParts): void {
  // Raw, for it answers with the very bytes that were saved.
  addRaw(api, route, async (c) => {
    const referenceDate = parseDate(c.req.param('referenceDate') ?? '');
    if (referenceDate === undefined) throw notFound();
    const { reach, masked, sheets } = c.get('permission');
    if (reach.kind !== 'county' || masked || sheets !== null) throw otherReport();
    c.get('audit').subjects([]);
    const content = await snapshotOf(deskFor(c, parts), c.get('organisation'), referenceDate);
    return new Response(new Uint8Array(content), { headers: { 'content-type': 'application/json' } });
  });
}
