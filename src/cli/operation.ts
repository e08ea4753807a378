import { parseArgs } from 'node:util';
import { OperationSchema } from '../api/schema/operationSchema.ts';
import { supportFile } from '../text/supportFile.ts';
import { found } from './answer.ts';
import type { Ask } from './ask.ts';
import type { Command } from './command.ts';
import { parseFlags } from './flags.ts';
import { organisationMeant } from './present.ts';
import { USAGE } from './usage.ts';

const { form: FORM } = USAGE.drift;

export const operation: Command = {
  ...USAGE.drift,
  run: show,
};

async function show(ask: Ask, args: readonly string[]): Promise<string> {
  const { positionals, values } = parseFlags(FORM, () =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        kontroller: { type: 'boolean', default: false },
      },
    }),
  );
  const org = await organisationMeant(ask, positionals[0]);
  const at = `/organisations/${encodeURIComponent(org)}/operation`;
  const answer = await (values.kontroller ? ask(`${at}/checks`, {}) : ask(at));
  const read = found(OperationSchema, answer, org);
  return values.json ? JSON.stringify(read, null, 2) : supportFile(read);
}
