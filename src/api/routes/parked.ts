import { createRoute, z } from '@hono/zod-openapi';
import { positionView } from '../../desk/quarantine/quarantineView.ts';
import { release } from '../../desk/quarantine/release.ts';
import type { Api } from '../apiEnv.ts';
import { smallBody } from '../body/smallBody.ts';
import { HttpProblem } from '../httpProblem.ts';
import type { ApiParts } from '../parts.ts';
import { refusals } from '../schema/problemSchema.ts';
import { PositionSchema } from '../schema/quarantineSchema.ts';
import { OrgParams, RefParams } from './params.ts';
import { ReasonBody } from './reason.ts';

const ParkedSchema = z
  .object({ ref: z.string(), received: z.string(), position: PositionSchema, reason: z.string() })
  .openapi('Parked');

const list = createRoute({
  method: 'get',
  path: '/organisations/{org}/parked',
  tags: ['parked'],
  summary: 'Meldinger som venter fordi en tidligere melding om samme person stoppet',
  request: { params: OrgParams },
  responses: {
    200: {
      description: 'Meldingene, uten innhold',
      content: { 'application/json': { schema: z.object({ items: z.array(ParkedSchema) }) } },
    },
    ...refusals({ 404: 'Ukjent organisasjon' }),
  },
});

const releaseRoute = createRoute({
  method: 'post',
  path: '/organisations/{org}/parked/{ref}/release',
  tags: ['parked'],
  summary: 'La meldingene om en person gå videre, i rekkefølge',
  middleware: smallBody,
  request: {
    params: RefParams,
    body: { required: true, content: { 'application/json': { schema: ReasonBody } } },
  },
  responses: {
    200: {
      description: 'Sendt',
      content: {
        'application/json': {
          schema: z.object({ ref: z.string(), records: z.number().int() }).openapi('Released'),
        },
      },
    },
    ...refusals({
      400: 'Ugyldig begrunnelse',
      404: 'Ingenting er parkert',
      413: 'For stort',
      415: 'Ikke JSON',
    }),
  },
});

export function parkedRoutes(api: Api, parts: ApiParts): void {
  api.openapi(list, async (c) => {
    const items = await parts.reader.parked(c.get('organisation').id);
    return c.json(
      {
        items: items.map((item) => ({
          ref: item.ref,
          received: item.received,
          position: positionView(item),
          reason: item.reason,
        })),
      },
      200,
    );
  });
  api.openapi(releaseRoute, async (c) => {
    const { ref } = c.req.valid('param');
    const org = c.get('organisation').id;
    const records = await release(parts, org, ref);
    if (records === 0) throw new HttpProblem('NOTHING_PARKED', 'Ingen meldinger venter for denne personen.');
    parts.log({ event: 'released', org, ref, records, reason: c.req.valid('json').reason });
    return c.json({ ref, records }, 200);
  });
}
