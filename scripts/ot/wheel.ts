import { WheelSchema } from '../../src/api/view/wheelView.ts';
import { parseSchoolYear } from '../../src/core/schoolYear.ts';
import { wheelLines } from '../../src/report/wheelLines.ts';
import { found } from './answer.ts';
import { type Ask, CommandFailed, EXIT } from './ask.ts';
import type { Command } from './commands.ts';

export const wheel: Command = {
  form: 'hjul <org> <skoleår>',
  help: 'årshjulet med datoer, uker, frister, lister og brev',
  takes: [2, 2],
  run: show,
};

async function show(ask: Ask, [org = '', year = '']: readonly string[]): Promise<string> {
  const answer = await ask(`/organisations/${encodeURIComponent(org)}/wheel/${schoolYearFrom(year)}`);
  return wheelLines(found(WheelSchema, answer, org));
}

/** @throws CommandFailed when it is no school year. */
export function schoolYearFrom(text: string): string {
  const schoolYear = parseSchoolYear(text);
  if (schoolYear !== undefined) return schoolYear;
  throw new CommandFailed(`«${text}» er ikke et skoleår. Skriv for eksempel 2026-27.`, EXIT.usage);
}
