import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { LETTER_IDS } from '../../core/letters/letterId.ts';
import { identitiesOf, identityOf } from '../../desk/identity/identities.ts';
import type { Api, ApiEnv } from '../apiEnv.ts';
import { smallBody } from '../body/smallBody.ts';
import { deskFor } from '../deskFor.ts';
import { OwnerQuery } from '../pageQuery.ts';
import type { ApiParts } from '../parts.ts';
import { defineRoute } from '../route.ts';
import { IdentitiesSchema, IdentitySchema, PurposeField } from '../schema/identitySchema.ts';
import { refusals } from '../schema/problemSchema.ts';
import { DateText, OrgParams, RefParams, RefText, SchoolYearText, UuidText } from './params.ts';

const MOST = 500;

const one = defineRoute({
  'x-access': 'youth:identify',
  method: 'post',
  path: '/organisations/{org}/youths/{ref}/identity',
  tags: ['youths'],
  summary: 'Hvem en referanse er: nummer og sist meldte navn. Hvert oppslag loggføres med formål',
  middleware: smallBody,
  request: {
    params: RefParams,
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z.strictObject({ purpose: PurposeField }).openapi('IdentityRequest'),
        },
      },
    },
  },
  responses: {
    200: { description: 'Personen', content: { 'application/json': { schema: IdentitySchema } } },
    ...refusals({
      400: 'Ugyldig formål',
      403: 'Adressen er gradert',
      404: 'Ukjent ungdom',
      409: 'Ingen vet om adressen er gradert',
      413: 'For stort',
      415: 'Ikke JSON',
    }),
  },
});

const common = {
  purpose: PurposeField,
  after: UuidText.optional(),
  limit: z.number().int().min(1).max(MOST).default(MOST),
};
const ManyBody = z
  .union([
    z.strictObject({ ...common, refs: z.array(RefText).min(1).max(MOST) }),
    z.strictObject({
      ...common,
      owner: OwnerQuery,
      letter: z.strictObject({ id: z.enum(LETTER_IDS), schoolYear: SchoolYearText }),
    }),
    z.strictObject({
      ...common,
      owner: OwnerQuery,
      worklist: z.strictObject({
        id: z.string(),
        date: DateText.optional(),
      }),
    }),
  ])
  .openapi('IdentitiesRequest', {
    description: 'Ett av refs, letter og worklist. `owner` gjelder letter og worklist.',
  });

const many = defineRoute({
  'x-access': 'youth:identify',
  method: 'post',
  path: '/organisations/{org}/identities',
  tags: ['youths'],
  summary: 'Hvem de i et brev, en arbeidsliste eller en liste med referanser er; loggført for hver av dem',
  middleware: smallBody,
  request: {
    params: OrgParams,
    body: { required: true, content: { 'application/json': { schema: ManyBody } } },
  },
  responses: {
    200: { description: 'Personene', content: { 'application/json': { schema: IdentitiesSchema } } },
    ...refusals({ 400: 'Ugyldig forespørsel', 404: 'Ukjent liste', 413: 'For stort', 415: 'Ikke JSON' }),
  },
});

export function identityRoutes(api: Api, parts: ApiParts): void {
  const counter = (c: Context<ApiEnv>) => (persons: readonly string[]) =>
    parts.countPersons(c.get('principal'), c.get('organisation').id, persons);
  api.openapi(one, async (c) => {
    const audit = c.get('audit');
    const { purpose } = c.req.valid('json');
    audit.purpose(purpose);
    const { ref } = c.req.valid('param');
    const asked = { counted: counter(c), purpose };
    const found = await identityOf(deskFor(c, parts), c.get('organisation'), ref, asked);
    audit.subjects([found.ref]);
    return c.json(found, 200);
  });
  api.openapi(many, async (c) => {
    const audit = c.get('audit');
    const body = c.req.valid('json');
    audit.purpose(body.purpose);
    const { purpose, after, limit } = body;
    const asked = { counted: counter(c), purpose, after, limit };
    // Those of a list: the list is made first, over the whole county.
    const free = 'refs' in body ? undefined : await c.get('slots').take();
    try {
      const answered = await identitiesOf(deskFor(c, parts), c.get('organisation'), body, asked);
      const { found, list, refusals: refused } = answered;
      audit.item(list);
      audit.subjects(found.people.map(({ ref }) => ref));
      for (const code of ['IDENTITY_PROTECTED', 'IDENTITY_UNREADABLE'] as const)
        audit.refused(
          code,
          refused.filter((each) => each.code === code).map(({ ref }) => ref),
        );
      audit.refused('UNKNOWN_YOUTH', found.unknown);
      return c.json(found, 200);
    } finally {
      free?.();
    }
  });
}
