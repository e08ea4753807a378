import type { RuleId } from '../rules/ruleId.ts';

// Why a youth is not to have a letter. Each holds by itself; a youth may have several.

export const HOLDS = [
  'ANNULLERT',
  'FEILREGISTRERT',
  'UTENFOR_MALGRUPPEN',
  'OVER_ALDERSGRENSEN',
  'I_OPPLARING',
  'PRIVAT_SKOLELISTE',
  'HAR_PLASS',
  'HAR_LAREPLASS',
  'SEN_SOKNAD',
  'BESVART',
  'KONTAKT',
  'FLYTTET',
  'UTVANDRET',
  'TIL_KONTROLL',
  'MELDINGER_VENTER',
  'FIKK_IKKE_FORSTE_BREV',
  'ALDER_UKJENT',
  'STRENGT_FORTROLIG',
] as const;
export type Hold = (typeof HOLDS)[number];

interface HoldReason {
  /** Bokmål, one sentence. */
  text: string;
  rule: RuleId;
}

export const HOLD_REASONS: Readonly<Record<Hold, HoldReason>> = {
  ANNULLERT: { text: 'Det som førte til tilmeldingen, er trukket tilbake.', rule: 'R01' },
  FEILREGISTRERT: { text: 'Ungdommen er registrert ved en feil.', rule: 'R39' },
  UTENFOR_MALGRUPPEN: { text: 'Statusen sier at ungdommen ikke er i målgruppen.', rule: 'R11' },
  OVER_ALDERSGRENSEN: { text: 'Ungdommen er over aldersgrensen den dagen brevet går.', rule: 'R47' },
  I_OPPLARING: { text: 'En skole har meldt ungdommen som elev.', rule: 'R21' },
  PRIVAT_SKOLELISTE: { text: 'Ungdommen står i listen til en privat skole.', rule: 'R22' },
  HAR_PLASS: { text: 'Inntakskontoret har meldt at ungdommen har fått plass.', rule: 'R21' },
  HAR_LAREPLASS: { text: 'Ungdommen har en lærekontrakt.', rule: 'R23' },
  SEN_SOKNAD: { text: 'Ungdommen har søkt etter fristen.', rule: 'R01' },
  BESVART: { text: 'Ungdommen har svart.', rule: 'R02' },
  KONTAKT: { text: 'OT har alt kontakt med ungdommen.', rule: 'R02' },
  FLYTTET: { text: 'Ungdommen bor etter Folkeregisteret i et annet fylke.', rule: 'R35' },
  UTVANDRET: { text: 'Ungdommen har meldt utvandring.', rule: 'R36' },
  TIL_KONTROLL: { text: 'En kontroll eller et forslag må avgjøres av en rådgiver først.', rule: 'R06' },
  MELDINGER_VENTER: { text: 'Nye meldinger om ungdommen er ikke behandlet ennå.', rule: 'R06' },
  FIKK_IKKE_FORSTE_BREV: {
    text: 'Ungdommen ble kjent etter at det første brevet gikk, og skal ha det og ikke purringen.',
    rule: 'R45',
  },
  ALDER_UKJENT: {
    text: 'Fødselsdatoen er ikke kjent, så det er ikke klart om foresatte skal ha brevet.',
    rule: 'R45',
  },
  STRENGT_FORTROLIG: {
    text: 'Adressen er strengt fortrolig: navngitte rådgivere tar kontakt, og ingen brev sendes herfra.',
    rule: 'D01',
  },
};
