import { asDisclosed, type ShowQuestion } from '../core/nav/disclosed.ts';
import type { LoadedYouth } from './port.ts';

/** The youth as loaded, without what NAV has said and may not be shown; decoded on each access, as the stored one is. */
export function disclosedYouth(loaded: LoadedYouth, question: ShowQuestion): LoadedYouth {
  const { ref, version, mergedInto, parked, last, tail, place } = loaded;
  return {
    ...{ ref, version, mergedInto, parked, last, tail },
    ...(place !== undefined && { place }),
    get youth() {
      return asDisclosed(loaded.youth, question);
    },
  };
}
