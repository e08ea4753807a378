import { z } from 'zod';
import { LogLinesSchema, LogWeekSchema, LogWeekUseSchema } from '../api/schema/logSchema.ts';
import { parseDate } from '../core/time/date.ts';
import { logLinesText, logUseLines, logWeekLine } from '../text/logLines.ts';
import { found, told } from './answer.ts';
import { type Ask, CommandFailed, EXIT } from './ask.ts';
import type { Command } from './command.ts';
import { withoutJson } from './flags.ts';
import { everyPage } from './pages.ts';
import { organisationMeant } from './present.ts';
import { USAGE } from './usage.ts';

const { form: FORM } = USAGE.logg;

/** The control of the audit trail, week by week. */
export const log: Command = {
  ...USAGE.logg,
  async run(ask, args) {
    const { words, json } = withoutJson(args);
    const [given, week, act, named, note] = words;
    if (week === undefined) return weeks(ask, json, await organisationMeant(ask, given));
    if (given === undefined || parseDate(week) === undefined) throw usage();
    if (act === undefined) return use(ask, json, { org: given, week });
    if (act === 'linjer' && named === undefined) return lines(ask, json, { org: given, week });
    const what = FOUND.get(named ?? '');
    if (act !== 'signer' || what === undefined) throw usage();
    return sign(ask, json, { org: given, week, body: { found: what, ...(note !== undefined && { note }) } });
  },
};

const FOUND: ReadonlyMap<string, string> = new Map([
  ['ingen-avvik', 'INGEN_AVVIK'],
  ['avvik', 'AVVIK'],
]);

const at = (org: string) => `/organisations/${encodeURIComponent(org)}/log-controls`;

async function weeks(ask: Ask, json: boolean, org: string): Promise<string> {
  const answer = found(z.object({ weeks: z.array(LogWeekSchema) }), await ask(at(org)), org);
  return told(json, answer, (all) => all.weeks.map(logWeekLine).join('\n'));
}

async function use(ask: Ask, json: boolean, { org, week }: { org: string; week: string }): Promise<string> {
  return told(json, found(LogWeekUseSchema, await ask(`${at(org)}/${week}`), org), logUseLines);
}

async function lines(ask: Ask, json: boolean, { org, week }: { org: string; week: string }): Promise<string> {
  const path = `${at(org)}/${week}/lines?limit=500`;
  const pages = await everyPage(ask, { schema: LogLinesSchema, path, org });
  const all = pages.flatMap((page) => page.lines);
  return told(json, { lines: all, next: null }, () => logLinesText(all));
}

async function sign(
  ask: Ask,
  json: boolean,
  { org, week, body }: { org: string; week: string; body: object },
): Promise<string> {
  return told(json, found(LogWeekSchema, await ask(`${at(org)}/${week}/sign`, body), org), logWeekLine);
}

function usage(): CommandFailed {
  return new CommandFailed(`Bruk: npm run ot -- ${FORM}`, EXIT.usage);
}
