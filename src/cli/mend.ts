import { MendedSchema, RepairSchema } from '../api/schema/repairSchema.ts';
import { found } from './answer.ts';
import type { Ask } from './ask.ts';
import { CommandFailed, EXIT } from './ask.ts';
import type { Command } from './command.ts';
import { problemLines } from './problemLines.ts';

const FORM = 'rett <org> <kvittering> <rad> [felt=verdi …] [--kjør]';

/** A row of a submission that is in quarantine: what is wrong, what it would lead to when mended, and with `--kjør` it is sent. */
export const mend: Command = {
  form: FORM,
  help: 'rett en rad i karantene på en kvittering; uten felt: hva som er galt; sendes bare med --kjør',
  takes: [3, 20],
  run,
};

async function run(
  ask: Ask,
  [org = '', receipt = '', row = '', ...rest]: readonly string[],
): Promise<string> {
  const at = `/organisations/${encodeURIComponent(org)}/receipts/${encodeURIComponent(receipt)}/rows/${encodeURIComponent(row)}`;
  const send = rest.some((each) => each === '--kjør' || each === '--kjor');
  const fields = newValues(rest.filter((each) => !/^--kj[øo]r$/.test(each)));
  if (Object.keys(fields).length === 0) {
    const { state, problems, fields: known } = found(RepairSchema, await ask(at), org);
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
  const { sent, text, problems } = found(MendedSchema, await ask(at, { fields, send }), org);
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
