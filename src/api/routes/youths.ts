import { createRoute, z } from '@hono/zod-openapi';
import { wishOutcomes } from '../../core/derive/intake/outcome.ts';
import { type LeavingOutcome, leavingOutcomes } from '../../core/derive/registration/outcome.ts';
import type { Policy } from '../../core/policy.ts';
import { historyView } from '../../desk/youths/historyView.ts';
import { readable } from '../../desk/youths/readableYouth.ts';
import { youthView } from '../../desk/youths/youthView.ts';
import type { LoadedYouth } from '../../store/port.ts';
import type { Api } from '../apiEnv.ts';
import { HttpProblem } from '../httpProblem.ts';
import type { ApiParts } from '../parts.ts';
import { EntrySchema } from '../schema/historySchema.ts';
import { refusals } from '../schema/problemSchema.ts';
import { YouthSchema } from '../schema/youthSchema.ts';
import { RefParams } from './params.ts';

const youth = createRoute({
  method: 'get',
  path: '/organisations/{org}/youths/{ref}',
  tags: ['youths'],
  summary: 'Registreringer og åpne varsler for en ungdom',
  request: { params: RefParams },
  responses: {
    200: { description: 'Ungdommen', content: { 'application/json': { schema: YouthSchema } } },
    ...refusals({ 404: 'Ukjent ungdom' }),
  },
});

const history = createRoute({
  method: 'get',
  path: '/organisations/{org}/youths/{ref}/history',
  tags: ['youths'],
  summary: 'Alt som er meldt og avgjort om en ungdom, eldst først, med regel og begrunnelse',
  request: { params: RefParams },
  responses: {
    200: {
      description: 'Historikken',
      content: {
        'application/json': { schema: z.object({ ref: z.string(), entries: z.array(EntrySchema) }) },
      },
    },
    ...refusals({ 404: 'Ukjent ungdom' }),
  },
});

export function youthRoutes(api: Api, parts: Pick<ApiParts, 'reader' | 'policyOf'>): void {
  api.openapi(youth, async (c) => {
    const { id } = c.get('organisation');
    const loaded = await parts.reader.youth(id, c.req.valid('param').ref);
    if (!loaded) throw unknownYouth();
    return c.json(youthView(loaded, parts.policyOf(id)), 200);
  });
  api.openapi(history, async (c) => {
    const { ref } = c.req.valid('param');
    const { id } = c.get('organisation');
    const records = await parts.reader.history(id, ref);
    if (records.length === 0) throw unknownYouth();
    const outcomes = outcomesOf(await parts.reader.youth(id, ref), parts.policyOf(id));
    return c.json({ ref, entries: historyView(records, outcomes) }, 200);
  });
}

/** As all is known now. Of a youth that cannot be read the history is told without. */
function outcomesOf(loaded: LoadedYouth | undefined, policy: Policy): ReadonlyMap<string, LeavingOutcome> {
  const youth = loaded === undefined ? undefined : readable(loaded);
  if (youth === undefined) return new Map();
  const { facts, asOf } = youth;
  return new Map([...wishOutcomes(facts, asOf ?? '', policy), ...leavingOutcomes(facts, asOf ?? '', policy)]);
}

export function unknownYouth(): HttpProblem {
  return new HttpProblem(
    'UNKNOWN_YOUTH',
    'Ungdommen er ikke kjent hos denne organisasjonen. Finn referansen med POST /organisations/{org}/youths/search.',
  );
}
