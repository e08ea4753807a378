import { by } from '../core/order.ts';
/** A dry run as shown: rows by number, without names. */
export interface ShownDryRun {
  text: string;
  list: { text: string } | null;
  results: readonly {
    row: number;
    outcome: string;
    text: string;
    effects: readonly { rule: string | null; reason: string | null }[];
    problems: readonly { field: string; text: string; cure: string; raw?: string | undefined }[];
  }[];
}

/** The summary first, then the problems, then row by row the effects with their reasons. Rows that change nothing
 *  are only in the summary. */
export function dryRunLines({ text, list, results }: ShownDryRun): string {
  const broken = results.filter(({ problems }) => problems.length > 0);
  const acting = results.filter(({ outcome, problems }) => outcome !== 'duplicate' && problems.length === 0);
  return [
    text,
    ...(list === null ? [] : [list.text]),
    ...section('Må rettes', broken.flatMap(problemLines)),
    ...section(
      'Rad for rad',
      acting.map((result) => `  Rad ${result.row}: ${result.text}${rulesOf(result)}`),
    ),
    ...section('Hvorfor', reasons(acting)),
  ].join('\n');
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines];
}

function problemLines({ row, problems }: ShownDryRun['results'][number]): string[] {
  return problems.flatMap(({ field, text, cure, raw }) => [
    `  Rad ${row}${field === '' ? '' : `, ${field}`}${raw === undefined ? '' : ` («${raw}»)`}: ${text}`,
    `    Gjør dette: ${cure}`,
  ]);
}

function rulesOf({ effects }: ShownDryRun['results'][number]): string {
  const rules = [...new Set(effects.flatMap(({ rule }) => rule ?? []))];
  return rules.length === 0 ? '' : ` (${rules.join(', ')})`;
}

function reasons(results: ShownDryRun['results']): string[] {
  const byRule = new Map<string, string>();
  for (const { rule, reason } of results.flatMap(({ effects }) => effects))
    if (rule !== null && reason !== null) byRule.set(rule, reason);
  return [...byRule].sort(by(([rule]) => rule)).map(([rule, why]) => `  ${rule}: ${why}`);
}
