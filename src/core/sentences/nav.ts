import { texts } from '../language.ts';

/** What holds the exchange with NAV back, and what to do. */
export const NAV = texts({
  nb: {
    registered: 'Avtalen er registrert.',
    approved: 'Avtalen er godkjent og registrert.',
    turnedDown: 'Avtalen er ikke godkjent, og gjelder ikke.',
    revoked: 'Avtalen er trukket tilbake og gjelder ikke lenger.',
    officer: 'Avtalen gjør at NAV får vite om ungdommer. Personvernombudet må godkjenne den før den gjelder.',
    another:
      'Avtalen gjør at NAV får vite om ungdommer. En leder, eller et annet personvernombud, må godkjenne den før den gjelder.',
    noBatch: 'Listen finnes ikke her. Hent oversikten over lister på nytt.',
    notReady: 'Listen er ikke ferdig. Prøv igjen om litt.',
    noAgreement:
      'Fylket har ingen avtale med NAV som gjelder i dag. Ingen spørres det om, og svar holdes tilbake. Registrer den nye avtalen, eller forny den.',
    waits: 'Leveransen venter: Ingen avtale med NAV gjelder. Ingen svar er lest.',
    repeated: (run: string) => `Leveransen sier det samme som ${run}, og gir ingenting nytt.`,
    strangerCure:
      'Personvernombudet avgjør om det er et avvik. Si til NAV hvilken leveranse det gjelder, be om en ny med neste bokstav, og legg denne bort.',
    partialCure:
      'Be NAV sende hele leveransen med neste bokstav. Kommer ikke resten, avgjør leveransen som den er.',
    badRowsCure:
      'Be NAV rette radene i en leveranse med neste bokstav. Kan de utelates, avgjør leveransen uten dem.',
    contradictionCure: 'Be NAV rette leveransen og sende den med neste bokstav. Legg så denne bort.',
    unreadableCure:
      'Be driften kontrollere hvelvnøkkelen. Er den riktig, be NAV sende leveransen med neste bokstav.',
    waitsCure: 'Registrer den nye avtalen, eller godkjenn den som venter. Da brukes leveransen av seg selv.',
    incompleteCure: 'Be NAV sende det som mangler.',
  },
  nn: {
    registered: 'Avtala er registrert.',
    approved: 'Avtala er godkjend og registrert.',
    turnedDown: 'Avtala er ikkje godkjend, og gjeld ikkje.',
    revoked: 'Avtala er trekt tilbake og gjeld ikkje lenger.',
    officer: 'Avtala gjer at NAV får vite om ungdomar. Personvernombodet må godkjenne ho før ho gjeld.',
    another:
      'Avtala gjer at NAV får vite om ungdomar. Ein leiar, eller eit anna personvernombod, må godkjenne ho før ho gjeld.',
    noBatch: 'Lista finst ikkje her. Hent oversikta over lister på nytt.',
    notReady: 'Lista er ikkje ferdig. Prøv igjen om litt.',
    noAgreement:
      'Fylket har inga avtale med NAV som gjeld i dag. Ingen blir det spurt om, og svar blir haldne tilbake. Registrer den nye avtala, eller forny ho.',
    waits: 'Leveransen ventar: Inga avtale med NAV gjeld. Ingen svar er lesne.',
    repeated: (run) => `Leveransen seier det same som ${run}, og gir ingenting nytt.`,
    strangerCure:
      'Personvernombodet avgjer om det er eit avvik. Sei til NAV kva leveranse det gjeld, be om ein ny med neste bokstav, og legg denne bort.',
    partialCure:
      'Be NAV sende heile leveransen med neste bokstav. Kjem ikkje resten, avgjer leveransen som han er.',
    badRowsCure:
      'Be NAV rette radene i ein leveranse med neste bokstav. Kan dei utelatast, avgjer leveransen utan dei.',
    contradictionCure: 'Be NAV rette leveransen og sende han med neste bokstav. Legg så denne bort.',
    unreadableCure:
      'Be drifta kontrollere kvelvnøkkelen. Er han rett, be NAV sende leveransen med neste bokstav.',
    waitsCure:
      'Registrer den nye avtala, eller godkjenn den som ventar. Då blir leveransen brukt av seg sjølv.',
    incompleteCure: 'Be NAV sende det som manglar.',
  },
});
