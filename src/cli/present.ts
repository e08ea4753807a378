import { type Front, FrontSchema } from '../api/front/frontView.ts';
import { parseSchoolYear } from '../core/time/schoolYear.ts';
import { found } from './answer.ts';
import { type Ask, CommandFailed, EXIT } from './ask.ts';

// The bridge knows its organisations, and what «now» is: a sample county's clock shows the same time until it is moved.

/** The organisation given, or the only one of the bridge. @throws CommandFailed that names them when there are several */
export async function organisationMeant(ask: Ask, given: string | undefined): Promise<string> {
  if (given !== undefined) return given;
  const known = await organisationsKnown(ask);
  const [only, another] = known;
  if (only !== undefined && another === undefined) return only;
  throw new CommandFailed(
    `Skriv hvilken organisasjon det gjelder. Velg en av: ${known.join(', ')}.`,
    EXIT.usage,
  );
}

async function organisationsKnown(ask: Ask): Promise<string[]> {
  const { organisations } = found(FrontSchema, await ask('/'), '');
  return organisations.map(({ id }) => id);
}

/** The school year given, or the one the organisation is in.
 *  @throws CommandFailed when it is no school year, or the organisation is unknown */
export async function yearMeant(ask: Ask, org: string, given: string | undefined): Promise<string> {
  if (given === undefined) return (await presentOf(ask, org)).schoolYear;
  const schoolYear = parseSchoolYear(given);
  if (schoolYear !== undefined) return schoolYear;
  throw new CommandFailed(`«${given}» er ikke et skoleår. Skriv for eksempel 2026-27.`, EXIT.usage);
}

export async function presentOf(
  ask: Ask,
  org: string,
): Promise<Pick<Front['organisations'][number], 'today' | 'schoolYear'>> {
  const { organisations } = found(FrontSchema, await ask('/'), org);
  const present = organisations.find(({ id }) => id === org);
  if (present !== undefined) return present;
  const known = organisations.map(({ id }) => id).join(', ');
  throw new CommandFailed(
    `Organisasjonen «${org}» er ikke satt opp her. Velg en av: ${known}.`,
    EXIT.refused,
  );
}

/** Is the word an organisation of the bridge, and not another thing that may be alone? */
export async function isOrganisation(ask: Ask, word: string): Promise<boolean> {
  return (await organisationsKnown(ask)).includes(word);
}
