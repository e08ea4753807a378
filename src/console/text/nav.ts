import { texts } from '../../core/language.ts';

/** The page of the exchange with NAV. */
export const NAV = texts({
  nb: {
    title: 'NAV',
    about: 'avtalen, månedens lister og svarene fra NAV',
    intro:
      'Hver måned spør fylket NAV hvem i målgruppen som er registrert der. Her er bare antall, og ingen ungdom.',
    todo: 'Dette må noen gjøre',
    nothingToDo: 'Ingenting venter på noen.',
    doThis: 'Gjør dette:',
    todayOne: 'Noe i utvekslingen med NAV venter på noen.',
    todayLink: 'Se hva, og hva som må gjøres',
    months: 'Månedene',
    monthsCaption: 'Listene til NAV, den nyeste først',
    noMonths: 'Ingen liste er laget ennå.',
    monthsMore:
      'Hver rad i en liste er en utlevering: NAV får vite at ungdommen er i kontakt med OT. Det som ikke er besvart når måneden er ute, er ikke et nei.',
    disclosed: (rows: string, fetched: string) =>
      `${rows} rader er utlevert til NAV i disse listene. NAV har hentet ${fetched} av dem.`,
    month: 'Måned',
    extracted: 'Laget',
    making: 'Lages nå',
    rows: 'Spurt om',
    fetched: 'Hentet',
    answered: 'Besvart',
    withdrawn: 'Trukket',
    open: 'Åpne',
    deliveries: 'Svarene',
    noDelivery: 'Ingen svar er kommet.',
    seeDisclosed: 'Se hvem det gjelder',
    extract: 'Lag listen for en måned',
    extractMore: 'Lager du den samme måneden igjen, er det den samme listen.',
    monthHint: 'Skriv som 2027-02.',
    makeList: 'Lag listen',
    wrongMonth: 'Skriv måneden som 2027-02.',
    settle: (run: string) => `Avgjør leveransen ${run}`,
    how: 'Hva skal skje med den?',
    drop: 'Legg den bort: ingen svar brukes',
    conclude: 'Bruk den som den er: de som mangler, regnes som ikke svart',
    reason: 'Begrunnelse',
    reasonHint: 'Noen få ord, uten navn og nummer.',
    settleIt: 'Avgjør leveransen',
    howMissing: 'Velg hva som skal skje med leveransen.',
    reasonMissing: 'Skriv en begrunnelse med minst 3 tegn, uten nummer.',
    made: 'Listen er bestilt. Den er ferdig om litt.',
    settled: 'Avgjørelsen er lagret. Leveransen vurderes på nytt om litt.',
    noAgreementNow: 'Ingen avtale gjelder i dag. Uten avtale kan ingen liste lages.',
  },
  nn: {
    title: 'NAV',
    about: 'avtalen, listene for kvar månad og svara frå NAV',
    intro:
      'Kvar månad spør fylket NAV kven i målgruppa som er registrert der. Her er berre tal, og ingen ungdom.',
    todo: 'Dette må nokon gjere',
    nothingToDo: 'Ingenting ventar på nokon.',
    doThis: 'Gjer dette:',
    todayOne: 'Noko i utvekslinga med NAV ventar på nokon.',
    todayLink: 'Sjå kva, og kva som må gjerast',
    months: 'Månadene',
    monthsCaption: 'Listene til NAV, den nyaste først',
    noMonths: 'Inga liste er laga enno.',
    monthsMore:
      'Kvar rad i ei liste er ei utlevering: NAV får vite at ungdommen er i kontakt med OT. Det som ikkje er svart på når månaden er ute, er ikkje eit nei.',
    disclosed: (rows: string, fetched: string) =>
      `${rows} rader er utleverte til NAV i desse listene. NAV har henta ${fetched} av dei.`,
    month: 'Månad',
    extracted: 'Laga',
    making: 'Blir laga no',
    rows: 'Spurt om',
    fetched: 'Henta',
    answered: 'Svart på',
    withdrawn: 'Trekte',
    open: 'Opne',
    deliveries: 'Svara',
    noDelivery: 'Ingen svar er komne.',
    seeDisclosed: 'Sjå kven det gjeld',
    extract: 'Lag lista for ein månad',
    extractMore: 'Lagar du den same månaden igjen, er det den same lista.',
    monthHint: 'Skriv som 2027-02.',
    makeList: 'Lag lista',
    wrongMonth: 'Skriv månaden som 2027-02.',
    settle: (run: string) => `Avgjer leveransen ${run}`,
    how: 'Kva skal skje med han?',
    drop: 'Legg han bort: ingen svar blir brukte',
    conclude: 'Bruk han som han er: dei som manglar, blir rekna som ikkje svart',
    reason: 'Grunngjeving',
    reasonHint: 'Nokre få ord, utan namn og nummer.',
    settleIt: 'Avgjer leveransen',
    howMissing: 'Vel kva som skal skje med leveransen.',
    reasonMissing: 'Skriv ei grunngjeving med minst 3 teikn, utan nummer.',
    made: 'Lista er tinga. Ho er ferdig om litt.',
    settled: 'Avgjerda er lagra. Leveransen blir vurdert på nytt om litt.',
    noAgreementNow: 'Ingen avtale gjeld i dag. Utan avtale kan inga liste lagast.',
  },
});

/** What has become of a delivery. */
export const DELIVERY = texts({
  nb: {
    incomplete: 'Ikke alle radene er kommet. Ingen svar er brukt.',
    complete: 'Alle radene er kommet, og blir vurdert nå.',
    concluded: (count: string) => `Brukt: ${count} svar.`,
    repeated: (same: string) => `Sier det samme som ${same}, og gir ingenting nytt.`,
    waits: 'Venter: ingen avtale gjelder. Ingen svar er lest.',
    dropped: 'Lagt bort. Ingen svar er brukt.',
    superseded: 'Ikke brukt: en nyere er kommet.',
    NAV_STRANGER: (count: string) =>
      `Holdt tilbake: ${count} svar gjelder noen NAV ikke er spurt om. Ingen svar er lest.`,
    NAV_PARTIAL: (count: string) =>
      `Holdt tilbake: ${count} som NAV er spurt om, mangler. Ingen svar er brukt.`,
    NAV_BAD_ROWS: (count: string) => `Holdt tilbake: ${count} rader kan ikke leses. Ingen svar er brukt.`,
    NAV_CONTRADICTION: 'Holdt tilbake: den sier to ulike ting om samme person. Ingen svar er brukt.',
    NAV_UNREADABLE: 'Holdt tilbake: en rad kan ikke åpnes. Ingen svar er brukt.',
    incident: (count: string, at: string) =>
      `Avvik å vurdere: ${count} svar om noen NAV ikke er spurt om, oppdaget ${at}.`,
  },
  nn: {
    incomplete: 'Ikkje alle radene er komne. Ingen svar er brukte.',
    complete: 'Alle radene er komne, og blir vurderte no.',
    concluded: (count: string) => `Brukt: ${count} svar.`,
    repeated: (same: string) => `Seier det same som ${same}, og gjev ingenting nytt.`,
    waits: 'Ventar: ingen avtale gjeld. Ingen svar er lesne.',
    dropped: 'Lagd bort. Ingen svar er brukte.',
    superseded: 'Ikkje brukt: ein nyare er komen.',
    NAV_STRANGER: (count: string) =>
      `Halden tilbake: ${count} svar gjeld nokon NAV ikkje er spurt om. Ingen svar er lesne.`,
    NAV_PARTIAL: (count: string) =>
      `Halden tilbake: ${count} som NAV er spurt om, manglar. Ingen svar er brukte.`,
    NAV_BAD_ROWS: (count: string) => `Halden tilbake: ${count} rader kan ikkje lesast. Ingen svar er brukte.`,
    NAV_CONTRADICTION: 'Halden tilbake: han seier to ulike ting om same person. Ingen svar er brukte.',
    NAV_UNREADABLE: 'Halden tilbake: ei rad kan ikkje opnast. Ingen svar er brukte.',
    incident: (count: string, at: string) =>
      `Avvik å vurdere: ${count} svar om nokon NAV ikkje er spurt om, oppdaga ${at}.`,
  },
});

/** What to do about a delivery, by what has become of it or why it is held. */
export const DELIVERY_CURE = texts({
  nb: {
    incomplete: 'Be NAV sende det som mangler.',
    waits: 'Registrer den nye avtalen, eller godkjenn den som venter. Da brukes leveransen av seg selv.',
    NAV_STRANGER:
      'Personvernombudet avgjør om det er et avvik. Driften ber NAV om en ny leveranse med neste bokstav, og legger denne bort.',
    NAV_PARTIAL:
      'Be NAV sende hele leveransen med neste bokstav. Kommer ikke resten, kan driften bruke den som den er.',
    NAV_BAD_ROWS:
      'Be NAV rette radene i en leveranse med neste bokstav. Kan de utelates, kan driften bruke den som den er.',
    NAV_CONTRADICTION: 'Be NAV rette den og sende den med neste bokstav. Så legger driften denne bort.',
    NAV_UNREADABLE:
      'Driften ser om hvelvnøkkelen er den riktige. Er den det, sender NAV leveransen med neste bokstav.',
  },
  nn: {
    incomplete: 'Be NAV sende det som manglar.',
    waits: 'Registrer den nye avtalen, eller godkjenn den som ventar. Då blir leveransen brukt av seg sjølv.',
    NAV_STRANGER:
      'Personvernombodet avgjer om det er eit avvik. Drifta ber NAV om ein ny leveranse med neste bokstav, og legg denne bort.',
    NAV_PARTIAL:
      'Be NAV sende heile leveransen med neste bokstav. Kjem ikkje resten, kan drifta bruke han som han er.',
    NAV_BAD_ROWS:
      'Be NAV rette radene i ein leveranse med neste bokstav. Kan dei sløyfast, kan drifta bruke han som han er.',
    NAV_CONTRADICTION: 'Be NAV rette han og sende han med neste bokstav. Så legg drifta denne bort.',
    NAV_UNREADABLE:
      'Drifta ser om kvelvnøkkelen er den rette. Er han det, sender NAV leveransen med neste bokstav.',
  },
});
