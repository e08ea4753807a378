import type { Language } from '../../core/language.ts';
import type { AlertState } from '../../core/worklist/alertState.ts';
import type { Channel } from '../../core/worklist/channel.ts';
import type { FactKind } from '../../core/youth/factKinds.ts';
import type { Tilmeldingskode } from '../../core/youth/statusEvent.ts';
import type { Deadline } from '../../core/youth/youthEvent.ts';

// Codes in words, where a page says what one of them means.

type Named<Code extends string> = Readonly<Record<Language, Readonly<Record<Code, string>>>>;

/** What a message says, in a sentence. */
export const FACTS: Named<FactKind> = {
  nb: {
    NotApplied: 'Ungdommen har ikke søkt om plass.',
    PlaceDeclined: 'Ungdommen har takket nei til plass.',
    NoShow: 'Ungdommen møtte ikke til opplæringen.',
    Applied: 'Ungdommen har søkt om plass.',
    Left: 'Ungdommen har sluttet i opplæringen.',
    Started: 'Ungdommen har begynt i opplæring.',
    AtRisk: 'Ungdommen står i fare for å slutte.',
    Annulled: 'En tidligere melding er tatt tilbake.',
    ContactAttempt: 'OT har prøvd å få kontakt.',
    Contact: 'OT har fått kontakt.',
    AdviserStatus: 'En rådgiver har satt status.',
    Recode: 'OT har endret tilmeldingskoden.',
    RegisterSeen: 'Ungdommen står i VIGOs OT-liste.',
    ContractSeen: 'Ungdommen står i listen over lærekontrakter.',
    Absent: 'Ungdommen mangler i en hel liste.',
    NavMatch: 'NAV har svart.',
    NavAsked: 'NAV er spurt.',
    Consent: 'Samtykket er endret.',
    Residence: 'Bostedskommunen er meldt.',
    Emigrated: 'Ungdommen har flyttet fra Norge.',
    Protection: 'Vern av adressen er meldt.',
    PupilSeen: 'Ungdommen står i skolens elevliste.',
    WithoutPlans: 'Ungdommen er uten planer etter grunnskolen.',
    Referral: 'Noen har bedt OT om hjelp.',
    Measure: 'Ungdommen er i tiltak.',
    Handover: 'Et annet fylke har svart om overtakelse.',
    Renumbered: 'Ungdommen har fått nytt nummer.',
    Present: 'Ungdommen står i listen igjen.',
    Wish: 'Et ønske om plass har fått svar.',
    NavRegister: 'Et register i NAV har en opplysning.',
  },
  nn: {
    NotApplied: 'Ungdommen har ikkje søkt om plass.',
    PlaceDeclined: 'Ungdommen har takka nei til plass.',
    NoShow: 'Ungdommen møtte ikkje til opplæringa.',
    Applied: 'Ungdommen har søkt om plass.',
    Left: 'Ungdommen har slutta i opplæringa.',
    Started: 'Ungdommen har byrja i opplæring.',
    AtRisk: 'Ungdommen står i fare for å slutte.',
    Annulled: 'Ei tidlegare melding er teken tilbake.',
    ContactAttempt: 'OT har prøvd å få kontakt.',
    Contact: 'OT har fått kontakt.',
    AdviserStatus: 'Ein rådgjevar har sett status.',
    Recode: 'OT har endra tilmeldingskoden.',
    RegisterSeen: 'Ungdommen står i OT-lista til VIGO.',
    ContractSeen: 'Ungdommen står i lista over lærekontraktar.',
    Absent: 'Ungdommen manglar i ei heil liste.',
    NavMatch: 'NAV har svart.',
    NavAsked: 'NAV er spurt.',
    Consent: 'Samtykket er endra.',
    Residence: 'Bustadkommunen er meld.',
    Emigrated: 'Ungdommen har flytta ut av Noreg.',
    Protection: 'Vern av adressa er meldt.',
    PupilSeen: 'Ungdommen står i elevlista til skulen.',
    WithoutPlans: 'Ungdommen er utan planar etter grunnskulen.',
    Referral: 'Nokon har bede OT om hjelp.',
    Measure: 'Ungdommen er i tiltak.',
    Handover: 'Eit anna fylke har svart om overtaking.',
    Renumbered: 'Ungdommen har fått nytt nummer.',
    Present: 'Ungdommen står i lista igjen.',
    Wish: 'Eit ønske om plass har fått svar.',
    NavRegister: 'Eit register i NAV har ei opplysning.',
  },
};

export const CHANNEL_NAMES: Named<Channel> = {
  nb: {
    BREV: 'Brev',
    SMS: 'SMS',
    EPOST: 'E-post',
    TELEFON: 'Telefon',
    HJEMMEBESOK: 'Hjemmebesøk',
    SOSIALE_MEDIER: 'Sosiale medier',
    OPPMOTE: 'Oppmøte',
  },
  nn: {
    BREV: 'Brev',
    SMS: 'SMS',
    EPOST: 'E-post',
    TELEFON: 'Telefon',
    HJEMMEBESOK: 'Heimebesøk',
    SOSIALE_MEDIER: 'Sosiale medium',
    OPPMOTE: 'Oppmøte',
  },
};

export const STATE_NAMES: Named<AlertState> = {
  nb: { open: 'Åpent', met: 'Gjort', withdrawn: 'Trukket' },
  nn: { open: 'Ope', met: 'Gjort', withdrawn: 'Trekt' },
};

export const DEADLINE_NAMES: Named<Deadline['what']> = {
  nb: {
    KONTAKT: 'Kontakt',
    VEILEDNINGSTIME: 'Veiledningstime',
    AVKLARINGSSAMTALE: 'Avklaringssamtale',
    AVKLARINGSMOTE: 'Avklaringsmøte',
    OPPFOLGING: 'Oppfølging',
  },
  nn: {
    KONTAKT: 'Kontakt',
    VEILEDNINGSTIME: 'Rettleiingstime',
    AVKLARINGSSAMTALE: 'Avklaringssamtale',
    AVKLARINGSMOTE: 'Avklaringsmøte',
    OPPFOLGING: 'Oppfølging',
  },
};

/** The reasons to be registered, as tables to Udir name them. */
export const TILMELDING_NAMES: Named<Tilmeldingskode> = {
  nb: {
    IKKE_SOKT: 'Ikke søkt opplæring',
    TAKKET_NEI: 'Takket nei til opplæring',
    AVBRUTT: 'Avbrutt opplæringen',
    ANDRE_GRUNNER: 'Andre grunner',
  },
  nn: {
    IKKE_SOKT: 'Ikkje søkt opplæring',
    TAKKET_NEI: 'Takka nei til opplæring',
    AVBRUTT: 'Avbrote opplæringa',
    ANDRE_GRUNNER: 'Andre grunnar',
  },
};

/** The name of a code, or the code itself where this program has no name for it. */
export function nameOf(names: Readonly<Record<string, string>>, code: string): string {
  return names[code] ?? code;
}
