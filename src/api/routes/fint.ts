import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { senderOf } from '../../core/access/principal.ts';
import {
  type FintNames,
  type FintParts,
  fintSummary,
  otEnhetNamed,
  otEnhetPage,
  otStatusNamed,
  otStatusPage,
  otUngdomNamed,
  otUngdomPage,
  reachedFint,
} from '../../desk/fint/fint.ts';
import type { Api, ApiEnv } from '../apiEnv.ts';
import { deskFor } from '../deskFor.ts';
import { fintAddress, fintPage, tagged } from '../fintAnswer.ts';
import type { ApiParts } from '../parts.ts';
import { defineRoute } from '../route.ts';
import { fintPageSchema, OtEnhetSchema, OtStatusSchema, OtUngdomSchema } from '../schema/fintSchema.ts';
import { refusals } from '../schema/problemSchema.ts';
import { wholeNumber, wholeNumberOr } from '../schema/wholeNumber.ts';
import { OrgParams } from './params.ts';

const MOST = 5_000;
const PageQuery = z.object({
  size: wholeNumber(0, MOST)
    .optional()
    .openapi({ description: `Antall på en side; uten, eller 0: alt, høyst ${MOST}.` }),
  offset: wholeNumberOr(0, 0, Number.MAX_SAFE_INTEGER),
  sinceTimeStamp: wholeNumberOr(0, 0, Number.MAX_SAFE_INTEGER).openapi({
    description:
      'Millisekunder siden 1970: bare det som er endret da eller senere. Det som er borte, kommer ikke.',
  }),
});
const NotModified = { 304: { description: 'Uendret siden svaret med den ETag-en' } };

function listRoute<P extends string, T extends z.ZodType>(path: P, summary: string, schema: T) {
  return defineRoute({
    'x-access': 'fint:read',
    method: 'get',
    path: `/organisations/{org}/fint/utdanning/${path}`,
    tags: ['fint'],
    summary,
    request: { params: OrgParams, query: PageQuery },
    responses: {
      200: { description: 'En side', content: { 'application/json': { schema: fintPageSchema(schema) } } },
      ...NotModified,
      ...refusals({ 400: 'Ugyldig side', 404: 'Ukjent organisasjon' }),
    },
  });
}

function oneRoute<P extends string, T extends z.ZodType>(path: P, summary: string, schema: T) {
  return defineRoute({
    'x-access': 'fint:read',
    method: 'get',
    path: `/organisations/{org}/fint/utdanning/${path}/systemid/{id}`,
    tags: ['fint'],
    summary,
    request: {
      params: OrgParams.extend({
        id: z
          .string()
          .max(100)
          .openapi({ param: { name: 'id', in: 'path' } }),
      }),
    },
    responses: {
      200: { description: 'Ressursen', content: { 'application/json': { schema } } },
      ...NotModified,
      ...refusals({ 404: 'Finnes ikke' }),
    },
  });
}

function figureRoute<P extends string, T extends z.ZodType>(path: P, summary: string, schema: T) {
  return defineRoute({
    'x-access': 'fint:read',
    method: 'get',
    path: `/organisations/{org}/fint/utdanning/${path}`,
    tags: ['fint'],
    summary,
    request: { params: OrgParams },
    responses: {
      200: { description: 'Tallet', content: { 'application/json': { schema } } },
      ...refusals({ 404: 'Ukjent organisasjon' }),
    },
  });
}

const youths = listRoute('ot/otungdom', 'Ungdommene i FINTs form: OtUngdom', OtUngdomSchema);
const youth = oneRoute('ot/otungdom', 'En ungdom i FINTs form', OtUngdomSchema);
const updated = figureRoute(
  'ot/otungdom/last-updated',
  'Når noe sist ble endret, i millisekunder siden 1970',
  z.object({ lastUpdated: z.string() }),
);
const size = figureRoute(
  'ot/otungdom/cache/size',
  'Hvor mange ungdommer det er',
  z.object({ size: z.number().int() }),
);
const statuses = listRoute('kodeverk/otstatus', 'Statuskodene i FINTs form: OtStatus', OtStatusSchema);
const status = oneRoute('kodeverk/otstatus', 'En statuskode i FINTs form', OtStatusSchema);
const units = listRoute('kodeverk/otenhet', 'OT-enhetene i FINTs form: OtEnhet', OtEnhetSchema);
const unit = oneRoute('kodeverk/otenhet', 'En OT-enhet i FINTs form', OtEnhetSchema);
const full = defineRoute({
  'x-access': 'lane:act',
  method: 'post',
  path: '/organisations/{org}/fint/full',
  tags: ['fint'],
  summary: 'Be om at hele FINT-emnet sendes på nytt',
  request: { params: OrgParams },
  responses: {
    202: {
      description: 'Bedt om; prosessen som sender, begynner innen noen sekunder',
      content: { 'application/json': { schema: z.object({ wanted: z.literal(true) }) } },
    },
    ...refusals({ 404: 'Ukjent organisasjon' }),
  },
});

export function fintRoutes(api: Api, parts: ApiParts): void {
  // By the caller's own form alone: a FINT client keeps `systemId`, and two that join theirs find no youth in common.
  const namesFor = (c: Context<ApiEnv>): FintNames => {
    const pairwise = parts.vault.pairwise(c.get('organisation').id, senderOf(c.get('principal')));
    return { nameOf: pairwise.of, refOf: pairwise.refOf };
  };
  const desk = (c: Context<ApiEnv>): FintParts => {
    const permission = c.get('permission');
    const { projection, readAs } = parts.fint;
    return {
      ...deskFor(c, parts),
      fint: { projection, reading: reachedFint(readAs(permission), permission) },
    };
  };
  const here = (c: Context<ApiEnv>) => {
    const { origin, pathname } = new URL(c.req.url);
    return `${parts.fences.own.origins[0] ?? origin}${pathname}`;
  };
  const pageOf = (query: z.output<typeof PageQuery>) => ({
    size: query.size || MOST,
    offset: query.offset,
    since: query.sinceTimeStamp,
  });
  api.openapi(youths, async (c) => {
    const page = pageOf(c.req.valid('query'));
    const naming = { names: namesFor(c), to: fintAddress(c, parts) };
    const found = await otUngdomPage(desk(c), c.get('organisation'), page, naming);
    c.get('audit').subjects(found.refs);
    return tagged(c, fintPage(found, page, here(c)));
  });
  api.openapi(updated, async (c) => {
    const { lastModified } = await fintSummary(desk(c), c.get('organisation'));
    c.get('audit').subjects([]);
    return c.json({ lastUpdated: String(lastModified) }, 200);
  });
  api.openapi(size, async (c) => {
    const { total } = await fintSummary(desk(c), c.get('organisation'));
    c.get('audit').subjects([]);
    return c.json({ size: total }, 200);
  });
  api.openapi(youth, async (c) => {
    const naming = { names: namesFor(c), to: fintAddress(c, parts) };
    const { id } = c.req.valid('param');
    const { resource, ref } = await otUngdomNamed(desk(c), c.get('organisation'), id, naming);
    c.get('audit').subjects([ref]);
    return tagged(c, resource);
  });
  api.openapi(statuses, (c) => {
    const page = pageOf(c.req.valid('query'));
    c.get('audit').subjects([]);
    return tagged(c, fintPage(otStatusPage(page, fintAddress(c, parts)), page, here(c)));
  });
  api.openapi(status, (c) => {
    const found = otStatusNamed(c.req.valid('param').id, fintAddress(c, parts));
    c.get('audit').subjects([]);
    return tagged(c, found);
  });
  api.openapi(units, async (c) => {
    const page = pageOf(c.req.valid('query'));
    const found = await otEnhetPage(desk(c), c.get('organisation'), page, fintAddress(c, parts));
    c.get('audit').subjects([]);
    return tagged(c, fintPage(found, page, here(c)));
  });
  api.openapi(unit, async (c) => {
    const { id } = c.req.valid('param');
    const found = await otEnhetNamed(desk(c), c.get('organisation'), id, fintAddress(c, parts));
    c.get('audit').subjects([]);
    return tagged(c, found);
  });
  api.openapi(full, async (c) => {
    await parts.fint.projection.wantFullFint(c.get('organisation').id);
    c.get('audit').subjects([]);
    return c.json({ wanted: true as const }, 202);
  });
}
