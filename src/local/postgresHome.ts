import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { canReach, type ServerUser } from './serverUser.ts';
import { sharedFolder } from './sharedFolder.ts';
import { StartupError } from './startupError.ts';

// Location of the database: the data folder, or, when the server's user cannot reach it (a checkout under /root), a
// folder of its own that the data folder points to. The pointer, not today's modes, decides at the next start; after
// the data folder is deleted the old database is not found again.

export interface PostgresHome {
  /** Holds `data/`, `password` and `postgres.log`. */
  home: string;
  data: string;
}

const POINTER = 'location';

export function findHome(plan: {
  dir: string;
  user: ServerUser | undefined;
  log: (line: string) => void;
  sharedPlace?: string | undefined;
}): PostgresHome {
  mkdirSync(plan.dir, { recursive: true });
  const remembered = rememberedHome(plan.dir);
  if (remembered) {
    if (isInitialised(remembered)) return remembered;
    throw new StartupError(
      `Databasen til ${plan.dir} lå i ${remembered.home}, men er borte derfra: legg den tilbake, eller slett hele datamappen for å begynne på nytt.`,
    );
  }
  if (canReach(plan.user, dirname(plan.dir))) return homeAt(plan.dir);
  if (isInitialised(homeAt(plan.dir))) {
    throw new StartupError(
      `Brukeren «${plan.user?.name}», som PostgreSQL kjører som, når ikke lenger databasen i ${plan.dir}: gi den adgang til mappene over.`,
    );
  }
  const name = createHash('sha256').update(plan.dir).digest('hex').slice(0, 12);
  const place = join(sharedFolder(plan.sharedPlace), `${name}-${randomBytes(4).toString('hex')}`);
  plan.log(`Brukeren «${plan.user?.name}» når ikke ${plan.dir}: databasen legges i ${place}.`);
  return homeAt(place);
}

/** The home that `dir` points to, when it is elsewhere. */
export function rememberedHome(dir: string): PostgresHome | undefined {
  const pointer = join(dir, POINTER);
  return existsSync(pointer) ? homeAt(readFileSync(pointer, 'utf8').trim()) : undefined;
}

/** Called when the database is created: from then on it is found where it is. */
export function rememberHome(dir: string, { home }: PostgresHome): void {
  if (home !== dir) writeFileSync(join(dir, POINTER), `${home}\n`);
}

export function isInitialised({ data }: PostgresHome): boolean {
  return existsSync(join(data, 'PG_VERSION'));
}

/** Whether an embedded database exists for `dir`: if so, a missing vault key is lost, not new. */
export function embeddedDatabaseExists(dir: string): boolean {
  return existsSync(join(dir, POINTER)) || isInitialised(homeAt(dir));
}

export function homeAt(home: string): PostgresHome {
  return { home, data: join(home, 'data') };
}
