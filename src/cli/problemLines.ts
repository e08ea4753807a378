import type { Problem } from '../core/problem.ts';

/** What is wrong with a record, with what to do. */
export function problemLines(problems: readonly Problem[]): string[] {
  return problems.map(({ field, text, cure, raw }) => {
    const at = [field, ...(raw === undefined ? [] : [`«${raw}»`])].filter((each) => each !== '').join(' ');
    return `  ${at === '' ? '' : `${at}: `}${text}\n    Gjør dette: ${cure}`;
  });
}
