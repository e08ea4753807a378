import type { Ask } from './ask.ts';
import type { Command } from './command.ts';
import type { Keyboard } from './keyboard.ts';
import { USAGE, type Usage } from './usage.ts';

// Each command is loaded when it is run: the help, and a command that needs little, wait for nothing else.

export const COMMANDS: Readonly<Record<string, Command>> = {
  tabeller: lazy(USAGE.tabeller, async () => (await import('./tables.ts')).tables),
  rapport: lazy(USAGE.rapport, async () => (await import('./report.ts')).report),
  klokke: lazy(USAGE.klokke, async () => (await import('./clock.ts')).clock),
  varsler: lazy(USAGE.varsler, async () => (await import('./alerts.ts')).alerts),
  hvorfor: lazy(USAGE.hvorfor, async () => (await import('./why.ts')).why),
  ungdom: lazy(USAGE.ungdom, async () => (await import('./youth.ts')).youth),
  finn: lazy(USAGE.finn, async () => (await import('./find.ts')).find),
  kontakt: lazy(USAGE.kontakt, async () => (await import('./youthReports.ts')).contact),
  status: lazy(USAGE.status, async () => (await import('./youthReports.ts')).status),
  kvittering: lazy(USAGE.kvittering, async () => (await import('./receipt.ts')).receipt),
  rett: lazy(USAGE.rett, async () => (await import('./mend.ts')).mend),
  prov: lazy(USAGE.prov, async () => (await import('./dryRun.ts')).dryRun),
  send: lazy(USAGE.send, async () => (await import('./send.ts')).send),
  meld: lazy(USAGE.meld, async () => (await import('./send.ts')).report),
  mal: lazy(USAGE.mal, async () => (await import('./template.ts')).template),
  regler: lazy(USAGE.regler, async () => (await import('./rules.ts')).rules),
  kodeverk: lazy(USAGE.kodeverk, async () => (await import('./rules.ts')).codeLists),
  hjul: lazy(USAGE.hjul, async () => (await import('./wheel.ts')).wheel),
  arbeidsliste: lazy(USAGE.arbeidsliste, async () => (await import('./worklist.ts')).worklist),
  samlet: lazy(USAGE.samlet, async () => (await import('./bulk.ts')).bulk),
  brev: lazy(USAGE.brev, async () => (await import('./letter.ts')).letter),
  partisjoner: lazy(USAGE.partisjoner, async () => (await import('./lanes.ts')).lanes),
  videre: lazy(USAGE.videre, async () => (await import('./lanes.ts')).goOn),
  hvem: lazy(USAGE.hvem, async () => (await import('./who.ts')).who),
  flyt: lazy(USAGE.flyt, async () => (await import('./flow.ts')).flow),
  drift: lazy(USAGE.drift, async () => (await import('./operation.ts')).operation),
  karantene: lazy(USAGE.karantene, async () => (await import('./quarantine.ts')).quarantine),
  melding: lazy(USAGE.melding, async () => (await import('./quarantineItem.ts')).quarantineItem),
  arbeid: lazy(USAGE.arbeid, async () => (await import('./quarantineWork.ts')).quarantineWork),
  ventende: lazy(USAGE.ventende, async () => (await import('./waiting.ts')).waiting),
  liste: lazy(USAGE.liste, async () => (await import('./list.ts')).list),
  rettigheter: lazy(USAGE.rettigheter, async () => (await import('./rights.ts')).rights),
  tilgang: lazy(USAGE.tilgang, async () => (await import('./access.ts')).access),
  abonnementer: lazy(USAGE.abonnementer, async () => (await import('./subscriptions.ts')).subscriptions),
  leveringer: lazy(USAGE.leveringer, async () => (await import('./subscriptions.ts')).deliveries),
  bekreft: lazy(USAGE.bekreft, async () => (await import('./subscriptions.ts')).verify),
  provekall: lazy(USAGE.provekall, async () => (await import('./subscriptions.ts')).trial),
  omsending: lazy(USAGE.omsending, async () => (await import('./replays.ts')).replays),
  pause: lazy(USAGE.pause, async () => (await import('./subscriptions.ts')).pause),
  aktiver: lazy(USAGE.aktiver, async () => (await import('./subscriptions.ts')).enable),
  'nye-nokler': lazy(USAGE['nye-nokler'], async () => (await import('./subscribe.ts')).rotate),
  revisjon: lazy(USAGE.revisjon, async () => (await import('./audit.ts')).audit),
  logg: lazy(USAGE.logg, async () => (await import('./log.ts')).log),
  fint: lazy(USAGE.fint, async () => (await import('./fint.ts')).fint),
  vigo: lazy(USAGE.vigo, async () => (await import('./vigo.ts')).vigo),
  nav: lazy(USAGE.nav, async () => (await import('./nav.ts')).nav),
};

/** A command that is loaded when it is run. */
export function lazy<Answer>(usage: Usage, load: () => Promise<Command<Answer>>): Command<Answer> {
  return {
    ...usage,
    run: async (ask: Ask, args: readonly string[], keyboard?: Keyboard) =>
      (await load()).run(ask, args, keyboard),
  };
}
