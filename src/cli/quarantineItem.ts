import { z } from 'zod';
import { QuarantineItemSchema } from '../api/schema/quarantineSchema.ts';
import { MendedSchema } from '../api/schema/repairSchema.ts';
import { norwegianDayAndTime } from '../text/norwegian.ts';
import { found, told } from './answer.ts';
import { type Ask, CommandFailed, EXIT } from './ask.ts';
import type { Command } from './command.ts';
import { withoutJson } from './flags.ts';
import { newValues } from './mend.ts';
import { problemLines } from './problemLines.ts';
import { USAGE } from './usage.ts';

const { form: FORM } = USAGE.melding;
const ACTS: ReadonlyMap<string, { path: string; done: string }> = new Map([
  ['spill', { path: 'replay', done: 'Meldingen er sendt på nytt.' }],
  ['forkast', { path: 'discard', done: 'Meldingen er lagt bort.' }],
]);
const STATES = {
  open: 'venter på at noen ser på den',
  replayed: 'er sendt på nytt',
  discarded: 'er lagt bort',
} as const;

/** One message in quarantine: what is wrong with it, and what is done with it. */
export const quarantineItem: Command = {
  ...USAGE.melding,
  async run(ask, args) {
    const { words, json } = withoutJson(args);
    const [org = '', id = '', act, reason, ...rest] = words;
    const at = `/organisations/${encodeURIComponent(org)}/quarantine/${encodeURIComponent(id)}`;
    if (act === undefined) return told(json, found(QuarantineItemSchema, await ask(at), org), itemLines);
    if (reason === undefined) throw usage();
    if (act === 'rett') return mend(ask, { at, org, json, reason }, rest);
    const said = ACTS.get(act);
    if (said === undefined || rest.length > 0) throw usage();
    const shape = z.object({ id: z.string(), status: z.string() });
    return told(json, found(shape, await ask(`${at}/${said.path}`, { reason }), org), () => said.done);
  },
};

async function mend(
  ask: Ask,
  { at, org, json, reason }: { at: string; org: string; json: boolean; reason: string },
  rest: readonly string[],
): Promise<string> {
  const send = rest.some((each) => /^--kj[øo]r$/.test(each));
  const fields = newValues(rest.filter((each) => !/^--kj[øo]r$/.test(each)));
  if (Object.keys(fields).length === 0) throw usage();
  const mended = found(MendedSchema, await ask(`${at}/mend`, { fields, reason, send }), org);
  return told(json, mended, ({ sent, text, problems }) =>
    [
      text,
      ...problemLines(problems),
      sent
        ? 'Meldingen er sendt.'
        : problems.length > 0
          ? 'Ingenting er sendt.'
          : 'Ingenting er sendt. Legg til --kjør for å sende meldingen.',
    ].join('\n'),
  );
}

function itemLines(item: z.infer<typeof QuarantineItemSchema>): string {
  const { id, status, received, position, problems, receipt, row } = item;
  const from = receipt === null ? [] : [`Kvittering ${receipt}${row === null ? '' : `, rad ${row}`}.`];
  return [
    `Meldingen ${id} ${STATES[status]}.`,
    `Mottatt ${norwegianDayAndTime(received)}: ${position.topic} ${position.partition}, nr. ${position.offset}.`,
    ...from,
    ...problemLines(problems),
  ].join('\n');
}

function usage(): CommandFailed {
  return new CommandFailed(`Bruk: npm run ot -- ${FORM}`, EXIT.usage);
}
