import type { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import {
  agreementsOf,
  approveAgreement,
  type NavParts,
  proposalsOf,
  registerAgreement,
  revokeAgreement,
  turnDownAgreement,
} from '../../desk/nav/agreements.ts';
import type { Api, ApiEnv } from '../apiEnv.ts';
import { smallBody } from '../body/smallBody.ts';
import { deskAs, deskFor } from '../deskFor.ts';
import type { ApiParts } from '../parts.ts';
import { defineRoute } from '../route.ts';
import { AgreementActedSchema, AgreementBody, AgreementListSchema } from '../schema/navSchema.ts';
import { refusals } from '../schema/problemSchema.ts';
import { IdParams, OrgParams } from './params.ts';
import { ReasonBody } from './reason.ts';

const json = <Schema extends z.ZodType>(schema: Schema) => ({ 'application/json': { schema } });
const acting = { 400: 'Ugyldig forespørsel', 413: 'For stort', 415: 'Ikke JSON' };
const acted = {
  description: 'Hva som er gjort, og hvem som eventuelt må gjøre noe til',
  content: json(AgreementActedSchema),
};

const agreements = defineRoute({
  'x-access': 'nav:read',
  method: 'get',
  path: '/organisations/{org}/nav/agreements',
  tags: ['nav'],
  summary: 'Avtalene med NAV, også de som er trukket tilbake, og de som venter på en person til',
  request: { params: OrgParams },
  responses: {
    200: { description: 'Avtalene', content: json(AgreementListSchema) },
    ...refusals({ 404: 'Ukjent organisasjon' }),
  },
});
const register = defineRoute({
  'x-access': 'agreement:act',
  method: 'post',
  path: '/organisations/{org}/nav/agreements',
  tags: ['nav'],
  summary:
    'Registrer en avtale med NAV: den gjelder når en annen har godkjent den, én av de to er personvernombudet',
  middleware: smallBody,
  request: { params: OrgParams, body: { required: true, content: json(AgreementBody) } },
  responses: { 200: acted, ...refusals({ ...acting, 404: 'Ukjent organisasjon' }) },
});
const approve = defineRoute({
  'x-access': 'agreement:act',
  method: 'post',
  path: '/organisations/{org}/nav/agreements/{id}/approve',
  tags: ['nav'],
  summary: 'Godkjenn en avtale som venter, som en annen enn den som registrerte den',
  request: { params: IdParams },
  responses: { 200: acted, ...refusals({ 404: 'Ukjent avtale', 409: 'En annen må gjøre det' }) },
});
const turnDown = defineRoute({
  'x-access': 'agreement:act',
  method: 'post',
  path: '/organisations/{org}/nav/agreements/{id}/turn-down',
  tags: ['nav'],
  summary: 'Avslå en avtale som venter, eller ta den tilbake',
  request: { params: IdParams },
  responses: { 200: acted, ...refusals({ 404: 'Ukjent avtale' }) },
});
const revoke = defineRoute({
  'x-access': 'agreement:act',
  method: 'post',
  path: '/organisations/{org}/nav/agreements/{id}/revoke',
  tags: ['nav'],
  summary: 'Trekk tilbake en avtale: fra nå spørres det ikke, og svar holdes tilbake',
  middleware: smallBody,
  request: { params: IdParams, body: { required: true, content: json(ReasonBody) } },
  responses: { 200: acted, ...refusals({ ...acting, 404: 'Ukjent avtale' }) },
});

export function agreementRoutes(api: Api, parts: ApiParts): void {
  const desk = (c: Context<ApiEnv>): NavParts => ({
    ...deskFor(c, parts),
    nav: parts.navAs(c.get('permission')),
  });
  const actor = (c: Context<ApiEnv>) => ({ principal: c.get('principal'), permission: c.get('permission') });
  api.openapi(agreements, async (c) => {
    const organisation = c.get('organisation');
    const known = await agreementsOf(desk(c), organisation);
    // What waits is the county's own, and not NAV's yet.
    const waiting = deskAs(c, parts, 'access:read') === null ? [] : await proposalsOf(desk(c), organisation);
    c.get('audit').subjects([]);
    return c.json(
      {
        agreements: known.map(({ org: _org, ...each }) => each),
        proposals: waiting.map(({ org: _org, wanted, ...each }) => ({ ...wanted, ...each })),
      },
      200,
    );
  });
  api.openapi(register, async (c) => {
    const done = await registerAgreement(desk(c), c.get('organisation'), actor(c), c.req.valid('json'));
    note(c, done.id);
    return c.json(done, 200);
  });
  api.openapi(approve, async (c) => {
    const { id } = c.req.valid('param');
    const done = await approveAgreement(desk(c), c.get('organisation'), actor(c), id);
    note(c, id);
    return c.json(done, 200);
  });
  api.openapi(turnDown, async (c) => {
    const { id } = c.req.valid('param');
    const done = await turnDownAgreement(desk(c), c.get('organisation'), id);
    note(c, id);
    return c.json(done, 200);
  });
  api.openapi(revoke, async (c) => {
    const { id } = c.req.valid('param');
    const asked = { id, reason: c.req.valid('json').reason };
    const done = await revokeAgreement(desk(c), c.get('organisation'), c.get('principal').name, asked);
    note(c, id);
    return c.json(done, 200);
  });
}

/** Of no youth: an act on an agreement, named by its id. */
function note(c: Context<ApiEnv>, id: string): void {
  c.get('audit').subjects([]);
  c.get('audit').item(`agreement:${id}`);
}
