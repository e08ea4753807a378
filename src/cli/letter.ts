import { MailingSchema } from '../api/schema/letterSchema.ts';
import { letterLines } from '../text/letterLines.ts';
import type { Ask } from './ask.ts';
import type { Command } from './command.ts';
import { everyPage } from './pages.ts';
import { yearMeant } from './present.ts';

export const letter: Command = {
  form: 'brev <org> <W13|W14|W24|W25|W30|W30-SMS> [skoleår]',
  help: 'hvem som skal ha et brev, og hvem som ikke skal ha det og hvorfor',
  takes: [2, 3],
  run: show,
};

async function show(ask: Ask, [org = '', id = '', year]: readonly string[]): Promise<string> {
  const path = `/organisations/${encodeURIComponent(org)}/letters/${encodeURIComponent(id)}`;
  const query = `schoolYear=${await yearMeant(ask, org, year)}&limit=5000`;
  const pages = await everyPage(ask, { schema: MailingSchema, path: `${path}?${query}`, org });
  return letterLines({
    ...pages[0],
    triggers: pages.flatMap(({ triggers }) => triggers),
    suppressed: pages.flatMap(({ suppressed }) => suppressed),
  });
}
