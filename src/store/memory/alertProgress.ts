import type { IsoInstant } from '../../core/time/date.ts';
import { NO_PROGRESS } from '../../core/worklist/alertProgress.ts';
import type { Operations } from '../operationsPort.ts';
import type { Queries } from '../queriesPort.ts';
import type { MemoryDelivery, MemoryState } from './state.ts';

export function memoryAlertProgress(
  state: MemoryState,
): Pick<Queries, 'alertProgress'> & Pick<Operations, 'noteProgress'> {
  return {
    alertProgress: async (org, refs) =>
      [...state.progress.values()].flatMap(({ org: own, ...known }) =>
        own === org && (refs === null || refs.includes(known.ref)) ? [known] : [],
      ),
    async noteProgress({ org, ref, cause, state: reached, at }) {
      const key = `${org}/${ref}/${cause}`;
      const known = state.progress.get(key) ?? { org, ref, cause, ...NO_PROGRESS };
      const handled = reached === 'handled' ? earliest(known.handled, at) : known.handled;
      state.progress.set(key, { ...known, opened: earliest(known.opened, at), handled });
    },
  };
}

/** A receiver took the call about an alert; the first counts. */
export function noteDelivered(
  state: MemoryState,
  { subscription, kind, ref, subject }: MemoryDelivery,
  at: IsoInstant,
): void {
  const org = state.subscriptions.get(subscription)?.entry.org;
  if (kind !== 'alert' || ref === null || subject === null || org === undefined) return;
  const key = `${org}/${ref}/${subject}`;
  const known = state.progress.get(key) ?? { org, ref, cause: subject, ...NO_PROGRESS };
  state.progress.set(key, { ...known, delivered: earliest(known.delivered, at) });
}

function earliest(known: string | null, at: string): string {
  return known !== null && known < at ? known : at;
}
