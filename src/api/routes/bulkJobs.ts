import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Language } from '../../core/language.ts';
import { bulkNamed, bulkPage, makeBulk, moveBulk, newcomers, previewBulk } from '../../desk/bulk/bulk.ts';
import {
  bulkJobView,
  MISSED_COLUMNS,
  type MissedView,
  missedCells,
  missedPage,
} from '../../desk/bulk/bulkView.ts';
import { csvText } from '../../reports/csv.ts';
import type { BulkJob } from '../../store/bulkPort.ts';
import { judgedIn } from '../../text/nynorsk.ts';
import type { Api, ApiEnv } from '../apiEnv.ts';
import { smallBody } from '../body/smallBody.ts';
import { deskFor } from '../deskFor.ts';
import { oneOfFew } from '../limits/oneOfFew.ts';
import { cursorText } from '../pageQuery.ts';
import type { ApiParts } from '../parts.ts';
import { defineRoute } from '../route.ts';
import {
  BulkAskedSchema,
  BulkJobSchema,
  BulkJobsSchema,
  BulkPreviewSchema,
  MissedSchema,
  NewBulkSchema,
  NewcomersSchema,
} from '../schema/bulkSchema.ts';
import { refusals } from '../schema/problemSchema.ts';
import { wholeNumberOr } from '../schema/wholeNumber.ts';
import { csvAnswer, wantsCsv } from '../spreadsheet.ts';
import { IdParams, Limit, OrgParams } from './params.ts';

const AT = '/organisations/{org}/bulk-jobs';
const tags = ['bulk-jobs'];
const answer = <Schema extends z.ZodType>(description: string, schema: Schema) => ({
  description,
  content: { 'application/json': { schema } },
});
const json = <Schema extends z.ZodType>(schema: Schema) => ({
  required: true,
  content: { 'application/json': { schema } },
});
const unread = { 400: 'Ugyldig innhold', 413: 'For stort', 415: 'Ikke JSON' };
const AfterNumber = wholeNumberOr(0, 0, 10_000_000).openapi({ description: '`next` fra siden før.' });

const preview = defineRoute({
  'x-access': 'bulk:read',
  method: 'post',
  path: `${AT}/preview`,
  tags,
  summary: 'Hvem det gjelder, og hva som følger, før noe gjøres',
  description:
    'Teller nøyaktig, viser ti, og prøver handlingen med reglene på de første. Lagrer og sender ingenting.',
  middleware: [smallBody, oneOfFew],
  request: { params: OrgParams, body: json(BulkAskedSchema) },
  responses: {
    200: answer('Utvalget', BulkPreviewSchema),
    ...refusals({ ...unread, 404: 'Ukjent organisasjon' }),
  },
});

const make = defineRoute({
  'x-access': 'bulk:act',
  method: 'post',
  path: AT,
  tags,
  summary: 'Lag en jobb: den venter på start',
  middleware: [smallBody, oneOfFew],
  request: { params: OrgParams, body: json(NewBulkSchema) },
  responses: {
    201: answer('Jobben', BulkJobSchema),
    ...refusals({
      ...unread,
      404: 'Ukjent organisasjon',
      409: 'Ingen det kan gjøres for, eller listen er ikke hel ennå',
    }),
  },
});

const list = defineRoute({
  'x-access': 'bulk:read',
  method: 'get',
  path: AT,
  tags,
  summary: 'Jobbene, de nyeste først',
  request: {
    params: OrgParams,
    query: z.object({
      limit: Limit,
      after: cursorText(200).optional().openapi({ description: '`next` fra siden før.' }),
    }),
  },
  responses: {
    200: answer('Jobbene', BulkJobsSchema),
    ...refusals({ 400: 'Ugyldig side', 404: 'Ukjent organisasjon' }),
  },
});

const one = defineRoute({
  'x-access': 'bulk:read',
  method: 'get',
  path: `${AT}/{id}`,
  tags,
  summary: 'En jobb, og hvor langt den er kommet',
  request: { params: IdParams },
  responses: { 200: answer('Jobben', BulkJobSchema), ...refusals({ 404: 'Ukjent jobb' }) },
});

const missed = {
  'x-access': 'bulk:read' as const,
  ...{ method: 'get' as const, tags },
  request: { params: IdParams, query: z.object({ after: AfterNumber, limit: Limit }) },
  responses: {
    200: {
      description: 'Ungdommene; et regneark (text/csv) har alle',
      content: { 'application/json': { schema: MissedSchema }, 'text/csv': { schema: z.string() } },
    },
    ...refusals({ 400: 'Ugyldig side', 404: 'Ukjent jobb' }),
  },
};
const failures = defineRoute({
  ...missed,
  path: `${AT}/{id}/failures`,
  summary: 'Alle det ikke gikk for, hvorfor, og hva du gjør',
});
const leftOut = defineRoute({
  ...missed,
  path: `${AT}/{id}/left-out`,
  summary: 'Alle i utvalget som ikke er med, og hvorfor',
});

const came = defineRoute({
  'x-access': 'bulk:read',
  method: 'get',
  path: `${AT}/{id}/newcomers`,
  tags,
  summary: 'Hvem som er kommet inn i utvalget siden, og ikke er med',
  middleware: oneOfFew,
  request: { params: IdParams, query: z.object({ after: AfterNumber, limit: Limit }) },
  responses: {
    200: answer('Referansene', NewcomersSchema),
    ...refusals({ 400: 'Ugyldig side', 404: 'Ukjent jobb' }),
  },
});

const moving = {
  'x-access': 'bulk:act' as const,
  ...{ method: 'post' as const, tags, request: { params: IdParams } },
  responses: {
    200: answer('Jobben', BulkJobSchema),
    ...refusals({ 404: 'Ukjent jobb', 409: 'Jobben er ferdig' }),
  },
};
const start = defineRoute({ ...moving, path: `${AT}/{id}/start`, summary: 'Begynn, eller fortsett' });
const stop = defineRoute({
  ...moving,
  path: `${AT}/{id}/stop`,
  summary: 'Stopp: det som er sendt, får virkning; resten venter til du fortsetter',
});

export function bulkJobRoutes(api: Api, parts: ApiParts): void {
  const reading = (c: Context<ApiEnv>) => parts.bulkAs(c.get('permission'));
  const named = (c: Context<ApiEnv>, id: string) => bulkNamed(reading(c), c.get('organisation'), id);

  api.openapi(preview, async (c) => {
    const asked = { ...c.req.valid('json'), principal: c.get('principal') };
    const shown = await previewBulk(deskFor(c, parts), c.get('organisation'), asked);
    c.get('audit').subjects(shown.sample.map(({ ref }) => ref));
    c.get('audit').item(`worklist:${asked.filter.list} youths:${shown.youths}`);
    return c.json(shown, 200);
  });
  api.openapi(make, async (c) => {
    const { youths, ...asked } = c.req.valid('json');
    const whole = { ...asked, shown: youths, principal: c.get('principal') };
    const job = await makeBulk(deskFor(c, parts), c.get('organisation'), whole);
    c.get('audit').subjects([]);
    noteBulk(c, job);
    return c.json(job, 201);
  });
  api.openapi(list, async (c) => {
    c.get('audit').subjects([]);
    const { after, limit } = c.req.valid('query');
    return c.json(await bulkPage(reading(c), c.get('organisation'), { after: after ?? null, limit }), 200);
  });
  api.openapi(one, async (c) => {
    c.get('audit').subjects([]);
    return c.json(bulkJobView(await named(c, c.req.valid('param').id)), 200);
  });
  for (const [route, state] of [
    [failures, 'failed'],
    [leftOut, 'left'],
  ] as const)
    api.openapi(route, async (c) => {
      const job = await named(c, c.req.valid('param').id);
      if (wantsCsv(c)) return missedCsv(c, parts, { job, state });
      const page = await missedPage(reading(c), job, { state, ...c.req.valid('query') });
      c.get('audit').subjects(page.youths.map(({ ref }) => ref));
      return c.json(page, 200);
    });
  api.openapi(came, async (c) => {
    const { after, limit } = c.req.valid('query');
    const job = await named(c, c.req.valid('param').id);
    const all = await newcomers({ ...deskFor(c, parts), bulk: reading(c) }, c.get('organisation'), job);
    const refs = all.slice(after, after + limit);
    c.get('audit').subjects(refs);
    return c.json({ count: all.length, refs, next: after + limit < all.length ? after + limit : null }, 200);
  });
  for (const [route, to] of [
    [start, 'running'],
    [stop, 'paused'],
  ] as const)
    api.openapi(route, async (c) => {
      const { job, waiting } = await moveBulk(parts, c.get('organisation'), {
        id: c.req.valid('param').id,
        to,
      });
      // Whom it is to reach; at a stop, whom it does not.
      c.get('audit').subjects(to === 'running' ? waiting : []);
      noteBulk(c, job);
      return c.json(job, 200);
    });
}

/** The act is one entry, with how many and why; what it does to each is in the events. */
export function noteBulk(
  c: Context<ApiEnv>,
  { id, youths, reason }: { id: string; youths: number; reason: string },
): void {
  c.get('audit').item(`bulk-job:${id} youths:${youths}`);
  c.get('audit').purpose(reason);
}

/** All of them, as a table for a spreadsheet. */
export async function missedCsv(
  c: Context<ApiEnv>,
  parts: Pick<ApiParts, 'bulkAs'>,
  { job, state, language = 'nb' }: { job: BulkJob; state: 'failed' | 'left'; language?: Language },
) {
  const bulk = parts.bulkAs(c.get('permission'));
  const youths: MissedView[] = [];
  for (let after: number | null = 0; after !== null; ) {
    const page: Awaited<ReturnType<typeof missedPage>> = await missedPage(bulk, job, {
      ...{ state, after, limit: 5_000 },
    });
    youths.push(...page.youths);
    after = page.next;
  }
  c.get('audit').subjects(youths.map(({ ref }) => ref));
  const table = [[...MISSED_COLUMNS], ...youths.map(missedCells)];
  const [head = [], ...rows] = judgedIn(language, table, MISSED_COLUMNS.length - 1);
  return csvAnswer(c, `samlet-${state === 'failed' ? 'gikk-ikke' : 'ikke-med'}`, csvText(head, rows));
}
