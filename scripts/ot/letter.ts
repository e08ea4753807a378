import { MailingSchema } from '../../src/api/view/letterView.ts';
import { letterLines } from '../../src/report/letterLines.ts';
import { found } from './answer.ts';
import type { Ask } from './ask.ts';
import type { Command } from './commands.ts';
import { schoolYearFrom } from './wheel.ts';

export const letter: Command = {
  form: 'brev <org> <W13|W14|W24|W25|W30|W30-SMS> <skoleår>',
  help: 'hvem som skal ha et brev, og hvem som ikke skal ha det og hvorfor',
  takes: [3, 3],
  run: show,
};

async function show(ask: Ask, [org = '', id = '', year = '']: readonly string[]): Promise<string> {
  const path = `/organisations/${encodeURIComponent(org)}/letters/${encodeURIComponent(id)}`;
  return letterLines(found(MailingSchema, await ask(`${path}?schoolYear=${schoolYearFrom(year)}`), org));
}
