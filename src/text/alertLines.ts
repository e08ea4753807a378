import type { CategoryOut } from '../core/messages/outCodes.ts';
import { osloDate } from '../core/time/oslo.ts';
import type { AlertKind, Deadline } from '../core/youth/youthEvent.ts';
import { norwegianDate } from './norwegian.ts';

/** An alert as shown: no person, only the reference. */
export interface ShownAlert {
  ref: string;
  recorded: string;
  alert: {
    kind: AlertKind;
    category: CategoryOut;
    rule: string;
    /** Why, in a sentence; null for a rule this program does not know. */
    reason: string | null;
    /** Null: the owner is not disclosed. */
    owner: string | null;
    proposed: readonly string[];
    /** Proposed for viaOT; null: nothing. */
    viaOt: 'JA' | 'NEI' | null;
    effective: string;
    deadlines: readonly { what: Deadline['what']; date: string }[];
  };
}

const KINDS: Readonly<Record<AlertKind, string>> = {
  NY_TILMELDING: 'Ny tilmelding',
  AVKLARINGSSAMTALE: 'Avklaringssamtale',
  FORVENTET_START_UTEBLITT: 'Ventet start er uteblitt',
  PERMISJON_ELLER_UTVEKSLING: 'Permisjon eller utveksling',
  KONTRAKT_UTEN_FULLFORING: 'Kontrakt over uten fullføring',
  MULIG_HEVING: 'Mulig heving av lærekontrakt',
  KJENT_HOS_NAV: 'Kjent hos NAV',
  STATUS_MA_ENDRES: 'Status må endres',
  STATUS_UTEN_KONTAKT: 'Status uten kontakt',
  STATUS_AVVIST: 'Status er avvist',
  STATUS_FORSLAG: 'Forslag til status',
  AVVIK_MOT_REGISTER: 'Avvik mot registeret',
  BORTE_FRA_REGISTER: 'Borte fra registeret',
  SLUTT_OG_START: 'Slutt og start samme dag',
  FLERE_SLUTTDATOER: 'Flere sluttdatoer',
  ANNULLERT_ETTER_KONTAKT: 'Annullert etter kontakt',
  ANNULLERING_UTEN_TREFF: 'Annullering uten treff',
  ALDER_UKJENT: 'Alder er ukjent',
  KONTAKT_AVVIST: 'Kontakt er avvist',
  UGYLDIG_SAMTYKKEENDRING: 'Ugyldig endring av samtykke',
  STATUS_ADVARSEL: 'Se over statusen',
  FRIST_UTLOPT: 'Frist er utløpt',
  TILBUD_PA_NYTT: 'Tilbud på nytt',
  ALDERSGRENSE: 'Siste år i aldersgruppen',
  PRIORITET_ENDRET: 'Ute ett år eller mer',
  TJENESTE_SLUTT: 'Førstegangstjenesten er over',
  OPPFOLGING_I_TILTAK: 'Oppfølging i arbeidspraksis',
  NYTT_SAMTYKKE: 'Ungdommen må samtykke selv',
  OVERLEVERING: 'Overlevering til annet fylke',
  INNVANDRET: 'Flyttet til Norge igjen',
  KOMMUNE_MANGLER: 'Kommune mangler',
  BORTE_FRA_SKOLELISTE: 'Borte fra skolens liste',
  UTEN_PLANER: 'Uten planer etter grunnskolen',
  HENVENDELSE: 'Henvendelse til OT',
  NAVN_AVVIK: 'Navn og nummer passer ikke sammen',
  NUMRE_SLATT_SAMMEN: 'To numre er slått sammen',
  UTENFOR_ALDERSGRENSEN: 'Utenfor aldersgruppen ved tilmelding',
  MULIG_FLYTTING: 'Sluttet, men har en eldre plass et annet sted',
};
const DEADLINES: Readonly<Record<Deadline['what'], string>> = {
  KONTAKT: 'kontakt',
  VEILEDNINGSTIME: 'veiledningstime',
  AVKLARINGSSAMTALE: 'avklaringssamtale',
  AVKLARINGSMOTE: 'avklaringsmøte',
  OPPFOLGING: 'oppfølging',
};

/** Norwegian name of the kind. */
export function alertTitle(kind: AlertKind): string {
  return KINDS[kind];
}

export function deadlineTitle(what: Deadline['what']): string {
  return DEADLINES[what];
}

/** Two lines per alert: when and what, then why with the rule. */
export function alertLines(alerts: readonly ShownAlert[]): string {
  if (alerts.length === 0) return 'Ingen varsler ennå.';
  return alerts.map(lines).join('\n');
}

function lines({ ref, recorded, alert }: ShownAlert): string {
  const deadlines = alert.deadlines.map(
    ({ what, date }) => `frist ${DEADLINES[what]} ${norwegianDate(date)}`,
  );
  const via = alert.viaOt === null ? '' : ` med viaOT ${alert.viaOt.toLowerCase()}`;
  const proposed = alert.proposed.length > 0 ? [`foreslår ${alert.proposed.join(' eller ')}${via}`] : [];
  const head = [
    `${alert.category} ${norwegianDate(osloDate(recorded))}`,
    KINDS[alert.kind],
    `gjelder fra ${norwegianDate(alert.effective)}`,
    ...proposed,
    ...deadlines,
    ...(alert.owner === null ? [] : [`ansvar ${alert.owner}`]),
  ];
  return [
    head.join(' · '),
    `  Hvorfor: ${alert.reason ?? 'se regelen.'} (${alert.rule})`,
    `  Ungdom ${ref}`,
  ].join('\n');
}
