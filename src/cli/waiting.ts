import { z } from 'zod';
import { WaitingGroupSchema } from '../api/schema/quarantineSchema.ts';
import { waitingLines } from '../text/quarantineLines.ts';
import { found } from './answer.ts';
import { type Ask, CommandFailed, EXIT } from './ask.ts';
import type { Command } from './command.ts';
import { wordsAndJson } from './flags.ts';
import { organisationMeant } from './present.ts';

const FORM = 'ventende [org] [slipp <referanse> <begrunnelse>] [--json]';

export const waiting: Command = {
  form: FORM,
  help: 'hvem som venter fordi en tidligere melding stoppet; slipp én fram',
  takes: [0, 5],
  run: show,
};

async function show(ask: Ask, args: readonly string[]): Promise<string> {
  const { words, json } = wordsAndJson(FORM, args);
  const [given, act, ref, reason] = words;
  const org = await organisationMeant(ask, given);
  const at = `/organisations/${encodeURIComponent(org)}/parked`;
  if (act === undefined) {
    const shape = z.object({ groups: z.array(WaitingGroupSchema) });
    const { groups } = found(shape, await ask(`${at}/groups`), org);
    return json ? JSON.stringify(groups, null, 2) : waitingLines(groups);
  }
  if (act !== 'slipp' || ref === undefined || reason === undefined)
    throw new CommandFailed(`Bruk: npm run ot -- ${FORM}`, EXIT.usage);
  const shape = z.object({ ref: z.string(), records: z.number().int() });
  const released = found(shape, await ask(`${at}/${encodeURIComponent(ref)}/release`, { reason }), org);
  if (json) return JSON.stringify(released, null, 2);
  return released.records === 1
    ? '1 melding er sendt på nytt.'
    : `${released.records} meldinger er sendt på nytt, i rekkefølge.`;
}
