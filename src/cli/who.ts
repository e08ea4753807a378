import type { z } from 'zod';
import { IdentitiesSchema, IdentitySchema } from '../api/schema/identitySchema.ts';
import { LETTER_IDS } from '../core/letters/letterId.ts';
import { PURPOSE_NAMES, PURPOSES } from '../core/person/identityPurpose.ts';
import { UUID } from '../core/uuid.ts';
import { identityLines } from '../text/identityLines.ts';
import { found, told } from './answer.ts';
import { type Ask, CommandFailed, EXIT } from './ask.ts';
import type { Command } from './command.ts';
import { withoutJson } from './flags.ts';
import { yearMeant } from './present.ts';
import { USAGE } from './usage.ts';

export const who: Command = {
  ...USAGE.hvem,
  run: show,
};

type Identities = z.infer<typeof IdentitiesSchema>;

async function show(ask: Ask, args: readonly string[]): Promise<string> {
  const { words, json } = withoutJson(args);
  const [org = '', whom = '', word = '', year] = words;
  const purpose = PURPOSE_NAMES.find((name) => name === word.toUpperCase());
  if (purpose === undefined) {
    const all = Object.entries(PURPOSES).map(([name, text]) => `${name} (${text})`);
    throw new CommandFailed(`«${word}» er ikke et formål. Velg ett av ${all.join(', ')}.`, EXIT.usage);
  }
  const path = `/organisations/${encodeURIComponent(org)}`;
  if (UUID.test(whom)) {
    const answer = await ask(`${path}/youths/${whom}/identity`, { purpose });
    return told(json, found(IdentitySchema, answer, org), (one) =>
      identityLines({ people: [one], refused: [], unknown: [] }),
    );
  }
  const letter = LETTER_IDS.find((id) => id === whom.toUpperCase());
  const listed =
    letter === undefined
      ? { worklist: { id: whom } }
      : { letter: { id: letter, schoolYear: await yearMeant(ask, org, year) } };
  const all: Pick<Identities, 'people' | 'refused' | 'unknown'> = { people: [], refused: [], unknown: [] };
  for (let after: string | null | undefined; after !== null; ) {
    const answer = await ask(`${path}/identities`, { purpose, ...listed, ...(after && { after }) });
    const { people, refused, unknown, next } = found(IdentitiesSchema, answer, org);
    all.people.push(...people);
    all.refused.push(...refused);
    all.unknown.push(...unknown);
    after = next;
  }
  return told(json, { ...all, next: null }, identityLines);
}
