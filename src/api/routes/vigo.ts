import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { makeVigoFile, takeVigoReceipt, type VigoParts, vigoStatus } from '../../desk/vigo/vigo.ts';
import type { Api, ApiEnv } from '../apiEnv.ts';
import { smallBody } from '../body/smallBody.ts';
import { deskFor } from '../deskFor.ts';
import type { ApiParts } from '../parts.ts';
import { defineRoute } from '../route.ts';
import { refusals } from '../schema/problemSchema.ts';
import { VigoFileSchema, VigoReceiptSchema, VigoStatusSchema } from '../schema/vigoSchema.ts';
import { OrgParams } from './params.ts';

const REFUSED = { 400: 'Ugyldig innhold', 404: 'Ukjent fil', 413: 'For stort', 415: 'Ikke JSON' };

const make = defineRoute({
  'x-access': 'vigo:act',
  method: 'post',
  path: '/organisations/{org}/vigo/files',
  tags: ['vigo'],
  summary: 'Lag neste fil til VIGO, med fødselsnummer; loggført for hver av dem',
  middleware: smallBody,
  request: {
    params: OrgParams,
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z
            .strictObject({
              most: z.number().int().min(1).max(500).default(500),
              alerts: z.boolean().default(false),
            })
            .openapi('VigoFileRequest'),
        },
      },
    },
  },
  responses: {
    200: { description: 'Filen', content: { 'application/json': { schema: VigoFileSchema } } },
    ...refusals(REFUSED),
  },
});

const receipt = defineRoute({
  'x-access': 'vigo:act',
  method: 'post',
  path: '/organisations/{org}/vigo/receipts',
  tags: ['vigo'],
  summary: 'Les en kvittering fra VIGO',
  middleware: smallBody,
  request: {
    params: OrgParams,
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z.strictObject({ content: z.string().min(1) }).openapi('VigoReceiptRequest'),
        },
      },
    },
  },
  responses: {
    200: {
      description: 'Hva kvitteringen sa',
      content: { 'application/json': { schema: VigoReceiptSchema } },
    },
    ...refusals(REFUSED),
  },
});

const status = defineRoute({
  'x-access': 'vigo:read',
  method: 'get',
  path: '/organisations/{org}/vigo/status',
  tags: ['vigo'],
  summary: 'Filene til VIGO, og radene som er avvist eller mangler kvittering',
  request: {
    params: OrgParams,
    query: z.object({ days: z.coerce.number().int().min(0).max(365).default(7) }),
  },
  responses: {
    200: { description: 'Status', content: { 'application/json': { schema: VigoStatusSchema } } },
    ...refusals({ 400: 'Ugyldig antall dager', 404: 'Ukjent organisasjon' }),
  },
});

export function vigoRoutes(api: Api, parts: ApiParts): void {
  const desk = (c: Context<ApiEnv>): VigoParts => ({
    ...deskFor(c, parts),
    vigo: parts.vigoAs(c.get('permission')),
  });
  api.openapi(make, async (c) => {
    const organisation = c.get('organisation');
    const { most, alerts: withAlerts } = c.req.valid('json');
    const { name: by } = c.get('principal');
    const counted = (persons: readonly string[]) =>
      parts.countPersons(c.get('principal'), organisation.id, persons);
    c.get('audit').purpose('REGISTER');
    const free = await c.get('slots').take();
    try {
      const { refs, ...made } = await makeVigoFile(desk(c), organisation, { most, withAlerts, by, counted });
      c.get('audit').subjects(refs);
      return c.json(made, 200);
    } finally {
      free();
    }
  });
  api.openapi(receipt, async (c) => {
    const asked = { content: c.req.valid('json').content, by: c.get('principal').name };
    const taken = await takeVigoReceipt(desk(c), c.get('organisation'), asked);
    c.get('audit').subjects([]);
    return c.json(taken, 200);
  });
  api.openapi(status, async (c) => {
    const found = await vigoStatus(desk(c), c.get('organisation'), c.req.valid('query').days);
    c.get('audit').subjects(found.open.map(({ ref }) => ref));
    return c.json(found, 200);
  });
}
