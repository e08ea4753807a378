import type { OrgId } from '../../core/organisation.ts';
import type { Youth } from '../../core/youth/youth.ts';
import type { LoadedYouth } from '../../store/port.ts';
import type { Queries } from '../../store/queriesPort.ts';
import { readable } from '../../store/readable.ts';

/**
 * Hands over every youth that can be read. A list goes on without the others, and says how many they are.
 * @returns how many could not be read
 */
export async function forEachYouth(
  queries: Pick<Queries, 'youths'>,
  org: OrgId,
  use: (loaded: LoadedYouth, youth: Youth) => void,
): Promise<number> {
  let unreadable = 0;
  for await (const loaded of queries.youths(org)) {
    const youth = readable(loaded);
    if (youth === undefined) unreadable += 1;
    else use(loaded, youth);
  }
  return unreadable;
}
