import { texts } from '../language.ts';

/** What has become of a list that is sent whole. Takes counts as they are to be written: `12`, `12 rader`. */
export const LIST = texts({
  nb: {
    complete: 'Alle radene er kommet. Listen blir vurdert nå.',
    superseded:
      'En nyere liste er alt brukt, så denne blir ikke brukt. Ingen er meldt som borte på grunn av den.',
    dropped: 'Listen er lagt bort. Ingen er meldt som borte på grunn av den.',
    delta: 'Radene er brukt hver for seg. Av en endringsliste regnes ingen som borte.',
    nobody: 'Ingen regnes som borte.',
    noAnswer: 'Ingen svar er brukt.',
    totalUnknown: (rows: string) => `${rows} er kommet, men ikke hvor mange det skal være.`,
    sendManifest: 'Send manifestet.',
    tooMany: (rows: string, total: string) => `${rows} er kommet, men listen skulle ha ${total}.`,
    sendNew: 'Send hele listen på nytt under en ny id.',
    repeats: (rows: string) =>
      `${rows} er kommet, men noen sier det samme. Listen regnes som hel når ingen flere er kommet på ti minutter.`,
    part: (seen: string, rows: string) => `${seen} av ${rows} er kommet.`,
    sendRest: 'Send det som mangler.',

    answersUsed: (answers: string) => `Leveransen er brukt: ${answers} svar.`,
    late: 'Den kom etter svar for en nyere måned: svar om de samme er lagret, og gir ingen nye varsler.',
    used: 'Listen er brukt.',
    noneGone: 'Ingen er meldt som borte.',
    gone: (count: string) => `${count} er meldt som borte.`,
    leftOut: (rows: string) => `${rows} må rettes; den som står der, regnes som til stede.`,
    doubtful: (count: string) =>
      `${count} mangler, men kan stå i en rad som ikke kan leses, og er ikke meldt som borte. Rett raden, eller avgjør listen.`,

    shrunk: (count: string) =>
      `Listen er holdt tilbake: ${count} som sto i forrige liste, mangler i denne. Ingen er meldt som borte. Er listen feil, send en ny. Er den riktig, må den bekreftes.`,
    strangers: (rows: string) =>
      `Leveransen er holdt tilbake: ${rows} gjelder personer NAV ikke er spurt om. Ingen svar er brukt. NAV må sende en ny leveranse.`,
    partial: (count: string) =>
      `Leveransen er holdt tilbake: ${count} som NAV er spurt om, mangler i den. Ingen svar er brukt. NAV sender en hel leveranse med neste bokstav, eller leveransen avgjøres som den er; de andre regnes som ikke svart.`,
    badRows: (rows: string) =>
      `Leveransen er holdt tilbake: ${rows} kan ikke leses. Ingen svar er brukt. NAV sender radene rettet i en ny leveranse, eller leveransen avgjøres uten dem.`,
    contradiction:
      'Leveransen er holdt tilbake: den sier to ulike ting om samme person. Ingen svar er brukt. NAV må sende en ny leveranse.',
    unopened:
      'Leveransen er holdt tilbake: en rad kan ikke åpnes. Ingen svar er brukt. NAV må sende en ny leveranse.',
  },
  nn: {
    complete: 'Alle radene er komne. Lista blir vurdert no.',
    superseded:
      'Ei nyare liste er alt brukt, så denne blir ikkje brukt. Ingen er meldt som borte på grunn av ho.',
    dropped: 'Lista er lagd bort. Ingen er meldt som borte på grunn av ho.',
    delta: 'Radene er brukte kvar for seg. Av ei endringsliste blir ingen rekna som borte.',
    nobody: 'Ingen blir rekna som borte.',
    noAnswer: 'Ingen svar er brukte.',
    totalUnknown: (rows) => `${rows} er komne, men ikkje kor mange det skal vere.`,
    sendManifest: 'Send manifestet.',
    tooMany: (rows, total) => `${rows} er komne, men lista skulle ha ${total}.`,
    sendNew: 'Send heile lista på nytt under ein ny id.',
    repeats: (rows) =>
      `${rows} er komne, men nokre seier det same. Lista blir rekna som heil når ingen fleire er komne på ti minutt.`,
    part: (seen, rows) => `${seen} av ${rows} er komne.`,
    sendRest: 'Send det som manglar.',

    answersUsed: (answers) => `Leveransen er brukt: ${answers} svar.`,
    late: 'Han kom etter svar for ein nyare månad: svar om dei same er lagra, og gir ingen nye varsel.',
    used: 'Lista er brukt.',
    noneGone: 'Ingen er melde som borte.',
    gone: (count) => `${count} er melde som borte.`,
    leftOut: (rows) => `${rows} må rettast; den som står der, blir rekna som til stades.`,
    doubtful: (count) =>
      `${count} manglar, men kan stå i ei rad som ikkje kan lesast, og er ikkje melde som borte. Rett rada, eller avgjer lista.`,

    shrunk: (count) =>
      `Lista er halden tilbake: ${count} som stod i førre lista, manglar i denne. Ingen er melde som borte. Er lista feil, send ei ny. Er ho rett, må ho stadfestast.`,
    strangers: (rows) =>
      `Leveransen er halden tilbake: ${rows} gjeld personar NAV ikkje er spurd om. Ingen svar er brukte. NAV må sende ein ny leveranse.`,
    partial: (count) =>
      `Leveransen er halden tilbake: ${count} som NAV er spurd om, manglar i han. Ingen svar er brukte. NAV sender ein heil leveranse med neste bokstav, eller leveransen blir avgjord som han er; dei andre blir rekna som ikkje svara.`,
    badRows: (rows) =>
      `Leveransen er halden tilbake: ${rows} kan ikkje lesast. Ingen svar er brukte. NAV sender radene retta i ein ny leveranse, eller leveransen blir avgjord utan dei.`,
    contradiction:
      'Leveransen er halden tilbake: han seier to ulike ting om same person. Ingen svar er brukte. NAV må sende ein ny leveranse.',
    unopened:
      'Leveransen er halden tilbake: ei rad kan ikkje opnast. Ingen svar er brukte. NAV må sende ein ny leveranse.',
  },
});
