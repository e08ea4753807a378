import { createRoute, z } from '@hono/zod-openapi';
import { ALERT_STATES, alertNow } from '../../core/worklist/alertState.ts';
import { caseOf } from '../../core/worklist/youthCase.ts';
import type { StoredRecord } from '../../store/port.ts';
import type { Api } from '../apiEnv.ts';
import type { ApiParts } from '../parts.ts';
import { refusals } from '../problemSchema.ts';
import { readable } from '../readableYouth.ts';
import { AlertSchema, alertView } from '../view/alertView.ts';
import { Limit, OrgParams } from './params.ts';

const RaisedSchema = z
  .object({ ref: z.string(), recorded: z.string(), alert: AlertSchema })
  .openapi('RaisedAlert');
type Raised = z.infer<typeof RaisedSchema>;

const route = createRoute({
  method: 'get',
  path: '/organisations/{org}/alerts',
  tags: ['alerts'],
  summary: 'De siste varslene, nyeste først, slik de er nå',
  request: {
    params: OrgParams,
    query: z.object({
      limit: Limit,
      state: z.enum(ALERT_STATES).optional().openapi({ description: 'Bare varsler som står slik nå.' }),
      owner: z.string().optional().openapi({ description: 'Bare varslene til denne OT-enheten.' }),
    }),
  },
  responses: {
    200: {
      description: 'Varslene',
      content: { 'application/json': { schema: z.object({ alerts: z.array(RaisedSchema) }) } },
    },
    ...refusals({ 400: 'Ugyldig antall eller tilstand', 404: 'Ukjent organisasjon' }),
  },
});

/** Records read at a time. */
const PAGE = 500;

export function alertRoutes(api: Api, parts: Pick<ApiParts, 'reader' | 'policyOf'>): void {
  api.openapi(route, async (c) => {
    const { limit, state, owner } = c.req.valid('query');
    const org = c.get('organisation').id;
    const wanted = ({ alert }: Raised) =>
      (state === undefined || alert.state === state) && (owner === undefined || alert.owner === owner);
    const page = state === undefined && owner === undefined ? limit : PAGE;
    const alerts: Raised[] = [];
    let last: StoredRecord | undefined;
    do {
      const records = await parts.reader.latestAlerts(org, page, last);
      alerts.push(...(await raisedIn(parts, org, records)).filter(wanted));
      last = records.length < page ? undefined : records.at(-1);
    } while (last !== undefined && alerts.length < limit);
    return c.json({ alerts: alerts.slice(0, limit) }, 200);
  });
}

/** What the records raised, each alert with what has become of it since. */
async function raisedIn(
  { reader, policyOf }: Pick<ApiParts, 'reader' | 'policyOf'>,
  org: string,
  records: readonly StoredRecord[],
): Promise<Raised[]> {
  const youths = await reader.youthsNamed(org, [...new Set(records.map(({ ref }) => ref))]);
  const policy = policyOf(org);
  return records.flatMap(({ ref, recorded, events }) => {
    const loaded = youths.get(ref);
    const youth = loaded === undefined ? undefined : readable(loaded);
    // Who cannot be read has parted from what was told: the alert is shown as it was raised.
    const known = youth === undefined ? undefined : caseOf(ref, youth, policy);
    return events.flatMap((event) => {
      if (event.type !== 'AlertRaised') return [];
      const now =
        known === undefined ? { alert: event.alert, state: 'open' as const } : alertNow(known, event.alert);
      return [{ ref, recorded, alert: alertView(now.alert, now.state) }];
    });
  });
}
