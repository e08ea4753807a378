import { parseArgs } from 'node:util';
import { z } from 'zod';
import { WaitingGroupSchema } from '../api/schema/quarantineSchema.ts';
import { waitingLines } from '../text/quarantineLines.ts';
import { found } from './answer.ts';
import { type Ask, CommandFailed, EXIT } from './ask.ts';
import type { Command } from './command.ts';
import { parseFlags } from './flags.ts';
import { moreLines } from './pages.ts';
import { organisationMeant } from './present.ts';
import { USAGE } from './usage.ts';

/** Youths of a group that are shown at a time. */
const PAGE = 50;
const { form: FORM } = USAGE.ventende;

export const waiting: Command = {
  ...USAGE.ventende,
  run: show,
};

async function show(ask: Ask, args: readonly string[]): Promise<string> {
  const { positionals, values } = parseFlags(FORM, () =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        ...{ strom: { type: 'string' }, etter: { type: 'string' } },
      },
    }),
  );
  const { json, strom, etter } = values;
  const [given, act, ref, reason] = positionals;
  if ((etter !== undefined && strom === undefined) || (act !== undefined && strom !== undefined))
    throw new CommandFailed(`Bruk: npm run ot -- ${FORM}`, EXIT.usage);
  const org = await organisationMeant(ask, given);
  const at = `/organisations/${encodeURIComponent(org)}/parked`;
  if (act === undefined) {
    const shape = z.object({ groups: z.array(WaitingGroupSchema) });
    const asked = new URLSearchParams({
      limit: String(PAGE),
      ...(strom !== undefined && { feed: strom }),
      ...(etter !== undefined && { after: etter }),
    });
    const { groups } = found(shape, await ask(`${at}/groups?${asked}`), org);
    if (json) return JSON.stringify(groups, null, 2);
    const more = groups.flatMap(({ feed, next }) =>
      moreLines(`ventende ${org} --strom ${feed ?? 'unknown'}`, next),
    );
    return [waitingLines(groups), ...more].join('\n');
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
