import { z } from '@hono/zod-openapi';
import { alertNow } from '../../core/worklist/alertState.ts';
import { caseOf, type YouthCase } from '../../core/worklist/youthCase.ts';
import type { Alert, YouthEvent } from '../../core/youthEvent.ts';
import type { LoadedYouth } from '../../store/port.ts';
import type { ApiParts } from '../parts.ts';
import { readable } from '../readableYouth.ts';
import { AlertSchema, alertView } from './alertView.ts';

export const RaisedSchema = z
  .object({ ref: z.string(), recorded: z.string(), alert: AlertSchema })
  .openapi('RaisedAlert');
export type Raised = z.infer<typeof RaisedSchema>;

/** What has become of a youth under a reference. */
export type Followed = { known: YouthCase } | 'unreadable' | 'gone';

export function follow(
  { policyOf }: Pick<ApiParts, 'policyOf'>,
  org: string,
  { ref, loaded }: { ref: string; loaded: LoadedYouth | undefined },
): Followed {
  // Merged into another: its alerts were withdrawn, and the other's are its own.
  if (loaded === undefined || loaded.ref !== ref) return 'gone';
  const youth = readable(loaded);
  return youth === undefined ? 'unreadable' : { known: caseOf(ref, youth, policyOf(org)) };
}

/** An alert that was raised at a moment, as it is now. Of a youth that cannot be read it is shown as it was raised. */
export function raisedView(
  told: { ref: string; recorded: string; alert: Alert },
  followed: Followed,
): Raised {
  const { ref, recorded, alert } = told;
  if (followed === 'gone') return { ref, recorded, alert: alertView(ref, alert, 'withdrawn') };
  if (followed === 'unreadable') return { ref, recorded, alert: alertView(ref, alert, 'open') };
  const now = alertNow(followed.known, alert);
  return { ref, recorded, alert: alertView(ref, now.alert, now.state) };
}

/** The alert of a cause as it was raised last, and as it is now. */
export async function lastToldAlert(
  parts: Pick<ApiParts, 'reader' | 'policyOf'>,
  org: string,
  { cause, ref }: { cause: string; ref: string },
): Promise<Raised | undefined> {
  const records = await parts.reader.history(org, ref);
  for (const { recorded, events } of records.toReversed()) {
    const raised = events.findLast((event) => isRaised(event, cause));
    if (raised?.type !== 'AlertRaised') continue;
    const loaded = await parts.reader.youth(org, ref);
    return raisedView({ ref, recorded, alert: raised.alert }, follow(parts, org, { ref, loaded }));
  }
  return undefined;
}

function isRaised(event: YouthEvent, cause: string): boolean {
  return event.type === 'AlertRaised' && event.alert.id === cause;
}
