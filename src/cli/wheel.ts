import { WheelSchema } from '../api/schema/wheelSchema.ts';
import { wheelLines } from '../text/wheelLines.ts';
import { found } from './answer.ts';
import type { Ask } from './ask.ts';
import type { Command } from './command.ts';
import { yearMeant } from './present.ts';

export const wheel: Command = {
  form: 'hjul <org> [skoleår]',
  help: 'årshjulet med datoer, uker, frister, lister og brev',
  takes: [1, 2],
  run: show,
};

async function show(ask: Ask, [org = '', year]: readonly string[]): Promise<string> {
  const schoolYear = await yearMeant(ask, org, year);
  const answer = await ask(`/organisations/${encodeURIComponent(org)}/wheel/${schoolYear}`);
  return wheelLines(found(WheelSchema, answer, org));
}
