import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import {
  makeVigoFile,
  reachedVigo,
  takeVigoReceipt,
  VIGO_FORMS,
  VIGO_MOST,
  type VigoParts,
  vigoFileAgain,
  vigoStatus,
  withdrawVigoFile,
} from '../../desk/vigo/vigo.ts';
import type { Api, ApiEnv } from '../apiEnv.ts';
import { smallBody, vigoReceiptBody } from '../body/smallBody.ts';
import { deskFor } from '../deskFor.ts';
import type { ApiParts } from '../parts.ts';
import { defineRoute } from '../route.ts';
import { refusals } from '../schema/problemSchema.ts';
import {
  VigoCopySchema,
  VigoFileSchema,
  VigoReceiptSchema,
  VigoStatusSchema,
  VigoWithdrawnSchema,
} from '../schema/vigoSchema.ts';
import { wholeNumberOr } from '../schema/wholeNumber.ts';
import { OrgParams, UuidText } from './params.ts';

const REFUSED = { 400: 'Ugyldig innhold', 404: 'Ukjent fil', 413: 'For stort', 415: 'Ikke JSON' };

const Form = z.enum(VIGO_FORMS).default('csv');
const FileParams = OrgParams.extend({
  file: UuidText.openapi({ param: { name: 'file', in: 'path' }, format: 'uuid' }),
});

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
              most: z
                .number()
                .int()
                .min(1)
                .max(VIGO_MOST)
                .default(VIGO_MOST)
                .openapi({ description: 'Flest rader. Er more true, begynner neste fil der denne slutter.' }),
              alerts: z.boolean().default(false),
              form: Form,
            })
            .openapi('VigoFileRequest'),
        },
      },
    },
  },
  responses: {
    200: { description: 'Filen', content: { 'application/json': { schema: VigoFileSchema } } },
    ...refusals({ ...REFUSED, 409: 'En annen laget en fil samtidig' }),
  },
});

const again = defineRoute({
  'x-access': 'vigo:act',
  method: 'get',
  path: '/organisations/{org}/vigo/files/{file}',
  tags: ['vigo'],
  summary: 'En fil til VIGO slik den ble laget, byte for byte; loggført for hver av dem i filen',
  request: { params: FileParams, query: z.object({ form: Form }) },
  responses: {
    200: { description: 'Filen', content: { 'application/json': { schema: VigoCopySchema } } },
    ...refusals({ 400: 'Ukjent form', 404: 'Ukjent fil', 409: 'Kan ikke lages likt igjen' }),
  },
});

const withdraw = defineRoute({
  'x-access': 'vigo:act',
  method: 'post',
  path: '/organisations/{org}/vigo/files/{file}/withdraw',
  tags: ['vigo'],
  summary: 'Trekk tilbake en fil som ikke er levert: det som ikke har fått svar, kommer i neste fil',
  request: { params: FileParams },
  responses: {
    200: { description: 'Trukket', content: { 'application/json': { schema: VigoWithdrawnSchema } } },
    ...refusals({ 404: 'Ukjent fil' }),
  },
});

const receipt = defineRoute({
  'x-access': 'vigo:act',
  method: 'post',
  path: '/organisations/{org}/vigo/receipts',
  tags: ['vigo'],
  summary: 'Les en kvittering fra VIGO',
  middleware: vigoReceiptBody,
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
    query: z.object({ days: wholeNumberOr(7, 0, 365) }),
  },
  responses: {
    200: { description: 'Status', content: { 'application/json': { schema: VigoStatusSchema } } },
    ...refusals({ 400: 'Ugyldig antall dager', 404: 'Ukjent organisasjon' }),
  },
});

export function vigoRoutes(api: Api, parts: ApiParts): void {
  const desk = (c: Context<ApiEnv>): VigoParts => {
    const permission = c.get('permission');
    return { ...deskFor(c, parts), vigo: reachedVigo(parts.vigoAs(permission), permission) };
  };
  const counter = (c: Context<ApiEnv>) => (persons: readonly string[]) =>
    parts.countPersons(c.get('principal'), c.get('organisation').id, persons);
  api.openapi(make, async (c) => {
    const { most, alerts: withAlerts, form } = c.req.valid('json');
    const asked = { most, withAlerts, form, by: c.get('principal').name, counted: counter(c) };
    c.get('audit').purpose('REGISTER');
    const free = await c.get('slots').take();
    try {
      const { refs, ...made } = await makeVigoFile(desk(c), c.get('organisation'), asked);
      c.get('audit').subjects(refs);
      return c.json(made, 200);
    } finally {
      free();
    }
  });
  api.openapi(again, async (c) => {
    const { file } = c.req.valid('param');
    const asked = { form: c.req.valid('query').form, counted: counter(c) };
    c.get('audit').purpose('REGISTER');
    const { refs, ...found } = await vigoFileAgain(desk(c), c.get('organisation'), file, asked);
    c.get('audit').subjects(refs);
    return c.json({ file, ...found }, 200);
  });
  api.openapi(withdraw, async (c) => {
    const { file } = c.req.valid('param');
    const rows = await withdrawVigoFile(desk(c), c.get('organisation'), file);
    c.get('audit').subjects([]);
    return c.json({ file, rows }, 200);
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
