import { z } from '@hono/zod-openapi';
import type { Uploads } from '../../desk/uploads/uploads.ts';
import { csvText } from '../../reports/csv.ts';
import { FILE_LIMITS } from '../../upload/fileLimits.ts';
import { writeXlsx } from '../../upload/xlsx/writeXlsx.ts';
import type { Api } from '../apiEnv.ts';
import { createBodyBudget } from '../body/bodyBudget.ts';
import { fileContentType } from '../body/contentType.ts';
import { readBody } from '../body/readBody.ts';
import { oneOfFew } from '../limits/oneOfFew.ts';
import type { ApiParts } from '../parts.ts';
import { defineRoute } from '../route.ts';
import { refusals } from '../schema/problemSchema.ts';
import { UploadCheckSchema, UploadSchema } from '../schema/uploadSchema.ts';
import { csvAnswer, XLSX_TYPE, xlsxAnswer } from '../spreadsheet.ts';
import { uploadCaller } from '../uploadCaller.ts';
import { feedParam } from './feeds.ts';
import { IdParams, OrgParams } from './params.ts';
import { FileFormat } from './templates.ts';

/** Files that are received at the same time, in bytes as sent. */
const BODY_BUDGET = 64 * 1024 * 1024;

/** The address of one upload. */
export const UploadParams = IdParams.extend({ feed: feedParam });

const file = { schema: { type: 'string' as const, format: 'binary' } };

const open = defineRoute({
  'x-access': 'feed:write',
  method: 'post',
  path: '/organisations/{org}/feeds/{feed}/uploads',
  tags: ['uploads'],
  summary: 'Last opp en liste fra et regneark',
  description:
    'Filen er innholdet i forespørselen: CSV (semikolon, komma eller tabulator) eller XLSX, inntil 20 MB og 25 000 rader. ' +
    'Ingenting sendes før listen er sjekket og sendt. Filen lagres ikke: den glemmes etter 30 minutter uten bruk. ' +
    'Send ikke filnavnet med.',
  request: {
    params: OrgParams.extend({ feed: feedParam }),
    body: {
      required: true,
      content: { 'text/csv': file, [XLSX_TYPE]: file, 'application/octet-stream': file },
    },
  },
  responses: {
    201: {
      description: 'Lest. Se needs for det som må velges først.',
      headers: z.object({ location: z.string() }),
      content: { 'application/json': { schema: UploadSchema } },
    },
    ...refusals({
      400: 'Kan ikke leses, eller tom',
      404: 'Ukjent strøm, eller en strøm uten lister',
      413: 'For stor, eller for mange rader',
      415: 'Innholdstypen støttes ikke',
      422: 'Filen er ikke en liste',
      503: 'For mange samtidige innsendinger',
    }),
  },
});

const GONE = refusals({ 404: 'Opplastingen finnes ikke, eller er glemt' });

const show = defineRoute({
  'x-access': 'feed:write',
  method: 'get',
  path: '/organisations/{org}/feeds/{feed}/uploads/{id}',
  tags: ['uploads'],
  summary: 'En opplastet liste: overskrifter, kolonner og det som må velges',
  request: { params: UploadParams },
  responses: {
    200: { description: 'Opplastingen', content: { 'application/json': { schema: UploadSchema } } },
    ...GONE,
  },
});

const NEEDS = refusals({
  400: 'Listen er tom',
  404: 'Opplastingen finnes ikke, eller er glemt',
  413: 'For mange celler er slått sammen',
  422: 'Noe må velges først, for eksempel en kolonne',
});

const check = defineRoute({
  'x-access': 'feed:write',
  method: 'get',
  path: '/organisations/{org}/feeds/{feed}/uploads/{id}/check',
  middleware: oneOfFew,
  tags: ['uploads'],
  summary: 'Hva som er galt i listen, rad for rad med filens egne radnumre',
  description: 'Det samme som en prøve av radene: ingenting lagres eller sendes.',
  request: { params: UploadParams },
  responses: {
    200: { description: 'Radene', content: { 'application/json': { schema: UploadCheckSchema } } },
    ...NEEDS,
  },
});

const errors = defineRoute({
  'x-access': 'upload:errors',
  method: 'get',
  path: '/organisations/{org}/feeds/{feed}/uploads/{id}/error-file',
  middleware: oneOfFew,
  tags: ['uploads'],
  summary: 'Listen med egne kolonner for hva som er galt og hva som må gjøres',
  description:
    'Radene som ikke er sendt, under filens egne overskrifter. Kolonnene vi legger til, leses ikke når filen lastes opp igjen.',
  request: { params: UploadParams, query: z.object({ format: FileFormat }) },
  responses: {
    200: {
      description: 'Regnearket',
      content: {
        [XLSX_TYPE]: { schema: z.string().openapi({ format: 'binary' }) },
        'text/csv': { schema: z.string() },
      },
    },
    ...NEEDS,
  },
});

export function uploadRoutes(api: Api, parts: Pick<ApiParts, 'uploadsAs'>, uploads: Uploads): void {
  const budget = createBodyBudget(BODY_BUDGET);

  api.openapi(open, async (c) => {
    const { feed } = c.req.valid('param');
    const caller = uploadCaller(c, feed, parts);
    fileContentType(c.req.header('content-type') ?? null);
    const share = budget.open(FILE_LIMITS.bytes);
    try {
      const chunks: Buffer[] = [];
      await readBody(c.req.raw, FILE_LIMITS.bytes, (chunk) => {
        share.use(chunk.length);
        chunks.push(chunk);
      });
      const view = await uploads.open(caller, Buffer.concat(chunks));
      c.get('audit').subjects([]);
      c.get('audit').item(`upload:${view.id}`);
      const location = `/organisations/${caller.organisation.id}/feeds/${feed}/uploads/${view.id}`;
      return c.json(view, 201, { location });
    } finally {
      share.close();
    }
  });
  api.openapi(show, (c) => {
    const { feed, id } = c.req.valid('param');
    c.get('audit').subjects([]);
    return c.json(uploads.show(uploadCaller(c, feed, parts), id), 200);
  });
  api.openapi(check, async (c) => {
    const { feed, id } = c.req.valid('param');
    const { view, met } = await uploads.check(uploadCaller(c, feed, parts), id);
    c.get('audit').subjects(met);
    return c.json(view, 200);
  });
  api.openapi(errors, async (c) => {
    const { feed, id } = c.req.valid('param');
    const { table, met } = await uploads.errors(uploadCaller(c, feed, parts), id);
    c.get('audit').subjects(met);
    const [header = [], ...rows] = table;
    return c.req.valid('query').format === 'csv'
      ? csvAnswer(c, `rettes-${feed}`, csvText(header, rows))
      : xlsxAnswer(c, `rettes-${feed}`, writeXlsx([{ name: 'Rettes', head: 1, rows: table }]));
  });
}
