import { texts } from '../language.ts';

/** Why someone gets no letter. */
export const HOLD = texts({
  nb: {
    ANNULLERT: 'Det som førte til tilmeldingen, er trukket tilbake.',
    FEILREGISTRERT: 'Ungdommen er registrert ved en feil.',
    UTENFOR_MALGRUPPEN: 'Statusen sier at ungdommen ikke er i målgruppen.',
    OVER_ALDERSGRENSEN: 'Ungdommen er over aldersgrensen den dagen brevet går.',
    I_OPPLARING: 'En skole har meldt ungdommen som elev.',
    PRIVAT_SKOLELISTE: 'Ungdommen står i listen til en privat skole.',
    HAR_PLASS: 'Inntakskontoret har meldt at ungdommen har fått plass.',
    HAR_LAREPLASS: 'Ungdommen har en lærekontrakt.',
    SEN_SOKNAD: 'Ungdommen har søkt etter fristen.',
    BESVART: 'Ungdommen har svart.',
    KONTAKT: 'OT har alt kontakt med ungdommen.',
    FLYTTET: 'Ungdommen bor etter Folkeregisteret i et annet fylke.',
    UTVANDRET: 'Ungdommen har meldt utvandring.',
    TIL_KONTROLL: 'En kontroll eller et forslag må avgjøres av en rådgiver først.',
    MELDINGER_VENTER: 'Nye meldinger om ungdommen er ikke behandlet ennå.',
    FIKK_IKKE_FORSTE_BREV:
      'Ungdommen ble kjent etter at det første brevet gikk, og skal ha det og ikke purringen.',
    ALDER_UKJENT: 'Fødselsdatoen er ikke kjent, så det er ikke klart om foresatte skal ha brevet.',
    STRENGT_FORTROLIG:
      'Adressen er strengt fortrolig: navngitte rådgivere tar kontakt, og ingen brev sendes herfra.',
  },
  nn: {
    ANNULLERT: 'Det som førte til tilmeldinga, er trekt tilbake.',
    FEILREGISTRERT: 'Ungdommen er registrert ved ein feil.',
    UTENFOR_MALGRUPPEN: 'Statusen seier at ungdommen ikkje er i målgruppa.',
    OVER_ALDERSGRENSEN: 'Ungdommen er over aldersgrensa den dagen brevet går.',
    I_OPPLARING: 'Ein skule har meldt ungdommen som elev.',
    PRIVAT_SKOLELISTE: 'Ungdommen står i lista til ein privat skule.',
    HAR_PLASS: 'Inntakskontoret har meldt at ungdommen har fått plass.',
    HAR_LAREPLASS: 'Ungdommen har ein lærekontrakt.',
    SEN_SOKNAD: 'Ungdommen har søkt etter fristen.',
    BESVART: 'Ungdommen har svart.',
    KONTAKT: 'OT har alt kontakt med ungdommen.',
    FLYTTET: 'Ungdommen bur etter Folkeregisteret i eit anna fylke.',
    UTVANDRET: 'Ungdommen har meldt utvandring.',
    TIL_KONTROLL: 'Ein kontroll eller eit forslag må avgjerast av ein rådgjevar først.',
    MELDINGER_VENTER: 'Nye meldingar om ungdommen er ikkje behandla enno.',
    FIKK_IKKE_FORSTE_BREV:
      'Ungdommen vart kjend etter at det første brevet gjekk, og skal ha det og ikkje purringa.',
    ALDER_UKJENT: 'Fødselsdatoen er ikkje kjend, så det er ikkje klart om føresette skal ha brevet.',
    STRENGT_FORTROLIG:
      'Adressa er strengt fortruleg: namngjevne rådgjevarar tek kontakt, og ingen brev blir sende herifrå.',
  },
});
