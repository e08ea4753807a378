import { z } from '@hono/zod-openapi';
import { actOnList } from '../../desk/lists/lists.ts';
import type { Api } from '../apiEnv.ts';
import { smallBody } from '../body/smallBody.ts';
import { deskFor, type ReadingParts } from '../deskFor.ts';
import type { ApiParts } from '../parts.ts';
import { defineRoute } from '../route.ts';
import { ListSchema } from '../schema/listSchema.ts';
import { refusals } from '../schema/problemSchema.ts';
import { ListParams } from './lists.ts';
import { ReasonBody, ReasonText } from './reason.ts';

const SettleBody = z
  .strictObject({
    reason: ReasonText,
    how: z.enum(['drop', 'conclude']).openapi({
      description:
        'drop: listen brukes ikke. conclude: listen er hel slik den står; den som står i en rad som må rettes, regnes som til stede, og ingen som mangler, står i en slik rad.',
    }),
  })
  .openapi('SettleList');

const act = {
  method: 'post' as const,
  tags: ['lists'],
  middleware: smallBody,
  responses: {
    200: {
      description: 'Notert. Listen vurderes på nytt om et øyeblikk; hent den igjen.',
      content: { 'application/json': { schema: ListSchema } },
    },
    ...refusals({
      400: 'Ugyldig begrunnelse',
      404: 'Ukjent liste',
      409: 'Listen kan ikke behandles slik',
      413: 'For stort',
      415: 'Ikke JSON',
    }),
  },
};

const confirm = defineRoute({
  'x-access': 'list:act',
  ...act,
  path: '/organisations/{org}/lists/{list}/{run}/confirm',
  summary: 'Bekreft at en liste som er blitt mye kortere, er riktig; den som mangler, meldes som borte',
  request: {
    params: ListParams,
    body: { required: true, content: { 'application/json': { schema: ReasonBody } } },
  },
});

const settle = defineRoute({
  'x-access': 'list:act',
  ...act,
  path: '/organisations/{org}/lists/{list}/{run}/settle',
  summary: 'Avgjør en liste som ikke blir hel: legg den bort, eller bruk den slik den står',
  request: {
    params: ListParams,
    body: { required: true, content: { 'application/json': { schema: SettleBody } } },
  },
});

export function listActRoutes(api: Api, parts: ReadingParts & Pick<ApiParts, 'log'>): void {
  api.openapi(confirm, async (c) => {
    const { reason } = c.req.valid('json');
    const decision = { act: 'confirm' as const, reason, who: c.get('principal').name };
    const list = await actOnList(deskFor(c, parts), c.get('organisation'), c.req.valid('param'), decision);
    c.get('audit').subjects([]);
    return c.json(list, 200);
  });
  api.openapi(settle, async (c) => {
    const { reason, how } = c.req.valid('json');
    const decision = { act: how, reason, who: c.get('principal').name };
    const list = await actOnList(deskFor(c, parts), c.get('organisation'), c.req.valid('param'), decision);
    c.get('audit').subjects([]);
    return c.json(list, 200);
  });
}
