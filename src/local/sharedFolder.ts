import { chmodSync, lstatSync, mkdirSync } from 'node:fs';
import { userInfo } from 'node:os';
import { StartupError } from './startupError.ts';

const PLACES = ['/var/lib/ot-bridge', '/var/tmp/ot-bridge'];

/**
 * A folder of ours that another user of the machine can enter and only we can write to: programs are started from
 * it. @throws StartupError when there is none
 */
export function sharedFolder(place?: string): string {
  const found = (place ? [place] : PLACES).find(usable);
  if (found) return found;
  throw new StartupError(
    'Fant ingen mappe som brukeren «postgres» når (prøvde /var/lib og /var/tmp): start som en vanlig bruker, eller sett DATABASE_URL.',
  );
}

function usable(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true });
    const { uid, mode } = lstatSync(folder);
    // In /var/tmp another user may have created it first, to have us run their programs.
    if (uid !== userInfo().uid || (mode & 0o170022) !== 0o040000) return false;
    chmodSync(folder, 0o755);
    return true;
  } catch {
    return false; // a read-only system: the next place
  }
}
