import { z } from '@hono/zod-openapi';
import { Fodselsnummer } from '../../core/person/fodselsnummer.ts';
import { refOfNumber } from '../../desk/youths/youths.ts';
import type { Api } from '../apiEnv.ts';
import { smallBody } from '../body/smallBody.ts';
import { deskFor, type ReadingParts } from '../deskFor.ts';
import type { ApiParts } from '../parts.ts';
import { defineRoute } from '../route.ts';
import { refusals } from '../schema/problemSchema.ts';
import { OrgParams } from './params.ts';

const SearchBody = z
  .strictObject({
    fodselsnummer: z
      .string()
      .regex(/^\d{6} ?\d{5}$/)
      .openapi({ description: 'Fødselsnummer, D-nummer eller fiktivt VIGO-nummer: 11 siffer.' }),
  })
  .openapi('YouthSearch');

const route = defineRoute({
  'x-access': 'youth:search',
  method: 'post',
  path: '/organisations/{org}/youths/search',
  tags: ['youths'],
  summary: 'Finn referansen til en ungdom; nummeret står i innholdet, aldri i adressen',
  middleware: smallBody,
  request: {
    params: OrgParams,
    body: { required: true, content: { 'application/json': { schema: SearchBody } } },
  },
  responses: {
    200: {
      description: 'Referansen',
      content: { 'application/json': { schema: z.object({ ref: z.string() }).openapi('YouthRef') } },
    },
    ...refusals({
      400: 'Ikke et nummer',
      404: 'Ukjent ungdom',
      413: 'For stort',
      415: 'Ikke JSON',
      429: 'For mange',
    }),
  },
});

export function youthSearchRoutes(
  api: Api,
  parts: ReadingParts & Pick<ApiParts, 'vault' | 'newId' | 'countPersons'>,
): void {
  api.openapi(route, async (c) => {
    const fodselsnummer = new Fodselsnummer(c.req.valid('json').fodselsnummer.replace(' ', ''));
    const organisation = c.get('organisation');
    const counted = (persons: readonly string[]) =>
      parts.countPersons(c.get('principal'), organisation.id, persons);
    const ref = await refOfNumber(deskFor(c, parts), organisation, fodselsnummer, counted);
    c.get('audit').subjects([ref]);
    return c.json({ ref }, 200);
  });
}
