import { FlowSchema } from '../api/schema/flowSchema.ts';
import { flowLines } from '../text/flowLines.ts';
import { found } from './answer.ts';
import type { Ask } from './ask.ts';
import type { Command } from './command.ts';
import { wordsAndJson } from './flags.ts';
import { organisationMeant } from './present.ts';
import { USAGE } from './usage.ts';

const { form: FORM } = USAGE.flyt;

export const flow: Command = {
  ...USAGE.flyt,
  run: show,
};

async function show(ask: Ask, args: readonly string[]): Promise<string> {
  const { words, json } = wordsAndJson(FORM, args);
  const org = await organisationMeant(ask, words[0]);
  const read = found(FlowSchema, await ask(`/organisations/${encodeURIComponent(org)}/flow`), org);
  return json ? JSON.stringify(read, null, 2) : flowLines(read);
}
