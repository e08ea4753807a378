import { parseArgs } from 'node:util';
import { z } from 'zod';
import { AddedReplaySchema, DeliveriesSchema, ReplaySchema } from '../api/schema/deliverySchema.ts';
import { UUID } from '../core/uuid.ts';
import { found, told } from './answer.ts';
import { type Ask, CommandFailed, EXIT } from './ask.ts';
import type { Command } from './command.ts';
import { parseFlags } from './flags.ts';
import { everyPage } from './pages.ts';
import { USAGE } from './usage.ts';

const { form: FORM } = USAGE.omsending;

/** What was not taken is sent once more: counted first, and begun by a person. */
export const replays: Command = {
  ...USAGE.omsending,
  async run(ask, args) {
    const text = { type: 'string' } as const;
    const { values, positionals } = parseFlags(FORM, () =>
      parseArgs({
        args: [...args],
        allowPositionals: true,
        options: { json: { type: 'boolean', default: false }, fra: text, til: text },
      }),
    );
    const { json, fra, til } = values;
    const [org = '', id = '', what, act, ...more] = positionals;
    const at = `/organisations/${encodeURIComponent(org)}/subscriptions/${encodeURIComponent(id)}/replays`;
    if (what === undefined) {
      const read = found(z.object({ replays: z.array(ReplaySchema) }), await ask(at), org);
      return told(json, read, (all) =>
        all.replays.length === 0 ? 'Ingenting er sendt på nytt.' : all.replays.map(line).join('\n'),
      );
    }
    if (more.length > 0) throw usage();
    if (what === 'ny' && act !== undefined) {
      if ((fra === undefined) !== (til === undefined)) throw usage();
      const which = fra === undefined ? { code: 'exhausted' } : { from: fra, to: til };
      const added = found(AddedReplaySchema, await ask(at, { ...which, reason: act }), org);
      return told(json, added, ({ replay }) =>
        [line(replay), `Start den: npm run ot -- omsending ${org} ${id} ${replay.id} start`].join('\n'),
      );
    }
    if (!UUID.test(what)) throw usage();
    return ofReplay(ask, { at: `${at}/${what}`, org, json }, act);
  },
};

async function ofReplay(
  ask: Ask,
  { at, org, json }: { at: string; org: string; json: boolean },
  act: string | undefined,
): Promise<string> {
  if (act === undefined) return told(json, found(ReplaySchema, await ask(at), org), line);
  if (act === 'feil') {
    const pages = await everyPage(ask, {
      schema: DeliveriesSchema,
      path: `${at}/failures?limit=500`,
      org,
    });
    const deliveries = pages.flatMap((page) => page.deliveries);
    return told(json, { ...pages[0], deliveries, next: null }, () =>
      deliveries.length === 0
        ? 'Alt ble tatt imot.'
        : deliveries.map(({ webhookId, text }) => `${webhookId}: ${text}`).join('\n'),
    );
  }
  if (act !== 'start' && act !== 'stopp') throw usage();
  const path = `${at}/${act === 'start' ? 'start' : 'stop'}`;
  return told(json, found(ReplaySchema, await ask(path, {}), org), line);
}

function line({ id, text }: z.infer<typeof ReplaySchema>): string {
  return `${id}: ${text}`;
}

function usage(): CommandFailed {
  return new CommandFailed(`Bruk: npm run ot -- ${FORM}`, EXIT.usage);
}
