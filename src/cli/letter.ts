import { MailingSchema } from '../api/schema/letterSchema.ts';
import { letterLines } from '../text/letterLines.ts';
import { told } from './answer.ts';
import type { Ask } from './ask.ts';
import type { Command } from './command.ts';
import { withoutJson } from './flags.ts';
import { everyPage } from './pages.ts';
import { yearMeant } from './present.ts';
import { USAGE } from './usage.ts';

export const letter: Command = {
  ...USAGE.brev,
  run: show,
};

async function show(ask: Ask, args: readonly string[]): Promise<string> {
  const { words, json } = withoutJson(args);
  const [org = '', id = '', year] = words;
  const path = `/organisations/${encodeURIComponent(org)}/letters/${encodeURIComponent(id)}`;
  const query = `schoolYear=${await yearMeant(ask, org, year)}&limit=5000`;
  const pages = await everyPage(ask, { schema: MailingSchema, path: `${path}?${query}`, org });
  const triggers = pages.flatMap((page) => page.triggers);
  const suppressed = pages.flatMap((page) => page.suppressed);
  return told(json, { ...pages[0], triggers, suppressed, next: null }, letterLines);
}
