import { BulkSchema } from '../api/schema/quarantineGroupSchema.ts';
import { workLines } from '../text/quarantineLines.ts';
import { found, told } from './answer.ts';
import { CommandFailed, EXIT } from './ask.ts';
import type { Command } from './command.ts';
import { withoutJson } from './flags.ts';
import { everyPage } from './pages.ts';
import { USAGE } from './usage.ts';

/** How far the work on a group in quarantine has come; and it is stopped. */
export const quarantineWork: Command = {
  ...USAGE.arbeid,
  async run(ask, args) {
    const { words, json } = withoutJson(args);
    const [org = '', id = '', act] = words;
    const at = `/organisations/${encodeURIComponent(org)}/quarantine/acts/${encodeURIComponent(id)}`;
    if (act === 'stopp') return told(json, found(BulkSchema, await ask(`${at}/stop`, {}), org), workLines);
    if (act !== undefined) throw new CommandFailed(`Bruk: npm run ot -- ${USAGE.arbeid.form}`, EXIT.usage);
    const pages = await everyPage(ask, { schema: BulkSchema, path: `${at}?limit=500`, org });
    const failures = pages.flatMap((page) => page.failures);
    return told(json, { ...pages[0], failures, next: null }, workLines);
  },
};
