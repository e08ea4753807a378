import { z } from '@hono/zod-openapi';
import { parseInstant } from '../../core/time/date.ts';
import { beginBulk, readFailureCursor, showBulk, stopBulk } from '../../desk/quarantine/bulk.ts';
import { groupNamed, quarantineGroups, readGroupCursor } from '../../desk/quarantine/groups.ts';
import type { Api } from '../apiEnv.ts';
import { smallBody } from '../body/smallBody.ts';
import { deskFor } from '../deskFor.ts';
import { cursorText, NextPage } from '../pageQuery.ts';
import type { ApiParts } from '../parts.ts';
import { defineRoute } from '../route.ts';
import { refusals } from '../schema/problemSchema.ts';
import {
  BulkSchema,
  GroupActSchema,
  GroupId,
  QuarantineGroupSchema,
} from '../schema/quarantineGroupSchema.ts';
import { IdParams, Limit, OrgParams } from './params.ts';

const groups = defineRoute({
  'x-access': 'quarantine:read',
  method: 'get',
  path: '/organisations/{org}/quarantine/groups',
  tags: ['quarantine'],
  summary: 'Det som er i karantene, gruppert etter hva som er galt, strøm og alder',
  request: {
    params: OrgParams,
    query: z.object({
      limit: Limit,
      after: cursorText(200)
        .refine((text) => readGroupCursor(text) !== undefined)
        .optional()
        .openapi({ description: '`next` fra siden før.' }),
      group: GroupId.optional().openapi({ description: 'Bare denne gruppen.' }),
    }),
  },
  responses: {
    200: {
      description: 'Gruppene, de største først',
      content: {
        'application/json': {
          schema: z.object({ groups: z.array(QuarantineGroupSchema), next: NextPage }),
        },
      },
    },
    ...refusals({ 400: 'Ugyldig side', 404: 'Ukjent organisasjon eller gruppe' }),
  },
});

const act = defineRoute({
  'x-access': 'quarantine:act',
  method: 'post',
  path: '/organisations/{org}/quarantine/groups/{group}/acts',
  tags: ['quarantine'],
  summary: 'Gjør det samme med alle postene i en gruppe',
  description:
    'Postene tas én for én, og det som ikke går, står i svaret på `…/quarantine/acts/{id}`. `mend` gjelder bare grupper der alle ' +
    'har den samme ukjente koden.',
  middleware: smallBody,
  request: {
    params: OrgParams.extend({ group: GroupId.openapi({ param: { name: 'group', in: 'path' } }) }),
    body: { required: true, content: { 'application/json': { schema: GroupActSchema } } },
  },
  responses: {
    202: { description: 'Begynt', content: { 'application/json': { schema: BulkSchema } } },
    ...refusals({
      400: 'Ugyldig innhold',
      404: 'Ukjent gruppe',
      409: 'Gruppen er endret, eller kan ikke rettes samlet',
      413: 'For stort',
      415: 'Ikke JSON',
    }),
  },
});

const WORK = '/organisations/{org}/quarantine/acts/{id}' as const;

const show = defineRoute({
  'x-access': 'quarantine:read',
  method: 'get',
  path: WORK,
  tags: ['quarantine'],
  summary: 'Hvor langt arbeidet med en gruppe er kommet, og hva som ikke gikk',
  request: {
    params: IdParams,
    query: z.object({
      limit: Limit,
      after: cursorText(9)
        .refine((text) => readFailureCursor(text) !== undefined)
        .optional()
        .openapi({ description: '`next` fra siden før av det som ikke gikk.' }),
    }),
  },
  responses: {
    200: { description: 'Arbeidet', content: { 'application/json': { schema: BulkSchema } } },
    ...refusals({ 400: 'Ugyldig side', 404: 'Ukjent arbeid' }),
  },
});

const stop = defineRoute({
  'x-access': 'quarantine:act',
  method: 'post',
  path: `${WORK}/stop`,
  tags: ['quarantine'],
  summary: 'Stopp arbeidet med en gruppe; resten blir i karantene',
  request: { params: IdParams },
  responses: {
    200: { description: 'Arbeidet', content: { 'application/json': { schema: BulkSchema } } },
    ...refusals({ 404: 'Ukjent arbeid' }),
  },
});

export function quarantineGroupRoutes(api: Api, parts: ApiParts): void {
  api.openapi(groups, async (c) => {
    const { masked } = c.get('permission');
    c.get('audit').subjects([]);
    const { group, ...page } = c.req.valid('query');
    const [desk, organisation] = [deskFor(c, parts), c.get('organisation')];
    if (group === undefined)
      return c.json(await quarantineGroups(desk, organisation, { ...page, masked }), 200);
    const { view } = await groupNamed(desk, organisation, { id: group, masked });
    return c.json({ groups: [view], next: null }, 200);
  });
  api.openapi(act, async (c) => {
    const { group } = c.req.valid('param');
    const { items, upTo, reason, ...rest } = c.req.valid('json');
    c.get('audit').subjects([]);
    c.get('audit').item(`quarantine-group:${group}`);
    const moment = upTo === undefined ? undefined : parseInstant(upTo);
    const principal = c.get('principal');
    const beginning = { group, items, upTo: moment, reason, act: rest, principal };
    return c.json(await beginBulk(deskFor(c, parts), c.get('organisation'), beginning), 202);
  });
  api.openapi(show, async (c) => {
    c.get('audit').subjects([]);
    const asked = { ...c.req.valid('param'), ...c.req.valid('query') };
    const bulk = parts.bulkAs(c.get('permission'));
    return c.json(await showBulk(bulk, c.get('organisation').id, asked), 200);
  });
  api.openapi(stop, async (c) => {
    c.get('audit').subjects([]);
    return c.json(await stopBulk(parts, c.get('organisation').id, c.req.valid('param').id), 200);
  });
}
