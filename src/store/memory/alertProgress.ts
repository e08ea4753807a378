import { NO_PROGRESS } from '../../core/worklist/alertProgress.ts';
import type { Operations } from '../operationsPort.ts';
import type { Queries } from '../queriesPort.ts';
import type { MemoryState } from './state.ts';

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

function earliest(known: string | null, at: string): string {
  return known !== null && known < at ? known : at;
}
