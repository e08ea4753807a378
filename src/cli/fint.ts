import { z } from 'zod';
import { found, told } from './answer.ts';
import { type Ask, CommandFailed, EXIT } from './ask.ts';
import type { Command } from './command.ts';
import { withoutJson } from './flags.ts';
import { USAGE } from './usage.ts';

export const fint: Command = {
  ...USAGE.fint,
  run: full,
};

async function full(ask: Ask, args: readonly string[]): Promise<string> {
  const { words, json } = withoutJson(args);
  const [what, org = ''] = words;
  if (what !== 'full') throw new CommandFailed('Skriv fint full <org>.', EXIT.usage);
  const wanted = found(
    z.object({ wanted: z.literal(true) }),
    await ask(`/organisations/${encodeURIComponent(org)}/fint/full`, {}),
    org,
  );
  return told(
    json,
    wanted,
    () =>
      'Alt sendes på nytt når prosessen som sender, tar neste runde. Er FINT_TOPIC ikke satt til on, sendes ingenting.',
  );
}
