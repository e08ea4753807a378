import { z } from '@hono/zod-openapi';
import type { Principal } from '../../core/access/principal.ts';
import { ROLES, type Role } from '../../core/access/role.ts';
import type { Api } from '../apiEnv.ts';
import type { ApiParts } from '../parts.ts';
import { defineRoute } from '../route.ts';
import { refusals } from '../schema/problemSchema.ts';

const ROLE_NAMES = Object.keys(ROLES) as [Role, ...Role[]];

const MeSchema = z
  .object({
    kind: z.enum(['anonymous', 'local', 'machine', 'person']).openapi({
      description: 'anonymous: ikke innlogget og uten token. local: alt er åpent på denne maskinen.',
    }),
    roles: z
      .array(
        z.object({
          organisation: z.string(),
          role: z.enum(ROLE_NAMES),
          unit: z.string().nullable(),
          institution: z.string().nullable(),
        }),
      )
      .openapi({ description: 'Til en person: de som gjelder nå.' }),
    grants: z
      .array(z.object({ organisation: z.string(), scope: z.string(), institution: z.string().nullable() }))
      .openapi({ description: 'Til et token: avtalene som gjelder nå, med scope uten prefiks.' }),
    high: z.boolean().openapi({ description: 'Innlogget på høyt nivå.' }),
    authenticated: z
      .string()
      .nullable()
      .openapi({ format: 'date-time', description: 'Når personen sist beviste hvem det er.' }),
    login: z.string().nullable().openapi({ description: 'Der folk logger inn; null der ingen kan det.' }),
  })
  .openapi('Me');

const me = defineRoute({
  'x-access': 'public',
  method: 'get',
  path: '/me',
  tags: ['login'],
  summary: 'Hvem er jeg her: roller og organisasjoner, ingen personopplysninger',
  responses: {
    200: { description: 'Den som spør', content: { 'application/json': { schema: MeSchema } } },
    ...refusals({}),
  },
});

export function meRoutes(api: Api, { login }: Pick<ApiParts, 'login'>): void {
  api.openapi(me, (c) =>
    c.json({ ...shown(c.get('caller')), login: login.people() === undefined ? null : '/login' }, 200),
  );
}

function shown(caller: Principal | undefined): Omit<z.infer<typeof MeSchema>, 'login'> {
  const none = { roles: [], grants: [], high: false, authenticated: null };
  switch (caller?.kind) {
    case undefined:
      return { kind: 'anonymous', ...none };
    case 'local':
      return { kind: 'local', ...none };
    case 'machine':
      return {
        ...none,
        kind: 'machine',
        grants: caller.grants.map(({ org, scope, institution }) => ({
          organisation: org,
          scope,
          institution,
        })),
      };
    case 'person':
      return {
        ...none,
        kind: 'person',
        roles: caller.roles.map(({ org, role, unit, institution }) => ({
          organisation: org,
          role,
          unit,
          institution,
        })),
        high: caller.high,
        authenticated: caller.authenticated,
      };
  }
}
