import type { Organisation } from '../../core/organisation.ts';
import { REFUSAL } from '../../core/sentences/refusals.ts';
import { epochOf, type IsoInstant, instantOf } from '../../core/time/date.ts';
import type { ProgressState } from '../../core/worklist/alertProgress.ts';
import type { DeskParts } from '../parts.ts';
import { DeskRefusal } from '../refusal.ts';
import type { AskedAlert } from '../subscriptions/names.ts';
import { alertNamed } from './alerts.ts';
import type { RaisedAlert } from './raisedView.ts';

type Parts = Pick<DeskParts, 'queries' | 'policyOf' | 'operations' | 'now'>;

/** A receiver's clock may be fast by so much. Milliseconds. */
const FAST = 5 * 60_000;

/** An alert within the caller's reach has been opened or handled where it was received. Idempotent: the first report of
 *  each counts. @param at undefined: now @throws DeskRefusal UNKNOWN_ALERT, INVALID_REQUEST */
export async function reportProgress(
  parts: Parts,
  organisation: Organisation,
  {
    state,
    at,
    ...named
  }: { asked: AskedAlert | undefined; masked: boolean; state: ProgressState; at: IsoInstant | undefined },
): Promise<RaisedAlert> {
  const { ref, recorded, alert } = await alertNamed(parts, organisation, named);
  const now = (await parts.operations.virtualNow(organisation.id)) ?? instantOf(parts.now());
  if (at !== undefined && (at < recorded || epochOf(at) > epochOf(now) + FAST)) throw impossible();
  const cause = alert.id.slice(0, -(ref.length + 1));
  // The alert was found under the very reference.
  const noted = { org: organisation.id, ref: ref as AskedAlert['ref'], cause, state, at: at ?? now };
  await parts.operations.noteProgress(noted);
  return alertNamed(parts, organisation, named);
}

function impossible(): DeskRefusal {
  return new DeskRefusal('INVALID_REQUEST', REFUSAL.nb.fixOne, {
    problems: [
      {
        code: 'INVALID_VALUE',
        field: 'at',
        text: REFUSAL.nb.openedWhen,
        cure: REFUSAL.nb.openedWhenCure,
      },
    ],
  });
}
