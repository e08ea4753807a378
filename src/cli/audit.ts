import { SeenPageSchema } from '../api/schema/seenSchema.ts';
import { UUID } from '../core/uuid.ts';
import { seenLines } from '../text/auditLines.ts';
import { told } from './answer.ts';
import { type Ask, CommandFailed, EXIT } from './ask.ts';
import type { Command } from './command.ts';
import { withoutJson } from './flags.ts';
import { everyPage } from './pages.ts';
import { organisationMeant } from './present.ts';
import { USAGE } from './usage.ts';

const { form: FORM } = USAGE.revisjon;

/** The audit trail: is it whole, and who has seen a youth. */
export const audit: Command = {
  ...USAGE.revisjon,
  run: (ask, args) => {
    const { words, json } = withoutJson(args);
    const [what, ...rest] = words;
    if (what === 'sett' && rest.length >= 1 && rest.length <= 2) return seen(ask, json, rest);
    throw new CommandFailed(`Bruk: npm run ot -- ${FORM}`, EXIT.usage);
  },
};

/** Who has seen a youth. @param words its reference, and the organisation */
export async function seen(ask: Ask, json: boolean, [ref = '', given]: readonly string[]): Promise<string> {
  if (!UUID.test(ref)) {
    throw new CommandFailed(
      'Oppgi referansen til ungdommen, slik den står i varsler og arbeidslister.',
      EXIT.usage,
    );
  }
  const org = await organisationMeant(ask, given);
  const path = `/organisations/${encodeURIComponent(org)}/youths/${ref}/seen-by?limit=500`;
  const pages = await everyPage(ask, { schema: SeenPageSchema, path, org });
  const all = pages.flatMap((page) => page.seen);
  return told(json, { ...pages[0], seen: all, next: null }, () => seenLines(all));
}
