import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { tryRows } from '../../desk/dryRun/tryRows.ts';
import { openAdapter } from '../../desk/submission/openFeed.ts';
import type { Api, ApiEnv } from '../apiEnv.ts';
import { createBodyBudget } from '../body/bodyBudget.ts';
import { LIMITS } from '../body/limits.ts';
import { withSubmission } from '../body/readSubmission.ts';
import { organisationOfHeader } from '../organisationOf.ts';
import type { ApiParts } from '../parts.ts';
import { defineRoute, prepare } from '../route.ts';
import { DryRunSchema } from '../schema/dryRunSchema.ts';
import { refusals } from '../schema/problemSchema.ts';
import { feedBody, feedParam, organisationHeader } from './feeds.ts';
import { OrgParams } from './params.ts';

/** Every row is answered with what it would do, so an answer is many times its question. */
const MOST_ROWS = 10_000;
const BODY_BUDGET = 64 * 1024 * 1024;

const description =
  'Tar imot det samme som strømmen selv og svarer med hva hver rad ville ført til: tilmelding, status, varsler og ' +
  'forslag med regel og grunn, eller hva som må rettes. Ingenting lagres, ingen blir kjent, og ingenting sendes. ' +
  `Inntil ${MOST_ROWS} rader. Ungdommene omtales bare med radnummer.`;

const responses = {
  200: {
    description: 'Hva radene ville ført til akkurat nå.',
    content: { 'application/json': { schema: DryRunSchema } },
  },
  ...refusals({
    400: 'Kan ikke leses',
    403: 'Strømmen er bare for broen selv',
    404: 'Ukjent organisasjon eller strøm',
    413: 'For stort, eller for mange rader',
    415: 'Innholdstypen eller komprimeringen støttes ikke',
    422: 'Listedokumentet er ufullstendig eller feil',
    503: 'For mange samtidige innsendinger',
  }),
};

const fullRoute = defineRoute({
  'x-access': 'feed:write',
  method: 'post',
  path: '/organisations/{org}/feeds/{feed}/dry-run',
  tags: ['feeds'],
  summary: 'Prøv en innsending uten å sende den',
  description,
  request: { params: OrgParams.extend({ feed: feedParam }), body: feedBody },
  responses,
});

const shortRoute = defineRoute({
  'x-access': 'feed:write',
  method: 'post',
  path: '/feeds/{feed}/dry-run',
  tags: ['feeds'],
  summary: 'Prøv en innsending, når bare én organisasjon går på virkelig tid',
  description,
  request: {
    params: z.object({ feed: feedParam }),
    headers: z.object({ 'x-organisasjon': organisationHeader }),
    body: feedBody,
  },
  responses,
});

export function dryRunRoutes(api: Api, parts: ApiParts): void {
  const budget = createBodyBudget(BODY_BUDGET);

  async function tryOut(c: Context<ApiEnv>, feed: string) {
    const request = c.req.raw;
    const permission = c.get('permission');
    const adapter = openAdapter(parts.adapters, feed);
    const limits = { ...LIMITS, rows: MOST_ROWS };
    return withSubmission({ request, adapter, runId: 'prove', budget, limits }, (submission) =>
      tryRows(parts, c.get('organisation'), adapter, { ...submission, permission }),
    );
  }

  api.openapi(fullRoute, async (c) => {
    const { view, met } = await tryOut(c, c.req.valid('param').feed);
    c.get('audit').subjects(met);
    return c.json(view, 200);
  });
  prepare(api, shortRoute, organisationOfHeader(parts.organisations));
  api.openapi(shortRoute, async (c) => {
    const { view, met } = await tryOut(c, c.req.valid('param').feed);
    c.get('audit').subjects(met);
    return c.json(view, 200);
  });
}
