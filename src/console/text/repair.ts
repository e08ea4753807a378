import { texts } from '../../core/language.ts';

/** What the page says on which a row in quarantine is mended. */
export const REPAIR = texts({
  nb: {
    title: (row: number) => `Rett rad ${row}`,
    back: 'Tilbake til kvitteringen',
    what: 'Raden kom fram, men kan ikke brukes slik den er. Skriv det som er galt, på nytt. Det andre i raden står som det er.',
    wrong: 'Hva er galt',
    newValue: (heading: string) => `${heading}: ny verdi`,
    remove: (field: string) => `Ta bort feltet «${field}»`,
    others: 'Rett noe annet i raden',
    send: 'Sjekk og send raden',
    tried: 'Raden prøves først. Er noe fortsatt galt, sendes ingenting.',
    nothingTyped: 'Du har ikke skrevet noe. Skriv det som skal rettes.',
    elsewhere: 'Raden kan ikke rettes her. Rett den der den kommer fra, og send den på nytt.',
    sent: 'Raden er alt rettet og sendt på nytt. Se kvitteringen.',
    discarded:
      'Fylket har lagt raden bort, så den får ingen virkning. Gjelder den likevel, send den på nytt.',
    notSent: 'Ingenting er sendt. Se hva som fortsatt er galt.',
  },
  nn: {
    title: (row: number) => `Rett rad ${row}`,
    back: 'Tilbake til kvitteringa',
    what: 'Rada kom fram, men kan ikkje brukast slik ho er. Skriv det som er gale, på nytt. Det andre i rada står som det er.',
    wrong: 'Kva er gale',
    newValue: (heading: string) => `${heading}: ny verdi`,
    remove: (field: string) => `Ta bort feltet «${field}»`,
    others: 'Rett noko anna i rada',
    send: 'Sjekk og send rada',
    tried: 'Rada blir prøvd først. Er noko framleis gale, blir ingenting sendt.',
    nothingTyped: 'Du har ikkje skrive noko. Skriv det som skal rettast.',
    elsewhere: 'Rada kan ikkje rettast her. Rett ho der ho kjem frå, og send ho på nytt.',
    sent: 'Rada er alt retta og send på nytt. Sjå kvitteringa.',
    discarded: 'Fylket har lagt rada bort, så ho får ingen verknad. Gjeld ho likevel, send ho på nytt.',
    notSent: 'Ingenting er sendt. Sjå kva som framleis er gale.',
  },
});
