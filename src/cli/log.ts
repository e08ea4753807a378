import { z } from 'zod';
import { LogWeekSchema, LogWeekUseSchema } from '../api/schema/logSchema.ts';
import { parseDate } from '../core/time/date.ts';
import { logUseLines, logWeekLine } from '../text/logLines.ts';
import { found } from './answer.ts';
import { type Ask, CommandFailed, EXIT } from './ask.ts';
import type { Command } from './command.ts';
import { organisationMeant } from './present.ts';

const FORM = 'logg [org] | <org> <mandag> [signer <ingen-avvik|avvik> [merknad]]';

/** The control of the audit trail, week by week. */
export const log: Command = {
  form: FORM,
  help: 'loggkontrollen: ukene, hvem som har sett hva i en uke, og signering av den',
  takes: [0, 5],
  async run(ask, args) {
    const [given, week, act, named, note] = args;
    if (week === undefined) return weeks(ask, await organisationMeant(ask, given));
    if (given === undefined || parseDate(week) === undefined) throw usage();
    if (act === undefined) return use(ask, given, week);
    const what = FOUND.get(named ?? '');
    if (act !== 'signer' || what === undefined) throw usage();
    return sign(ask, { org: given, week, body: { found: what, ...(note !== undefined && { note }) } });
  },
};

const FOUND: ReadonlyMap<string, string> = new Map([
  ['ingen-avvik', 'INGEN_AVVIK'],
  ['avvik', 'AVVIK'],
]);

const at = (org: string) => `/organisations/${encodeURIComponent(org)}/log-controls`;

async function weeks(ask: Ask, org: string): Promise<string> {
  const answer = found(z.object({ weeks: z.array(LogWeekSchema) }), await ask(at(org)), org);
  return answer.weeks.map(logWeekLine).join('\n');
}

async function use(ask: Ask, org: string, week: string): Promise<string> {
  return logUseLines(found(LogWeekUseSchema, await ask(`${at(org)}/${week}`), org));
}

async function sign(
  ask: Ask,
  { org, week, body }: { org: string; week: string; body: object },
): Promise<string> {
  return logWeekLine(found(LogWeekSchema, await ask(`${at(org)}/${week}/sign`, body), org));
}

function usage(): CommandFailed {
  return new CommandFailed(`Bruk: npm run ot -- ${FORM}`, EXIT.usage);
}
