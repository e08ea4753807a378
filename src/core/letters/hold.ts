import type { RuleId } from '../rules/ruleId.ts';
import { HOLD } from '../sentences/holds.ts';

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
  ANNULLERT: { text: HOLD.nb.ANNULLERT, rule: 'R01' },
  FEILREGISTRERT: { text: HOLD.nb.FEILREGISTRERT, rule: 'R39' },
  UTENFOR_MALGRUPPEN: { text: HOLD.nb.UTENFOR_MALGRUPPEN, rule: 'R11' },
  OVER_ALDERSGRENSEN: { text: HOLD.nb.OVER_ALDERSGRENSEN, rule: 'R47' },
  I_OPPLARING: { text: HOLD.nb.I_OPPLARING, rule: 'R21' },
  PRIVAT_SKOLELISTE: { text: HOLD.nb.PRIVAT_SKOLELISTE, rule: 'R22' },
  HAR_PLASS: { text: HOLD.nb.HAR_PLASS, rule: 'R21' },
  HAR_LAREPLASS: { text: HOLD.nb.HAR_LAREPLASS, rule: 'R23' },
  SEN_SOKNAD: { text: HOLD.nb.SEN_SOKNAD, rule: 'R01' },
  BESVART: { text: HOLD.nb.BESVART, rule: 'R02' },
  KONTAKT: { text: HOLD.nb.KONTAKT, rule: 'R02' },
  FLYTTET: { text: HOLD.nb.FLYTTET, rule: 'R35' },
  UTVANDRET: { text: HOLD.nb.UTVANDRET, rule: 'R36' },
  TIL_KONTROLL: { text: HOLD.nb.TIL_KONTROLL, rule: 'R06' },
  MELDINGER_VENTER: { text: HOLD.nb.MELDINGER_VENTER, rule: 'R06' },
  FIKK_IKKE_FORSTE_BREV: {
    text: HOLD.nb.FIKK_IKKE_FORSTE_BREV,
    rule: 'R45',
  },
  ALDER_UKJENT: {
    text: HOLD.nb.ALDER_UKJENT,
    rule: 'R45',
  },
  STRENGT_FORTROLIG: {
    text: HOLD.nb.STRENGT_FORTROLIG,
    rule: 'D01',
  },
};
