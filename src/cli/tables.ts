import { referenceDates } from '../core/report/report.ts';
import { SAMPLE_ORG, VESTFOLD_OG_TELEMARK } from '../local/sample/target.ts';
import { ReportSchema } from '../reports/reportShape.ts';
import { printTables } from '../text/tables.ts';
import { notFound, understand } from './answer.ts';
import { type Ask, CommandFailed, EXIT, problemText } from './ask.ts';
import type { Command } from './command.ts';
import { withoutJson } from './flags.ts';
import { organisationMeant, yearMeant } from './present.ts';
import { USAGE } from './usage.ts';

export const tables: Command = {
  ...USAGE.tabeller,
  run: show,
};

async function show(ask: Ask, args: readonly string[]): Promise<string> {
  const { words, json } = withoutJson(args);
  const [given, year] = words;
  const org = await organisationMeant(ask, given);
  // The published figures are of one organisation and one school year.
  const figures = org === SAMPLE_ORG ? VESTFOLD_OG_TELEMARK : null;
  const schoolYear = await yearMeant(ask, org, year ?? figures?.schoolYear);
  const dates = referenceDates(schoolYear);
  const answers = await Promise.all(
    dates.map((date) => ask(`/organisations/${encodeURIComponent(org)}/reports/${date}`)),
  );
  const foreign = answers.find(({ status, value }) => status === 404 && !isNotBuilt(value));
  if (foreign) throw new CommandFailed(problemText(foreign.value) ?? notFound(org), EXIT.refused);
  const reports = answers.map(({ status, value }) =>
    status === 404 ? undefined : understand(ReportSchema, value),
  );
  if (json) return JSON.stringify({ reports: reports.filter((each) => each !== undefined) }, null, 2);
  return printTables(dates, reports, schoolYear === figures?.schoolYear ? figures : null);
}

function isNotBuilt(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    value.type === 'urn:ot-bridge:REPORT_NOT_BUILT'
  );
}
