import { MendedSchema, RepairSchema } from '../api/schema/repairSchema.ts';
import { found } from './answer.ts';
import type { Ask } from './ask.ts';
import { CommandFailed, EXIT } from './ask.ts';
import type { Command } from './command.ts';
import { withoutJson } from './flags.ts';
import { problemLines } from './problemLines.ts';
import { USAGE } from './usage.ts';

const { form: FORM } = USAGE.rett;

/** A row of a submission that is in quarantine: what is wrong, what it would lead to when mended, and with `--kjør` it is sent. */
export const mend: Command = {
  ...USAGE.rett,
  run,
};

async function run(ask: Ask, args: readonly string[]): Promise<string> {
  const { words, json } = withoutJson(args);
  const [org = '', receipt = '', row = '', ...rest] = words;
  const at = `/organisations/${encodeURIComponent(org)}/receipts/${encodeURIComponent(receipt)}/rows/${encodeURIComponent(row)}`;
  const send = rest.some((each) => each === '--kjør' || each === '--kjor');
  const fields = newValues(rest.filter((each) => !/^--kj[øo]r$/.test(each)));
  if (Object.keys(fields).length === 0) {
    const shown = found(RepairSchema, await ask(at), org);
    if (json) return JSON.stringify(shown, null, 2);
    const { state, problems, fields: known } = shown;
    const head = {
      open: `Rad ${row} må rettes:`,
      sent: `Rad ${row} er sendt på nytt.`,
      discarded: `Rad ${row} er lagt bort av fylket.`,
    }[state];
    const mendable = known.map(
      ({ field, heading, help }) =>
        `  ${field}${heading === null ? '' : ` (${heading})`}${help === null ? '' : `: ${help}`}`,
    );
    const what =
      state !== 'open'
        ? []
        : known.length === 0
          ? ['Den kan ikke rettes her. Rett den der den kommer fra.']
          : ['Felt som kan skrives på nytt:', ...mendable];
    return [head, ...problemLines(problems), ...what].join('\n');
  }
  const mended = found(MendedSchema, await ask(at, { fields, send }), org);
  if (json) return JSON.stringify(mended, null, 2);
  const { sent, text, problems } = mended;
  const foot = sent
    ? `Raden er sendt. Se hvordan det gikk: npm run ot -- kvittering ${org} ${receipt}`
    : problems.length > 0
      ? 'Ingenting er sendt.'
      : 'Ingenting er sendt. Legg til --kjør for å sende raden.';
  return [text, ...problemLines(problems), foot].join('\n');
}

/** @throws CommandFailed */
export function newValues(args: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    args.map((each): [string, string] => {
      const [, field = '', value = ''] = /^([a-zA-Z.]+)=(.*)$/s.exec(each) ?? [];
      if (field === '') throw new CommandFailed(`Skriv felt=verdi. Bruk: npm run ot -- ${FORM}`, EXIT.usage);
      return [field, value];
    }),
  );
}
