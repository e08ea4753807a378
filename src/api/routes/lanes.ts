import { z } from '@hono/zod-openapi';
import { lanesOf, resumeLane } from '../../desk/lanes/lanes.ts';
import type { Api } from '../apiEnv.ts';
import { smallBody } from '../body/smallBody.ts';
import { deskFor, type ReadingParts } from '../deskFor.ts';
import type { ApiParts } from '../parts.ts';
import { defineRoute } from '../route.ts';
import { LaneActSchema, LaneSchema } from '../schema/laneSchema.ts';
import { refusals } from '../schema/problemSchema.ts';
import { wholeNumber } from '../schema/wholeNumber.ts';
import { ReasonText } from './reason.ts';

const list = defineRoute({
  'x-access': 'lane:read',
  method: 'get',
  path: '/internal/lanes',
  tags: ['internal'],
  summary: 'Hvor langt hver partisjon er behandlet, og hva som holder den som står',
  responses: {
    200: {
      description: 'Partisjonene. Tallene er Kafkas.',
      content: { 'application/json': { schema: z.object({ lanes: z.array(LaneSchema) }) } },
    },
    ...refusals({}),
  },
});

const Offset = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

const goOn = defineRoute({
  'x-access': 'lane:act',
  method: 'post',
  path: '/internal/lanes/{topic}/{partition}/go-on',
  tags: ['internal'],
  summary: 'La en partisjon som står, gå videre fra et navngitt sted',
  description:
    'Uten «confirm» gjøres ingenting: svaret sier hva som ville bli hoppet over og gjentatt, og hva avsenderne må bes om. ' +
    'Med «confirm» flyttes partisjonen, og begrunnelsen lagres.',
  middleware: smallBody,
  request: {
    params: z.object({
      topic: z.string().openapi({ param: { name: 'topic', in: 'path' } }),
      partition: wholeNumber(0, 2_147_483_647).openapi({
        param: { name: 'partition', in: 'path', required: true },
      }),
    }),
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z
            .strictObject({
              reason: ReasonText,
              from: Offset.optional().openapi({
                description: 'Første melding som skal leses; ellers det foreslåtte.',
              }),
              confirm: z.boolean().default(false),
            })
            .openapi('LaneGoOn'),
        },
      },
    },
  },
  responses: {
    200: {
      description: 'Det som er gjort, eller ville bli gjort',
      content: { 'application/json': { schema: LaneActSchema } },
    },
    ...refusals({
      400: 'Ugyldig begrunnelse eller sted',
      404: 'Ukjent partisjon',
      409: 'Partisjonen står ikke, eller kan ikke gå videre der',
      413: 'For stort',
      415: 'Ikke JSON',
    }),
  },
});

export function laneRoutes(api: Api, parts: ReadingParts & Pick<ApiParts, 'logOf' | 'log'>): void {
  api.openapi(list, async (c) => {
    c.get('audit').subjects([]);
    return c.json({ lanes: await lanesOf(deskFor(c, parts)) }, 200);
  });
  api.openapi(goOn, async (c) => {
    const { from = null, reason, confirm } = c.req.valid('json');
    const asked = { ...c.req.valid('param'), from, reason, confirm };
    const resumed = await resumeLane(deskFor(c, parts), asked);
    c.get('audit').subjects([]);
    return c.json(resumed, 200);
  });
}
