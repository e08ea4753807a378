import { createRoute, z } from '@hono/zod-openapi';
import { instantOf } from '../../core/time/date.ts';
import { LOOPBACK_PRINCIPAL } from '../../desk/identity/lookUp.ts';
import { concludable, confirmable, droppable } from '../../desk/lists/listAllows.ts';
import { listView } from '../../desk/lists/listView.ts';
import type { ListAct, ListState } from '../../store/deskPort.ts';
import type { Api } from '../apiEnv.ts';
import { smallBody } from '../body/smallBody.ts';
import { HttpProblem } from '../httpProblem.ts';
import type { ApiParts } from '../parts.ts';
import { ListSchema } from '../schema/listSchema.ts';
import { refusals } from '../schema/problemSchema.ts';
import { ListParams, listNamed } from './lists.ts';
import { ReasonBody } from './reason.ts';

const SettleBody = ReasonBody.extend({
  how: z.enum(['drop', 'conclude']).openapi({
    description:
      'drop: listen brukes ikke. conclude: listen er hel slik den står; den som står i en rad som må rettes, regnes som til stede, og ingen som mangler, står i en slik rad.',
  }),
}).openapi('SettleList');

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

const confirm = createRoute({
  ...act,
  path: '/organisations/{org}/lists/{list}/{run}/confirm',
  summary: 'Bekreft at en liste som er blitt mye kortere, er riktig; den som mangler, meldes som borte',
  request: {
    params: ListParams,
    body: { required: true, content: { 'application/json': { schema: ReasonBody } } },
  },
});

const settle = createRoute({
  ...act,
  path: '/organisations/{org}/lists/{list}/{run}/settle',
  summary: 'Avgjør en liste som ikke blir hel: legg den bort, eller bruk den slik den står',
  request: {
    params: ListParams,
    body: { required: true, content: { 'application/json': { schema: SettleBody } } },
  },
});

/** What a person says is noted with the list, which is then judged as any other: what follows for the youths goes through
 *  the bridge's own feed, and there is no side door. */
export function listActRoutes(api: Api, parts: ApiParts): void {
  async function take(
    org: string,
    { list, run }: { list: string; run: string },
    said: Pick<ListAct, 'act' | 'reason'>,
    allow: (state: ListState) => void,
  ) {
    const state = await listNamed(parts.reader, org, list, run);
    allow(state);
    const recorded = (await parts.desk.virtualNow(org)) ?? instantOf(parts.now());
    const noted = await parts.desk.actOnList({
      ...{ org, list, run, recorded, who: LOOPBACK_PRINCIPAL, seen: state.verdict },
      ...said,
    });
    if (!noted)
      throw new HttpProblem(
        'LIST_CHANGED',
        'Listen er behandlet i mellomtiden. Hent den på nytt og se hva som gjelder.',
      );
    parts.log({ event: 'listActed', org, list, run, how: said.act });
    return listView(await listNamed(parts.reader, org, list, run));
  }

  api.openapi(confirm, async (c) => {
    const { reason } = c.req.valid('json');
    const said = { act: 'confirm' as const, reason };
    return c.json(await take(c.get('organisation').id, c.req.valid('param'), said, confirmable), 200);
  });
  api.openapi(settle, async (c) => {
    const { reason, how } = c.req.valid('json');
    const allow = how === 'drop' ? droppable : concludable;
    return c.json(
      await take(c.get('organisation').id, c.req.valid('param'), { act: how, reason }, allow),
      200,
    );
  });
}
