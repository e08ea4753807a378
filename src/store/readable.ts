import type { Youth } from '../core/youth/youth.ts';
import type { LoadedYouth } from './port.ts';

/** Undefined: stored in a way that this program cannot read. */
export function readable(loaded: LoadedYouth): Youth | undefined {
  try {
    return loaded.youth;
  } catch {
    return undefined;
  }
}
