import type { ListState } from '../../store/operationsPort.ts';

export const LIST_STATES = [
  'incomplete',
  'complete',
  'concluded',
  'held',
  'superseded',
  'dropped',
  'delta',
] as const;
export type ShownState = (typeof LIST_STATES)[number];

export function shownState({ type, completed, verdict }: ListState): ShownState {
  if (verdict === 'refused') return 'held';
  if (verdict !== null) return verdict;
  if (type === 'DELTA') return 'delta';
  return completed === null ? 'incomplete' : 'complete';
}

/** What has become of a list, and what its sender or an operator can do, in bokmål. */
export function listText(list: ListState): string {
  switch (shownState(list)) {
    case 'incomplete':
      return incomplete(list);
    case 'complete':
      return 'Alle radene er kommet. Listen blir vurdert nå.';
    case 'concluded':
      return concluded(list);
    case 'held':
      return held(list);
    case 'superseded':
      return 'En nyere liste er alt brukt, så denne blir ikke brukt. Ingen er meldt som borte på grunn av den.';
    case 'dropped':
      return 'Listen er lagt bort. Ingen er meldt som borte på grunn av den.';
    case 'delta':
      return 'Radene er brukt hver for seg. Av en endringsliste regnes ingen som borte.';
  }
}

const NOBODY = 'Ingen regnes som borte.';
const NO_ANSWER = 'Ingen svar er brukt.';

function incomplete({ list, total, seen, records }: ListState): string {
  const nothing = list === 'nav' ? NO_ANSWER : NOBODY;
  if (total === null)
    return `${rows(seen)} er kommet, men ikke hvor mange det skal være. ${nothing} Send manifestet.`;
  if (seen > total)
    return `${rows(seen)} er kommet, men listen skulle ha ${total}. ${nothing} Send hele listen på nytt under en ny id.`;
  if (records >= total)
    return `${rows(records)} er kommet, men noen sier det samme. Listen regnes som hel når ingen flere er kommet på ti minutter.`;
  return `${seen} av ${rows(total)} er kommet. ${nothing} Send det som mangler.`;
}

function concluded({ list, affected, bad, doubtful, reason }: ListState): string {
  const many = affected ?? 0;
  if (list === 'nav')
    return `Leveransen er brukt: ${many} svar.${leftOut(bad)}${reason === null ? '' : LATE}`;
  const gone = many === 0 ? 'Ingen er meldt som borte.' : `${many} er meldt som borte.`;
  const doubt =
    doubtful === 0
      ? ''
      : ` ${doubtful} mangler, men kan stå i en rad som ikke kan leses, og er ikke meldt som borte. Rett raden, eller avgjør listen.`;
  return `Listen er brukt. ${gone}${leftOut(bad)}${doubt}`;
}

const LATE = ' Den kom etter svar for en nyere måned: svar om de samme er lagret, og gir ingen nye varsler.';

function leftOut(bad: number): string {
  return bad === 0 ? '' : ` ${rows(bad)} må rettes; den som står der, regnes som til stede.`;
}

function held({ reason, affected, bad }: ListState): string {
  const many = affected ?? 0;
  switch (reason) {
    case 'LIST_SHRUNK':
      return `Listen er holdt tilbake: ${many} som sto i forrige liste, mangler i denne. Ingen er meldt som borte. Er listen feil, send en ny. Er den riktig, må den bekreftes.`;
    case 'NAV_STRANGER':
      return `Leveransen er holdt tilbake: ${rows(many)} gjelder personer NAV ikke er spurt om. Ingen svar er brukt. NAV må sende en ny leveranse.`;
    case 'NAV_PARTIAL':
      return `Leveransen er holdt tilbake: ${many} som NAV er spurt om, mangler i den. Ingen svar er brukt. NAV sender en hel leveranse med neste bokstav, eller leveransen avgjøres som den er; de andre regnes som ikke svart.`;
    case 'NAV_BAD_ROWS':
      return `Leveransen er holdt tilbake: ${rows(bad)} kan ikke leses. Ingen svar er brukt. NAV sender radene rettet i en ny leveranse, eller leveransen avgjøres uten dem.`;
    case 'NAV_CONTRADICTION':
      return 'Leveransen er holdt tilbake: den sier to ulike ting om samme person. Ingen svar er brukt. NAV må sende en ny leveranse.';
    default:
      return 'Leveransen er holdt tilbake: en rad kan ikke åpnes. Ingen svar er brukt. NAV må sende en ny leveranse.';
  }
}

function rows(count: number): string {
  return count === 1 ? '1 rad' : `${count} rader`;
}
