import { writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { NavBatchSchema, NavRowsSchema } from '../api/schema/navSchema.ts';
import { type NavFile, navFile } from '../reports/navListFile.ts';
import { navListLine } from '../text/navLines.ts';
import { found, told } from './answer.ts';
import { type Ask, CommandFailed, EXIT } from './ask.ts';
import { everyPage } from './pages.ts';

const LOOKS = 120;
const LOOK_MS = 500;

/** Has the list of the month made; with a file, waits until it is, fetches it as NAV is given it, and writes it there. */
export async function extract(
  ask: Ask,
  { org, month, file, json }: { org: string; month: string; file: string | undefined; json: boolean },
): Promise<string> {
  const at = `/organisations/${encodeURIComponent(org)}/nav`;
  const form = file === undefined ? undefined : formOf(file);
  let list = found(NavBatchSchema, await ask(`${at}/extracts`, { month }), org);
  if (file === undefined || form === undefined) return told(json, list, navListLine);
  const path = `${at}/batches/${list.id}`;
  for (let looks = 0; list.state === 'making'; looks += 1) {
    if (looks === LOOKS) throw new CommandFailed('Listen lages ennå. Prøv igjen om litt.', EXIT.refused);
    await sleep(LOOK_MS);
    list = found(NavBatchSchema, await ask(path), org);
  }
  const pages = await everyPage(ask, { schema: NavRowsSchema, path: `${path}/rows?limit=1000`, org });
  const rows = pages.flatMap((page) => page.rows);
  // Readable by its owner alone, and never over a file that is there.
  await writeFile(file, navFile(form, rows), { mode: 0o600, flag: 'wx' }).catch(
    (error: NodeJS.ErrnoException) => {
      const why = error.code === 'EEXIST' ? 'Den finnes alt.' : `(${error.code})`;
      throw new CommandFailed(`Kan ikke skrive filen «${file}». ${why}`, EXIT.usage);
    },
  );
  return told(
    json,
    { ...list, file, written: rows.length },
    () =>
      `${file}: ${rows.length} rader av ${list.rows}. Hver rad er ført som utlevert til ${list.recipient}. Slett filen når NAV har den.`,
  );
}

function formOf(file: string): NavFile {
  const form = /\.(csv|jsonl)$/i.exec(file)?.[1]?.toLowerCase();
  if (form === 'csv' || form === 'jsonl') return form;
  throw new CommandFailed(`Gi filen «${file}» endelsen .csv eller .jsonl.`, EXIT.usage);
}
