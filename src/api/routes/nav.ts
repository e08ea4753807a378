import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { NavParts } from '../../desk/nav/agreements.ts';
import {
  askForList,
  fetchFile,
  fetchRows,
  fetchWithdrawals,
  manifestOf,
  manifests,
} from '../../desk/nav/batches.ts';
import { deliveriesOf } from '../../desk/nav/deliveries.ts';
import { PAIRWISE } from '../../store/pairwise.ts';
import type { Api, ApiEnv } from '../apiEnv.ts';
import { smallBody } from '../body/smallBody.ts';
import { deskFor } from '../deskFor.ts';
import type { ApiParts } from '../parts.ts';
import { defineRoute } from '../route.ts';
import {
  MonthText,
  NavBatchListSchema,
  NavBatchSchema,
  NavDeliveryListSchema,
  NavRowsSchema,
  NavWithdrawalsSchema,
} from '../schema/navSchema.ts';
import { refusals } from '../schema/problemSchema.ts';
import { wholeNumberOr } from '../schema/wholeNumber.ts';
import { csvAnswer, JSON_LINES_TYPE, jsonLinesAnswer, wantedFile } from '../spreadsheet.ts';
import { BatchText, OrgParams } from './params.ts';

const json = <Schema extends z.ZodType>(schema: Schema) => ({ 'application/json': { schema } });
const acting = { 400: 'Ugyldig forespørsel', 413: 'For stort', 415: 'Ikke JSON' };
const BatchParams = OrgParams.extend({
  batch: BatchText.openapi({ param: { name: 'batch', in: 'path' } }),
});
/** Rows of a page at most. */
const MOST = 1_000;
const PageQuery = z.object({
  after: z
    .string()
    .regex(PAIRWISE)
    .optional()
    .openapi({ description: 'Den siste matchId-en på siden før (next).' }),
  limit: wholeNumberOr(MOST, 1, MOST),
});

const extract = defineRoute({
  'x-access': 'nav:act',
  method: 'post',
  path: '/organisations/{org}/nav/extracts',
  tags: ['nav'],
  summary: 'Lag månedens liste til NAV; samme måned igjen er samme liste',
  middleware: smallBody,
  request: {
    params: OrgParams,
    body: { required: true, content: json(z.strictObject({ month: MonthText }).openapi('NavExtract')) },
  },
  responses: {
    200: { description: 'Listen, ferdig eller under arbeid', content: json(NavBatchSchema) },
    ...refusals({ ...acting, 404: 'Ukjent organisasjon', 409: 'Ingen avtale gjelder' }),
  },
});
const batches = defineRoute({
  'x-access': 'nav:read',
  method: 'get',
  path: '/organisations/{org}/nav/batches',
  tags: ['nav'],
  summary: 'Listene til NAV, nyeste først, bare med antall',
  request: { params: OrgParams },
  responses: {
    200: { description: 'Listene', content: json(NavBatchListSchema) },
    ...refusals({ 404: 'Ukjent organisasjon' }),
  },
});
const batch = defineRoute({
  'x-access': 'nav:read',
  method: 'get',
  path: '/organisations/{org}/nav/batches/{batch}',
  tags: ['nav'],
  summary: 'Følgebrevet til en liste: antall og kontrollsum',
  request: { params: BatchParams },
  responses: {
    200: { description: 'Følgebrevet', content: json(NavBatchSchema) },
    ...refusals({ 400: 'Ugyldig liste', 404: 'Ukjent liste' }),
  },
});
const deliveries = defineRoute({
  'x-access': 'nav:read',
  method: 'get',
  path: '/organisations/{org}/nav/deliveries',
  tags: ['nav'],
  summary:
    'Leveransene fra NAV, nyeste først: hva som er blitt av hver, hvorfor en er holdt tilbake, og hva som må gjøres',
  description:
    'Også leveranser til en måned uten liste. incident: svar om personer NAV ikke er spurt om. Driften, lederen, personvernombudet og NAV ser det samme: antall, og aldri en person eller et svar.',
  request: { params: OrgParams },
  responses: {
    200: { description: 'Leveransene', content: json(NavDeliveryListSchema) },
    ...refusals({ 404: 'Ukjent organisasjon' }),
  },
});
const fetching = refusals({
  400: 'Ugyldig side',
  404: 'Ukjent liste, eller ikke ferdig',
  409: 'Ingen avtale gjelder',
});
const rows = defineRoute({
  'x-access': 'nav:fetch',
  method: 'get',
  path: '/organisations/{org}/nav/batches/{batch}/rows',
  tags: ['nav'],
  summary: 'Radene i en liste, med fødselsnummer; hver rad vurderes på nytt og er en utlevering',
  description:
    'Med Accept: text/csv (regneark med semikolon) eller application/x-ndjson (en linje JSON for hver rad) kommer alle ' +
    'radene fra og med siden, som en fil. Er ingen rad trukket tilbake, har filen kontrollsummen i følgebrevet.',
  request: { params: BatchParams, query: PageQuery },
  responses: {
    200: {
      description: 'En side, eller filen',
      content: {
        ...json(NavRowsSchema),
        'text/csv': { schema: z.string() },
        [JSON_LINES_TYPE]: { schema: z.string() },
      },
    },
    ...fetching,
  },
});
const withdrawals = defineRoute({
  'x-access': 'nav:fetch',
  method: 'get',
  path: '/organisations/{org}/nav/batches/{batch}/withdrawals',
  tags: ['nav'],
  summary: 'Radene i en liste som NAV ikke lenger kan bruke: bare matchId',
  request: { params: BatchParams, query: PageQuery },
  responses: { 200: { description: 'En side', content: json(NavWithdrawalsSchema) }, ...fetching },
});

export function navRoutes(api: Api, parts: ApiParts): void {
  const desk = (c: Context<ApiEnv>): NavParts => ({
    ...deskFor(c, parts),
    nav: parts.navAs(c.get('permission')),
  });
  const noOne = (c: Context<ApiEnv>) => c.get('audit').subjects([]);
  api.openapi(extract, async (c) => {
    const asked = { month: c.req.valid('json').month, by: c.get('principal').name };
    const made = await askForList(desk(c), c.get('organisation'), asked);
    noOne(c);
    return c.json(made, 200);
  });
  api.openapi(batches, async (c) => {
    const found = await manifests(desk(c), c.get('organisation'));
    noOne(c);
    return c.json({ batches: found }, 200);
  });
  api.openapi(batch, async (c) => {
    const found = await manifestOf(desk(c), c.get('organisation'), c.req.valid('param').batch);
    noOne(c);
    return c.json(found, 200);
  });
  api.openapi(deliveries, async (c) => {
    const found = await deliveriesOf(desk(c), c.get('organisation'));
    noOne(c);
    return c.json({ deliveries: found }, 200);
  });
  api.openapi(rows, async (c) => {
    c.get('audit').purpose('NAV_UTVEKSLING');
    const { batch: id } = c.req.valid('param');
    const asked = { batch: id, ...pageOf(c.req.valid('query')) };
    const form = wantedFile(c);
    if (form === undefined) {
      const { refs, ...page } = await fetchRows(desk(c), c.get('organisation'), c.get('principal'), asked);
      c.get('audit').subjects(refs);
      return c.json(page, 200);
    }
    const whole = { ...asked, limit: MOST, form };
    const { content, refs } = await fetchFile(desk(c), c.get('organisation'), c.get('principal'), whole);
    c.get('audit').subjects(refs);
    return form === 'csv' ? csvAnswer(c, id, content) : jsonLinesAnswer(c, id, content);
  });
  api.openapi(withdrawals, async (c) => {
    const page = await fetchWithdrawals(desk(c), c.get('organisation'), c.get('principal'), {
      batch: c.req.valid('param').batch,
      ...pageOf(c.req.valid('query')),
    });
    noOne(c);
    return c.json(page, 200);
  });
}

function pageOf({ after = '', limit }: { after?: string | undefined; limit: number }) {
  return { after, limit };
}
