import { SeenPageSchema } from '../api/schema/seenSchema.ts';
import { UUID } from '../core/uuid.ts';
import { seenLines } from '../text/auditLines.ts';
import { type Ask, CommandFailed, EXIT } from './ask.ts';
import type { Command } from './command.ts';
import { everyPage } from './pages.ts';
import { organisationMeant } from './present.ts';

const FORM = 'revisjon verifiser | sett <referanse> [org]';

/** The audit trail: is it whole, and who has seen a youth. */
export const audit: Command = {
  form: FORM,
  help: 'er revisjonssporet helt, og hvem har sett en ungdom',
  takes: [1, 3],
  run: (ask, [what, ...rest]) => {
    if (what === 'sett' && rest.length >= 1 && rest.length <= 2) return seen(ask, rest);
    throw new CommandFailed(`Bruk: npm run ot -- ${FORM}`, EXIT.usage);
  },
};

async function seen(ask: Ask, [ref = '', given]: readonly string[]): Promise<string> {
  if (!UUID.test(ref)) {
    throw new CommandFailed(
      'Oppgi referansen til ungdommen, slik den står i varsler og arbeidslister.',
      EXIT.usage,
    );
  }
  const org = await organisationMeant(ask, given);
  const path = `/organisations/${encodeURIComponent(org)}/youths/${ref}/seen-by?limit=500`;
  const pages = await everyPage(ask, { schema: SeenPageSchema, path, org });
  return seenLines(pages.flatMap((page) => page.seen));
}
