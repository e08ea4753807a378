import { z } from '@hono/zod-openapi';
import type { Uploads } from '../../desk/uploads/uploads.ts';
import type { Api } from '../apiEnv.ts';
import { smallBody } from '../body/smallBody.ts';
import type { ApiParts } from '../parts.ts';
import { defineRoute } from '../route.ts';
import { refusals } from '../schema/problemSchema.ts';
import {
  UploadChoicesSchema,
  UploadMendSchema,
  UploadSchema,
  UploadSendSchema,
  UploadSentSchema,
} from '../schema/uploadSchema.ts';
import { wholeNumber } from '../schema/wholeNumber.ts';
import { uploadCaller } from '../uploadCaller.ts';
import { UploadParams } from './uploads.ts';

const REFUSED = {
  400: 'Ugyldig innhold',
  404: 'Opplastingen eller raden finnes ikke',
  413: 'For stort',
  415: 'Ikke JSON',
};

const AT = '/organisations/{org}/feeds/{feed}/uploads/{id}' as const;

const choose = defineRoute({
  'x-access': 'feed:write',
  method: 'patch',
  path: AT,
  tags: ['uploads'],
  summary: 'Velg ark, overskriftsrad, kolonner og det radene har felles',
  middleware: smallBody,
  request: {
    params: UploadParams,
    body: { required: true, content: { 'application/json': { schema: UploadChoicesSchema } } },
  },
  responses: {
    200: { description: 'Opplastingen', content: { 'application/json': { schema: UploadSchema } } },
    ...refusals({ ...REFUSED, 422: 'Arket finnes ikke' }),
  },
});

const mend = defineRoute({
  'x-access': 'feed:write',
  method: 'patch',
  path: `${AT}/rows/{row}`,
  tags: ['uploads'],
  summary: 'Rett celler i én rad',
  middleware: smallBody,
  request: {
    params: UploadParams.extend({
      row: wholeNumber(1, 1_048_576).openapi({
        param: { name: 'row', in: 'path' },
        description: 'Rad i filen.',
        example: 17,
      }),
    }),
    body: { required: true, content: { 'application/json': { schema: UploadMendSchema } } },
  },
  responses: {
    200: { description: 'Opplastingen', content: { 'application/json': { schema: UploadSchema } } },
    ...refusals({ ...REFUSED, 422: 'Noe må velges først' }),
  },
});

const send = defineRoute({
  'x-access': 'feed:write',
  method: 'post',
  path: `${AT}/send`,
  tags: ['uploads'],
  summary: 'Send radene som kan sendes',
  description:
    'Svarer når Kafka har bekreftet radene. De samme radene gir samme kvittering, også når filen lastes opp på nytt. ' +
    'Rader som rettes siden, sendes alene med en ny sending.',
  middleware: smallBody,
  request: {
    params: UploadParams,
    body: { required: true, content: { 'application/json': { schema: UploadSendSchema } } },
  },
  responses: {
    202: {
      description: 'Mottatt',
      headers: z.object({ location: z.string() }),
      content: { 'application/json': { schema: UploadSentSchema } },
    },
    ...refusals({
      ...REFUSED,
      409: 'Rader må rettes først, eller det er ingenting å sende',
      422: 'Noe må velges først',
      503: 'Kafka bekrefter ikke; send det samme på nytt',
    }),
  },
});

const forget = defineRoute({
  'x-access': 'feed:write',
  method: 'delete',
  path: AT,
  tags: ['uploads'],
  summary: 'Glem en opplastet liste',
  request: { params: UploadParams },
  responses: { 204: { description: 'Glemt' }, ...refusals({ 404: 'Opplastingen finnes ikke' }) },
});

export function uploadActRoutes(api: Api, parts: Pick<ApiParts, 'uploadsAs'>, uploads: Uploads): void {
  api.openapi(choose, async (c) => {
    const { feed, id } = c.req.valid('param');
    const { sheet, header, columns, constants, whole } = c.req.valid('json');
    c.get('audit').subjects([]);
    const chosen = {
      ...(sheet === undefined ? {} : { sheet }),
      ...(header === undefined ? {} : { header }),
      ...(columns === undefined ? {} : { columns }),
      ...(constants === undefined ? {} : { constants }),
      ...(whole === undefined ? {} : { whole }),
    };
    return c.json(await uploads.choose(uploadCaller(c, feed, parts), id, chosen), 200);
  });
  api.openapi(mend, (c) => {
    const { feed, id, row } = c.req.valid('param');
    c.get('audit').subjects([]);
    return c.json(
      uploads.mend(uploadCaller(c, feed, parts), id, new Map([[row, c.req.valid('json').fields]])),
      200,
    );
  });
  api.openapi(send, async (c) => {
    const { feed, id } = c.req.valid('param');
    const caller = uploadCaller(c, feed, parts);
    const traceparent = c.req.header('traceparent') ?? null;
    const { which } = c.req.valid('json');
    const { receiptId, rows, repeated } = await uploads.send(caller, id, { which, traceparent });
    const receipt = `/organisations/${caller.organisation.id}/receipts/${receiptId}`;
    c.get('audit').subjects([]);
    c.get('audit').item(`receipt:${receiptId}`);
    return c.json({ receiptId, rows, repeated, receipt }, 202, { location: receipt });
  });
  api.openapi(forget, (c) => {
    const { feed, id } = c.req.valid('param');
    uploads.forget(uploadCaller(c, feed, parts), id);
    c.get('audit').subjects([]);
    return c.body(null, 204);
  });
}
