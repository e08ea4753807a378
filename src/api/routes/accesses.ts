import type { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { parseInstant } from '../../core/time/date.ts';
import {
  type AccessWanted,
  accessesOf,
  approveAccess,
  proposeAccess,
  revokeAccess,
  turnDownAccess,
} from '../../desk/access/accesses.ts';
import type { Api, ApiEnv } from '../apiEnv.ts';
import { smallBody } from '../body/smallBody.ts';
import type { ApiParts } from '../parts.ts';
import { defineRoute } from '../route.ts';
import {
  AccessActedSchema,
  AccessListSchema,
  WantedGrantSchema,
  WantedRoleSchema,
} from '../schema/accessSchema.ts';
import { refusals } from '../schema/problemSchema.ts';
import { IdParams, Moment, OrgParams } from './params.ts';
import { ReasonBody, ReasonText } from './reason.ts';

const period = {
  reason: ReasonText,
  from: Moment.optional().openapi({ description: 'Fra nå når den ikke er satt.' }),
  to: Moment.nullable().default(null).openapi({ description: 'Til den trekkes tilbake når den er null.' }),
};
const GrantBody = WantedGrantSchema.extend(period).openapi('ProposeGrant');
const RoleBody = WantedRoleSchema.extend(period).openapi('ProposeRole');

const list = defineRoute({
  'x-access': 'access:read',
  method: 'get',
  path: '/organisations/{org}/access',
  tags: ['access'],
  summary: 'Hvem som har hvilken tilgang, hvorfor og fra når; og forslag som venter',
  request: { params: OrgParams },
  responses: {
    200: {
      description: 'Tilgangene, også de som er trukket tilbake',
      content: { 'application/json': { schema: AccessListSchema } },
    },
    ...refusals({ 404: 'Ukjent organisasjon' }),
  },
});

const acted = {
  200: {
    description: 'Hva som er gjort, og hvem som eventuelt må gjøre noe til',
    content: { 'application/json': { schema: AccessActedSchema } },
  },
  ...refusals({
    400: 'Ugyldig forespørsel',
    404: 'Ukjent tilgang eller forslag',
    409: 'En annen må gjøre det',
    413: 'For stort',
    415: 'Ikke JSON',
  }),
};
const body = <Schema extends z.ZodType>(schema: Schema) => ({
  required: true,
  content: { 'application/json': { schema } },
});
const common = { method: 'post' as const, tags: ['access'], middleware: smallBody, responses: acted };

const proposeGrant = defineRoute({
  'x-access': 'access:propose',
  ...common,
  path: '/organisations/{org}/access/grants',
  summary: 'Foreslå at et organisasjonsnummer får bruke et scope',
  request: { params: OrgParams, body: body(GrantBody) },
});
const proposeRole = defineRoute({
  'x-access': 'access:propose',
  ...common,
  path: '/organisations/{org}/access/roles',
  summary: 'Foreslå at en person, de som representerer et organisasjonsnummer, eller en gruppe får en rolle',
  request: { params: OrgParams, body: body(RoleBody) },
});
const approve = defineRoute({
  'x-access': 'access:act',
  ...common,
  path: '/organisations/{org}/access/{id}/approve',
  summary: 'Gi en foreslått tilgang; viser den personer, må også personvernombudet godkjenne den',
  request: { params: IdParams, body: body(ReasonBody) },
});
const turnDown = defineRoute({
  'x-access': 'access:act',
  ...common,
  path: '/organisations/{org}/access/{id}/turn-down',
  summary: 'Avslå en foreslått tilgang',
  request: { params: IdParams, body: body(ReasonBody) },
});
const revoke = defineRoute({
  'x-access': 'access:act',
  ...common,
  path: '/organisations/{org}/access/{id}/revoke',
  summary: 'Trekk tilbake en tilgang; den er borte innen ett minutt',
  request: { params: IdParams, body: body(ReasonBody) },
});

export function accessRoutes(
  api: Api,
  parts: Pick<ApiParts, 'accessRecords' | 'now' | 'newId' | 'log'>,
): void {
  api.openapi(list, async (c) => {
    const { grants, roles, proposals } = await accessesOf(parts, c.get('organisation'));
    // Keys distinguish persons; they are not shown.
    const shown = proposals.map(({ proposedKey: _proposed, grantedKey: _granted, ...each }) => each);
    c.get('audit').subjects([]);
    return c.json({ grants, roles, proposals: shown }, 200);
  });
  api.openapi(proposeGrant, async (c) => {
    const { reason, from, to, ...wanted } = c.req.valid('json');
    const asked = { wanted: { kind: 'grant' as const, ...wanted }, reason, ...periodOf({ from, to }) };
    const proposed = await proposeAccess(parts, c.get('organisation'), actorOf(c), asked);
    noteAccess(c, proposed.id);
    return c.json(proposed, 200);
  });
  api.openapi(proposeRole, async (c) => {
    const { reason, from, to, ...wanted } = c.req.valid('json');
    const asked = { wanted: { kind: 'role' as const, ...wanted }, reason, ...periodOf({ from, to }) };
    const proposed = await proposeAccess(parts, c.get('organisation'), actorOf(c), asked);
    noteAccess(c, proposed.id);
    return c.json(proposed, 200);
  });
  api.openapi(approve, async (c) => {
    const { id } = c.req.valid('param');
    const approved = await approveAccess(parts, c.get('organisation'), actorOf(c), id);
    noteAccess(c, id);
    return c.json(approved, 200);
  });
  api.openapi(turnDown, async (c) => {
    const { id } = c.req.valid('param');
    const turnedDown = await turnDownAccess(parts, c.get('organisation'), id);
    noteAccess(c, id);
    return c.json(turnedDown, 200);
  });
  api.openapi(revoke, async (c) => {
    const { id } = c.req.valid('param');
    const { reason } = c.req.valid('json');
    const revoked = await revokeAccess(parts, c.get('organisation'), actorOf(c), { id, reason });
    noteAccess(c, id);
    return c.json(revoked, 200);
  });
}

/** Of no youth: an act on an access, named by its id. */
function noteAccess(c: Context<ApiEnv>, id: string): void {
  c.get('audit').subjects([]);
  c.get('audit').item(`access:${id}`);
}

function actorOf(c: Context<ApiEnv>) {
  return { principal: c.get('principal'), permission: c.get('permission') };
}

/** Moments as they are kept: in UTC, with milliseconds. */
function periodOf({
  from,
  to,
}: {
  from?: string | undefined;
  to: string | null;
}): Pick<AccessWanted, 'from' | 'to'> {
  return {
    from: from === undefined ? undefined : parseInstant(from),
    to: to === null ? null : (parseInstant(to) ?? null),
  };
}
