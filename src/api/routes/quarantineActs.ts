import { createRoute, z } from '@hono/zod-openapi';
import { resend } from '../../desk/quarantine/resend.ts';
import type { Api } from '../apiEnv.ts';
import { smallBody } from '../body/smallBody.ts';
import { HttpProblem } from '../httpProblem.ts';
import type { ApiParts } from '../parts.ts';
import { refusals } from '../schema/problemSchema.ts';
import { IdParams } from './params.ts';
import { quarantined } from './quarantine.ts';
import { ReasonBody } from './reason.ts';

const SettledSchema = z
  .object({ id: z.string(), status: z.enum(['replayed', 'discarded']) })
  .openapi('Settled');

const act = {
  method: 'post' as const,
  tags: ['quarantine'],
  middleware: smallBody,
  request: {
    params: IdParams,
    body: { required: true, content: { 'application/json': { schema: ReasonBody } } },
  },
  responses: {
    200: { description: 'Behandlet', content: { 'application/json': { schema: SettledSchema } } },
    ...refusals({
      400: 'Ugyldig begrunnelse',
      404: 'Ukjent post',
      409: 'Alt behandlet',
      413: 'For stort',
      415: 'Ikke JSON',
      503: 'Kafka bekrefter ikke',
    }),
  },
};

const replay = createRoute({
  ...act,
  path: '/organisations/{org}/quarantine/{id}/replay',
  summary: 'Send meldingen på nytt til sitt emne; den avgjøres forfra',
});

const discard = createRoute({
  ...act,
  path: '/organisations/{org}/quarantine/{id}/discard',
  summary: 'Legg meldingen bort uten virkning',
});

export function quarantineActRoutes(api: Api, parts: ApiParts): void {
  api.openapi(replay, async (c) => {
    const { id } = c.req.valid('param');
    const organisation = c.get('organisation');
    const item = await quarantined(parts.reader, organisation.id, id);
    if (item.status !== 'open') throw alreadySettled();
    // Sent first and settled after: a crash between the two sends it twice, which has its effect once.
    await resend(parts, organisation, { ...item, replayOf: id });
    return c.json(await settle(organisation.id, id, 'replayed', c.req.valid('json').reason), 200);
  });
  api.openapi(discard, async (c) => {
    const { id } = c.req.valid('param');
    const organisation = c.get('organisation');
    await quarantined(parts.reader, organisation.id, id);
    return c.json(await settle(organisation.id, id, 'discarded', c.req.valid('json').reason), 200);
  });

  async function settle(org: string, id: string, status: 'replayed' | 'discarded', reason: string) {
    if (!(await parts.desk.settleQuarantine(org, id, status, reason))) throw alreadySettled();
    parts.log({ event: status, org, item: id });
    return { id, status };
  }
}

function alreadySettled(): HttpProblem {
  return new HttpProblem(
    'ALREADY_SETTLED',
    'Posten er alt sendt på nytt eller lagt bort. Hent listen på nytt.',
  );
}
