import { z } from '@hono/zod-openapi';
import { FEEDS } from '../../core/youth/statusEvent.ts';
import { parkedOf, readParkedCursor, releaseParked } from '../../desk/quarantine/parked.ts';
import { readWaitingCursor, waitingGroups } from '../../desk/quarantine/waiting.ts';
import type { Api } from '../apiEnv.ts';
import { smallBody } from '../body/smallBody.ts';
import { deskFor, type ReadingParts } from '../deskFor.ts';
import { cursorText, NextPage } from '../pageQuery.ts';
import type { ApiParts } from '../parts.ts';
import { defineRoute } from '../route.ts';
import { refusals } from '../schema/problemSchema.ts';
import { ParkedSchema, WaitingGroupSchema } from '../schema/quarantineSchema.ts';
import { Limit, OrgParams, RefParams } from './params.ts';
import { ReasonBody } from './reason.ts';

const list = defineRoute({
  'x-access': 'quarantine:read',
  method: 'get',
  path: '/organisations/{org}/parked',
  tags: ['parked'],
  summary: 'Meldinger som venter fordi en tidligere melding om samme person stoppet',
  request: {
    params: OrgParams,
    query: z.object({
      limit: Limit,
      after: cursorText(600)
        .refine((text) => readParkedCursor(text) !== undefined)
        .optional()
        .openapi({ description: '`next` fra siden før.' }),
    }),
  },
  responses: {
    200: {
      description: 'Meldingene, uten innhold, person for person',
      content: { 'application/json': { schema: z.object({ items: z.array(ParkedSchema), next: NextPage }) } },
    },
    ...refusals({ 400: 'Ugyldig side', 404: 'Ukjent organisasjon' }),
  },
});

const groups = defineRoute({
  'x-access': 'quarantine:read',
  method: 'get',
  path: '/organisations/{org}/parked/groups',
  tags: ['parked'],
  summary: 'Hvem som venter, gruppert etter strømmen der en melding stoppet',
  request: {
    params: OrgParams,
    query: z.object({
      limit: Limit,
      feed: z
        .enum([...FEEDS, 'unknown'])
        .optional()
        .openapi({ description: 'Bare denne strømmen; `unknown`: emner ingen strøm har lenger.' }),
      after: cursorText(200)
        .refine((text) => readWaitingCursor(text) !== undefined)
        .optional()
        .openapi({ description: '`next` for gruppen, fra siden før. Sendes sammen med `feed`.' }),
    }),
  },
  responses: {
    200: {
      description: 'Gruppene, de største først, hver med en side av ungdommene',
      content: { 'application/json': { schema: z.object({ groups: z.array(WaitingGroupSchema) }) } },
    },
    ...refusals({ 400: 'Ugyldig side', 404: 'Ukjent organisasjon' }),
  },
});

const releaseRoute = defineRoute({
  'x-access': 'quarantine:act',
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

export function parkedRoutes(
  api: Api,
  parts: ReadingParts & Pick<ApiParts, 'vault' | 'adapters' | 'publisher' | 'keptRecord' | 'log'>,
): void {
  api.openapi(list, async (c) => {
    const page = await parkedOf(deskFor(c, parts), c.get('organisation'), c.req.valid('query'));
    c.get('audit').subjects(page.items.map(({ ref }) => ref));
    return c.json(page, 200);
  });
  api.openapi(groups, async (c) => {
    const { limit, feed, after } = c.req.valid('query');
    const one = feed === undefined ? undefined : { feed: feed === 'unknown' ? null : feed, after };
    const found = await waitingGroups(deskFor(c, parts), c.get('organisation'), { limit, one });
    c.get('audit').subjects(found.flatMap(({ persons }) => persons.map(({ ref }) => ref)));
    return c.json({ groups: found }, 200);
  });
  api.openapi(releaseRoute, async (c) => {
    const { ref } = c.req.valid('param');
    const { reason } = c.req.valid('json');
    const records = await releaseParked(parts, c.get('organisation'), { ref, reason });
    c.get('audit').subjects([ref]);
    return c.json({ ref, records }, 200);
  });
}
