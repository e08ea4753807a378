import { texts } from '../language.ts';

/** What a worklist is called, and who is in it. */
export const WORKLIST = texts({
  nb: {
    withoutPlans: 'Tiendeklassinger uten planer',
    withoutPlansText: 'Ungdomsskolen har meldt fra, og det skal holdes avklaringsmøte.',
    atRisk: 'Elever som står i fare for å slutte',
    atRiskText: 'Skolen har meldt fra, og det skal holdes avklaringssamtale.',
    deadlines: 'Frister',
    deadlinesText:
      'Varsler med frist for kontakt, veiledningstime eller møte som ikke er holdt ennå, de nærmeste først.',
    closingForAge: 'Siste år i aldersgruppen',
    closingForAgeText: 'Ungdom som går ut av målgruppen for alder ved årsskiftet.',
    reopened: 'Tilbake i aldersgruppen da grensen ble hevet',
    reopenedText:
      'Saken ble avsluttet for alder, og ungdommen er i aldersgruppen igjen. Fylket avgjør; ingen registreres av seg selv.',
    openQuestions: 'Åpne kontroller og forslag',
    openQuestionsText: 'Det en rådgiver må ta stilling til, de som haster først.',
    askConsent: 'Samtykke det skal spørres om',
    askConsentText:
      'Ungdom i målgruppen der et samtykke mangler eller har gått ut. Det gjelder både at OT spør NAV, og at NAV svarer OT. Her er også de der det må avklares hvor mange som har foreldreansvar. Den som har sagt nei, spørres ikke på nytt.',
    notOpenedList: 'Ikke åpnet på tre dager',
    notOpenedListText: 'Varsler som venter på noen, og som ingen har åpnet tre dager etter at de ble reist.',
    stale: 'Statuser som ikke er bekreftet',
    staleText: 'Registreringer i skoleåret som ingen har bekreftet siden gjennomgangen begynte.',
    nonApplicants: 'Ungdom som ikke har søkt',
    nonApplicantsText: 'Ikkesøkere til neste skoleår, med skolen som sist hadde dem.',
    unanswered: 'Ungdom som ikke har svart',
    unansweredText: 'Ikkesøkere som OT ikke har fått kontakt med, med hva som er prøvd.',
    noContact: 'Ungdom OT ikke har fått kontakt med',
    noContactText:
      'OTUK står til noen har fått kontakt; listen viser hva som er prøvd, og hva som ikke er det.',
    comingYear: 'Oppfølging ved neste skolestart',
    comingYearText: 'Ungdom i målgruppen i år, og om de er registrert for neste skoleår.',
  },
  nn: {
    withoutPlans: 'Tiandeklassingar utan planar',
    withoutPlansText: 'Ungdomsskulen har meldt frå, og det skal haldast avklaringsmøte.',
    atRisk: 'Elevar som står i fare for å slutte',
    atRiskText: 'Skulen har meldt frå, og det skal haldast avklaringssamtale.',
    deadlines: 'Fristar',
    deadlinesText:
      'Varsel med frist for kontakt, rettleiingstime eller møte som ikkje er halde enno, dei næraste først.',
    closingForAge: 'Siste år i aldersgruppa',
    closingForAgeText: 'Ungdom som går ut av målgruppa for alder ved årsskiftet.',
    reopened: 'Tilbake i aldersgruppa då grensa blei heva',
    reopenedText:
      'Saka blei avslutta for alder, og ungdomen er i aldersgruppa igjen. Fylket avgjer; ingen blir registrert av seg sjølv.',
    openQuestions: 'Opne kontrollar og forslag',
    openQuestionsText: 'Det ein rådgjevar må ta stilling til, dei som hastar først.',
    askConsent: 'Samtykke det skal spørjast om',
    askConsentText:
      'Ungdom i målgruppa der eit samtykke manglar eller har gått ut. Det gjeld både at OT spør NAV, og at NAV svarer OT. Her er òg dei der det må avklarast kor mange som har foreldreansvar. Den som har sagt nei, blir ikkje spurd på nytt.',
    notOpenedList: 'Ikkje opna på tre dagar',
    notOpenedListText:
      'Varsel som ventar på nokon, og som ingen har opna tre dagar etter at dei blei reiste.',
    stale: 'Statusar som ikkje er stadfesta',
    staleText: 'Registreringar i skuleåret som ingen har stadfesta sidan gjennomgangen byrja.',
    nonApplicants: 'Ungdom som ikkje har søkt',
    nonApplicantsText: 'Ikkjesøkjarar til neste skuleår, med skulen som sist hadde dei.',
    unanswered: 'Ungdom som ikkje har svart',
    unansweredText: 'Ikkjesøkjarar som OT ikkje har fått kontakt med, med kva som er prøvd.',
    noContact: 'Ungdom OT ikkje har fått kontakt med',
    noContactText:
      'OTUK står til nokon har fått kontakt; lista viser kva som er prøvd, og kva som ikkje er det.',
    comingYear: 'Oppfølging ved neste skulestart',
    comingYearText: 'Ungdom i målgruppa i år, og om dei er registrerte for neste skuleår.',
  },
});
