import type { Youth } from '../core/youth.ts';
import type { LoadedYouth } from '../store/port.ts';

/** Undefined when what is stored cannot be read: a list goes on without that youth, and says so. */
export function readableYouth(loaded: LoadedYouth): Youth | undefined {
  try {
    return loaded.youth;
  } catch {
    return undefined;
  }
}
