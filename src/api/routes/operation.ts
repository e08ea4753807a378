import { z } from '@hono/zod-openapi';
import { operationOf } from '../../desk/operation/operation.ts';
import { supportFile } from '../../text/supportFile.ts';
import type { Api } from '../apiEnv.ts';
import { smallBody } from '../body/smallBody.ts';
import { deskFor } from '../deskFor.ts';
import type { ApiParts } from '../parts.ts';
import { defineRoute } from '../route.ts';
import { OperationSchema } from '../schema/operationSchema.ts';
import { refusals } from '../schema/problemSchema.ts';
import { OrgParams } from './params.ts';

const responses = {
  200: { description: 'Driften', content: { 'application/json': { schema: OperationSchema } } },
  ...refusals({ 404: 'Ukjent organisasjon' }),
};

const show = defineRoute({
  'x-access': 'operation:read',
  method: 'get',
  path: '/organisations/{org}/operation',
  tags: ['operations'],
  summary: 'Hvilke innstillinger den går med, jobbene, og det kontrollene sist fant',
  description: 'Uten hemmeligheter, opplysninger om personer og navn på andre organisasjoner.',
  request: { params: OrgParams },
  responses,
});

const check = defineRoute({
  'x-access': 'operation:read',
  method: 'post',
  path: '/organisations/{org}/operation/checks',
  tags: ['operations'],
  summary: 'Kjør kontrollene til «ot doctor» der broen går; endrer ingenting',
  middleware: smallBody,
  request: {
    params: OrgParams,
    body: { required: true, content: { 'application/json': { schema: z.strictObject({}) } } },
  },
  responses: {
    ...responses,
    ...refusals({ 400: 'Ugyldig', 404: 'Ukjent organisasjon', 413: 'For stort', 415: 'Ikke JSON' }),
  },
});

const support = defineRoute({
  'x-access': 'operation:read',
  method: 'get',
  path: '/organisations/{org}/operation/support',
  tags: ['operations'],
  summary: 'Støttefilen: det samme som tekst, til å lime inn i en sak',
  request: { params: OrgParams },
  responses: {
    200: { description: 'Filen', content: { 'text/plain': { schema: z.string() } } },
    ...refusals({ 404: 'Ukjent organisasjon' }),
  },
});

export const SUPPORT_FILE = {
  'content-type': 'text/plain; charset=utf-8',
  'content-disposition': 'attachment; filename="ot-bridge-stottefil.txt"',
} as const;

export function operationRoutes(api: Api, parts: ApiParts): void {
  api.openapi(show, async (c) => {
    c.get('audit').subjects([]);
    return c.json(await operationOf(deskFor(c, parts), c.get('organisation')), 200);
  });
  api.openapi(check, async (c) => {
    c.get('audit').subjects([]);
    await parts.installation.checks.run();
    return c.json(await operationOf(deskFor(c, parts), c.get('organisation')), 200);
  });
  api.openapi(support, async (c) => {
    c.get('audit').subjects([]);
    const operation = await operationOf(deskFor(c, parts), c.get('organisation'));
    return c.text(supportFile(operation), 200, SUPPORT_FILE);
  });
}
