import { z } from 'zod';
import { AlertSchema } from '../api/schema/alertSchema.ts';
import { parseDate, parseInstant } from '../core/time/date.ts';
import { noonOf } from '../core/time/oslo.ts';
import { alertLines } from '../text/alertLines.ts';
import { norwegianDayAndTime } from '../text/norwegian.ts';
import { access } from './access.ts';
import { found } from './answer.ts';
import { type Ask, CommandFailed, EXIT } from './ask.ts';
import { audit } from './audit.ts';
import { bulk } from './bulk.ts';
import type { Command } from './command.ts';
import { dryRun } from './dryRun.ts';
import { fint } from './fint.ts';
import { flow } from './flow.ts';
import { goOn, lanes } from './lanes.ts';
import { letter } from './letter.ts';
import { list } from './list.ts';
import { log } from './log.ts';
import { mend } from './mend.ts';
import { nav } from './nav.ts';
import { operation } from './operation.ts';
import { organisationMeant } from './present.ts';
import { quarantine } from './quarantine.ts';
import { receipt } from './receipt.ts';
import { report } from './report.ts';
import { rights } from './rights.ts';
import { codeLists, rules } from './rules.ts';
import { send } from './send.ts';
import { rotate } from './subscribe.ts';
import { deliveries, enable, pause, subscriptions } from './subscriptions.ts';
import { tables } from './tables.ts';
import { template } from './template.ts';
import { vigo } from './vigo.ts';
import { waiting } from './waiting.ts';
import { wheel } from './wheel.ts';
import { who } from './who.ts';
import { worklist } from './worklist.ts';

const SHOWN_ALERTS = 10;

export const COMMANDS: Readonly<Record<string, Command>> = {
  tabeller: tables,
  rapport: report,
  klokke: {
    form: 'klokke <org> <dato eller tidspunkt>',
    help: 'still en virtuell klokke fram (en dato betyr kl. 12 den dagen)',
    takes: [2, 2],
    run: clock,
  },
  varsler: {
    form: 'varsler [org]',
    help: `de ${SHOWN_ALERTS} siste varslene, med grunn`,
    takes: [0, 1],
    run: alerts,
  },
  kvittering: receipt,
  rett: mend,
  prov: dryRun,
  send,
  mal: template,
  regler: rules,
  kodeverk: codeLists,
  hjul: wheel,
  arbeidsliste: worklist,
  samlet: bulk,
  brev: letter,
  partisjoner: lanes,
  videre: goOn,
  hvem: who,
  flyt: flow,
  drift: operation,
  karantene: quarantine,
  ventende: waiting,
  liste: list,
  rettigheter: rights,
  tilgang: access,
  abonnementer: subscriptions,
  leveringer: deliveries,
  pause,
  aktiver: enable,
  'nye-nokler': rotate,
  revisjon: audit,
  logg: log,
  fint,
  vigo,
  nav,
};

async function clock(ask: Ask, [org = '', when = '']: readonly string[]): Promise<string> {
  const date = parseDate(when);
  const now = date === undefined ? parseInstant(when) : noonOf(date);
  if (now === undefined) {
    throw new CommandFailed(
      `«${when}» er ikke en dato eller et tidspunkt. Skriv for eksempel 2021-06-20 eller 2021-06-20T08:00:00Z.`,
      EXIT.usage,
    );
  }
  const answer = await ask(`/organisations/${encodeURIComponent(org)}/clock`, { now });
  const stands = found(z.object({ now: z.string() }), answer, org).now;
  return `Klokken til ${org} står nå på ${norwegianDayAndTime(stands)}.`;
}

async function alerts(ask: Ask, [given]: readonly string[]): Promise<string> {
  const org = await organisationMeant(ask, given);
  const answer = await ask(`/organisations/${encodeURIComponent(org)}/alerts?limit=${SHOWN_ALERTS}`);
  const raised = z.object({ ref: z.string(), recorded: z.string(), alert: AlertSchema });
  return alertLines(found(z.object({ alerts: z.array(raised) }), answer, org).alerts);
}
