import { z } from 'zod';
import { found } from './answer.ts';
import { type Ask, CommandFailed, EXIT } from './ask.ts';
import type { Command } from './command.ts';

export const fint: Command = {
  form: 'fint full <org>',
  help: 'send hele FINT-emnet på nytt',
  takes: [2, 2],
  run: full,
};

async function full(ask: Ask, [what, org = '']: readonly string[]): Promise<string> {
  if (what !== 'full') throw new CommandFailed('Skriv fint full <org>.', EXIT.usage);
  found(
    z.object({ wanted: z.literal(true) }),
    await ask(`/organisations/${encodeURIComponent(org)}/fint/full`, {}),
    org,
  );
  return 'Alt sendes på nytt når prosessen som sender, tar neste runde. Er FINT_TOPIC ikke satt til on, sendes ingenting.';
}
