import { parseArgs } from 'node:util';
import { FlowSchema } from '../api/schema/flowSchema.ts';
import { flowLines } from '../text/flowLines.ts';
import { found } from './answer.ts';
import type { Ask } from './ask.ts';
import type { Command } from './command.ts';
import { parseFlags } from './flags.ts';
import { organisationMeant } from './present.ts';

const FORM = 'flyt [org] [--json]';

export const flow: Command = {
  form: FORM,
  help: 'om hver strøm kommer som den skal, og alt som står stille: hvorfor, og hva du gjør',
  takes: [0, 2],
  run: show,
};

async function show(ask: Ask, args: readonly string[]): Promise<string> {
  const { positionals, values } = parseFlags(FORM, () =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false } },
    }),
  );
  const org = await organisationMeant(ask, positionals[0]);
  const read = found(FlowSchema, await ask(`/organisations/${encodeURIComponent(org)}/flow`), org);
  return values.json ? JSON.stringify(read, null, 2) : flowLines(read);
}
