import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { BulkSchema, QuarantineGroupSchema } from '../api/schema/quarantineGroupSchema.ts';
import { quarantineGroupLines, workLines } from '../text/quarantineLines.ts';
import { found } from './answer.ts';
import { type Ask, CommandFailed, EXIT } from './ask.ts';
import type { Command } from './command.ts';
import { parseFlags } from './flags.ts';
import { everyPage, moreLines } from './pages.ts';
import { organisationMeant } from './present.ts';
import { USAGE } from './usage.ts';

const { form: FORM } = USAGE.karantene;

/** What is done with all of a group. */
const ACTS: ReadonlyMap<string, 'mend' | 'replay' | 'discard'> = new Map([
  ['rett', 'mend'],
  ['spill', 'replay'],
  ['forkast', 'discard'],
]);
const LOOK_EVERY_MS = 500;
/** Groups that are shown at a time. */
const PAGE = 50;

export const quarantine: Command = {
  ...USAGE.karantene,
  run: show,
};

async function show(ask: Ask, args: readonly string[]): Promise<string> {
  const { positionals, values } = parseFlags(FORM, () =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        ...{ verdi: { type: 'string' }, til: { type: 'string' }, etter: { type: 'string' } },
      },
    }),
  );
  const [given, group, act, count, reason] = positionals;
  const org = await organisationMeant(ask, given);
  const at = `/organisations/${encodeURIComponent(org)}/quarantine`;
  if (act !== undefined) {
    const body = actOf(act, { count, reason, value: values.verdi, upTo: values.til });
    const path = `${at}/groups/${encodeURIComponent(group ?? '')}/acts`;
    const begun = found(BulkSchema, await ask(path, body), org);
    const work = `${at}/acts/${begun.id}?limit=500`;
    await whenDone(ask, work, org);
    const pages = await everyPage(ask, { schema: BulkSchema, path: work, org });
    const done = { ...pages[0], failures: pages.flatMap(({ failures }) => failures), next: null };
    return values.json ? JSON.stringify(done, null, 2) : workLines(done);
  }
  const shape = z.object({ groups: z.array(QuarantineGroupSchema), next: z.string().nullable() });
  const asked = new URLSearchParams({
    limit: String(PAGE),
    ...(values.etter !== undefined && { after: values.etter }),
    ...(group !== undefined && { group }),
  });
  const page = found(shape, await ask(`${at}/groups?${asked}`), org);
  if (values.json) return JSON.stringify(page, null, 2);
  return [quarantineGroupLines(page.groups), ...moreLines(`karantene ${org}`, page.next)].join('\n');
}

/** @throws CommandFailed naming what lacks */
function actOf(
  act: string,
  {
    count,
    reason,
    value,
    upTo,
  }: Readonly<Partial<Record<'count' | 'reason' | 'value' | 'upTo', string | undefined>>>,
): object {
  const kind = ACTS.get(act);
  if (kind === undefined)
    throw new CommandFailed(`«${act}» finnes ikke. Skriv ${[...ACTS.keys()].join(', ')}.`, EXIT.usage);
  if (count === undefined || !/^[1-9]\d{0,6}$/.test(count))
    throw new CommandFailed('Skriv hvor mange det gjelder, slik oversikten viser det.', EXIT.usage);
  if (reason === undefined)
    throw new CommandFailed('Skriv en begrunnelse i anførselstegn, uten personopplysninger.', EXIT.usage);
  if ((kind === 'mend') !== (value !== undefined))
    throw new CommandFailed('--verdi hører til «rett», og må være med der.', EXIT.usage);
  return {
    act: kind,
    items: Number(count),
    reason,
    ...(value !== undefined && { value }),
    ...(upTo !== undefined && { upTo }),
  };
}

async function whenDone(ask: Ask, path: string, org: string): Promise<z.infer<typeof BulkSchema>> {
  for (;;) {
    const work = found(BulkSchema, await ask(path), org);
    if (work.state !== 'running') return work;
    await sleep(LOOK_EVERY_MS);
  }
}
