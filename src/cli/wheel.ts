import { WheelSchema } from '../api/schema/wheelSchema.ts';
import { wheelLines } from '../text/wheelLines.ts';
import { found, told } from './answer.ts';
import type { Ask } from './ask.ts';
import type { Command } from './command.ts';
import { withoutJson } from './flags.ts';
import { yearMeant } from './present.ts';
import { USAGE } from './usage.ts';

export const wheel: Command = {
  ...USAGE.hjul,
  run: show,
};

async function show(ask: Ask, args: readonly string[]): Promise<string> {
  const { words, json } = withoutJson(args);
  const [org = '', year] = words;
  const schoolYear = await yearMeant(ask, org, year);
  const answer = await ask(`/organisations/${encodeURIComponent(org)}/wheel/${schoolYear}`);
  return told(json, found(WheelSchema, answer, org), wheelLines);
}
