import { texts } from '../language.ts';

/** Why an act on a list, a row, a form or the quarantine is not done, and what to do instead. */
export const DESK = texts({
  nb: {
    fixBelow: 'Rett feltene som står under, og prøv igjen.',
    fixAndSend: 'Rett feltene som står under, og send på nytt.',
    noReceipt: 'Kvitteringen finnes ikke hos denne organisasjonen. Sjekk id-en.',
    noRow: 'Raden er ikke i karantene. Se kvitteringen for hva som ble av den.',
    noField: 'Feltet finnes ikke i raden. Bruk feltene som står på kvitteringen.',
    onlyWrong: 'Bare felt som det er noe galt med, kan rettes her.',
    otherSchool: 'Raden gjelder en annen skole enn avsenderens. Bare avsenderen kan rette den.',
    unreadable:
      'Raden kan ikke leses felt for felt, så den kan ikke rettes her. Rett den der den kommer fra, og send den på nytt.',
    ofSender: 'Rettet av avsenderen på kvitteringen.',
    notKept:
      'Innholdet i meldingen er ikke tatt vare på, så den kan ikke sendes på nytt herfra. Be avsenderen rette og sende den, og legg så denne bort.',
    beingHandled:
      'En annen behandler posten akkurat nå. Hent listen på nytt om ett minutt, og se om den fortsatt er der.',
    settled: 'Posten er alt sendt på nytt eller lagt bort. Hent listen på nytt.',
    noItem: 'Posten finnes ikke i karantenen til denne organisasjonen.',
    noGroup: 'Ingenting av dette slaget er i karantene lenger. Hent oversikten på nytt.',
    unknownWork: 'Arbeidet finnes ikke her. Se i karantenen hva som er igjen.',
    notAlike:
      'Postene i gruppen har ikke den samme ukjente koden, så den samme rettelsen passer ikke alle. Rett dem én for én.',
    groupChanged: (items: string) => `Gruppen har nå ${items}. Ingenting er gjort. Se på den igjen.`,
    unexpected: 'Uventet feil. Posten er fortsatt i karantene.',
    nobodyWaits: 'Ingen meldinger venter for denne personen.',

    noForm:
      'Skjemaet finnes ikke, eller er glemt fordi det har ligget urørt i 30 minutter. Fyll det ut på nytt.',
    noUpload:
      'Opplastingen finnes ikke, eller er glemt fordi den har ligget urørt i 30 minutter. Last opp filen på nytt. Det som alt er sendt, får ikke virkning to ganger.',
    noCell: 'Raden eller kolonnen finnes ikke i listen, eller raden er alt sendt.',
    mendFirst: (rows: string) =>
      `${rows} må rettes før alt kan sendes sammen. Rett dem, eller send bare de andre. Ingenting er sendt.`,
    allSent: 'Alle radene er sendt. Se kvitteringen.',
    noneReady: 'Ingen av radene kan sendes slik de er. Rett dem først.',
    unknownField: (fields: string) => `Et felt er ikke kjent. Disse finnes: ${fields}.`,
    wholeOnly:
      'Bare en liste over en skoles egne elever fra et regneark kan velges som hel liste. En liste i JSON sier selv hva den er.',
    partlySent:
      'Noen av radene er alt sendt enkeltvis. Last opp filen på nytt for å sende den som en hel liste.',
    noWhole:
      'Radene er ikke én hel liste: alle må gjelde den samme skolen og den samme datoen, skrevet likt. Rett dem, eller send radene enkeltvis.',
    notLists: (feeds: string) =>
      `Denne strømmen tar ikke imot lister fra regneark. Disse gjør det: ${feeds}.`,
    kafkaSlow:
      'Innsendingen er ikke bekreftet av Kafka. Send nøyaktig det samme på nytt om litt, med samme Idempotency-Key: det som alt er kommet fram, får ikke virkning to ganger.',

    sentBefore: (moment: string) =>
      `Filen er sendt før ${moment}. Den kvitteringen gjelder. Rader som alt er sendt, får ikke virkning to ganger.`,
    remembered:
      'Kolonnene er valgt slik du valgte dem forrige gang for de samme overskriftene. Velg på nytt hvis noe er feil.',
    hiddenRow: 'Én skjult rad er lest sammen med de andre.',
    hiddenRows: (count: string) => `${count} skjulte rader er lest sammen med de andre.`,
    example: 'Én eksempelrad fra malen er ikke lest.',
    examples: (count: string) => `${count} eksempelrader fra malen er ikke lest.`,
    hiddenSheet: 'Ett skjult ark er ikke lest.',
    hiddenSheets: (count: string) => `${count} skjulte ark er ikke lest.`,
    otherSheet: 'Ett annet ark uten overskriftene til listen er ikke lest.',
    otherSheets: (count: string) => `${count} andre ark uten overskriftene til listen er ikke lest.`,
    newerEdition: (edition: string, newest: string) =>
      `Filen sier at den følger utgave ${edition} av malen. Den nyeste her er utgave ${newest}; kontroller at alle kolonnene er med.`,

    listHandled: 'Listen er behandlet i mellomtiden. Hent den på nytt og se hva som gjelder.',
    noList: 'Organisasjonen har ingen slik liste. Hent listene på nytt og bruk «list» og «run» derfra.',
  },
  nn: {
    fixBelow: 'Rett felta som står under, og prøv igjen.',
    fixAndSend: 'Rett felta som står under, og send på nytt.',
    noReceipt: 'Kvitteringa finst ikkje hos denne organisasjonen. Sjekk id-en.',
    noRow: 'Rada er ikkje i karantene. Sjå kvitteringa for kva som blei av ho.',
    noField: 'Feltet finst ikkje i rada. Bruk felta som står på kvitteringa.',
    onlyWrong: 'Berre felt som det er noko gale med, kan rettast her.',
    otherSchool: 'Rada gjeld ein annan skule enn den til avsendaren. Berre avsendaren kan rette ho.',
    unreadable:
      'Rada kan ikkje lesast felt for felt, så ho kan ikkje rettast her. Rett ho der ho kjem frå, og send ho på nytt.',
    ofSender: 'Retta av avsendaren på kvitteringa.',
    notKept:
      'Innhaldet i meldinga er ikkje teke vare på, så ho kan ikkje sendast på nytt herifrå. Be avsendaren rette og sende ho, og legg så denne bort.',
    beingHandled:
      'Ein annan behandlar posten akkurat no. Hent lista på nytt om eitt minutt, og sjå om han framleis er der.',
    settled: 'Posten er alt send på nytt eller lagd bort. Hent lista på nytt.',
    noItem: 'Posten finst ikkje i karantena til denne organisasjonen.',
    noGroup: 'Ingenting av dette slaget er i karantene lenger. Hent oversikta på nytt.',
    unknownWork: 'Arbeidet finst ikkje her. Sjå i karantena kva som er att.',
    notAlike:
      'Postane i gruppa har ikkje den same ukjende koden, så den same rettinga passar ikkje for alle. Rett dei éin for éin.',
    groupChanged: (items) => `Gruppa har no ${items}. Ingenting er gjort. Sjå på ho igjen.`,
    unexpected: 'Uventa feil. Posten er framleis i karantene.',
    nobodyWaits: 'Ingen meldingar ventar for denne personen.',

    noForm:
      'Skjemaet finst ikkje, eller er gløymt fordi det har lege urørt i 30 minutt. Fyll det ut på nytt.',
    noUpload:
      'Opplastinga finst ikkje, eller er gløymd fordi ho har lege urørt i 30 minutt. Last opp fila på nytt. Det som alt er sendt, får ikkje verknad to gonger.',
    noCell: 'Rada eller kolonnen finst ikkje i lista, eller rada er alt send.',
    mendFirst: (rows) =>
      `${rows} må rettast før alt kan sendast saman. Rett dei, eller send berre dei andre. Ingenting er sendt.`,
    allSent: 'Alle radene er sende. Sjå kvitteringa.',
    noneReady: 'Ingen av radene kan sendast slik dei er. Rett dei først.',
    unknownField: (fields) => `Eit felt er ikkje kjent. Desse finst: ${fields}.`,
    wholeOnly:
      'Berre ei liste over elevane til ein skule frå eit rekneark kan veljast som heil liste. Ei liste i JSON seier sjølv kva ho er.',
    partlySent:
      'Nokre av radene er alt sende kvar for seg. Last opp fila på nytt for å sende ho som ei heil liste.',
    noWhole:
      'Radene er ikkje éi heil liste: alle må gjelde den same skulen og den same datoen, skrivne likt. Rett dei, eller send radene kvar for seg.',
    notLists: (feeds) => `Denne straumen tek ikkje imot lister frå rekneark. Desse gjer det: ${feeds}.`,
    kafkaSlow:
      'Innsendinga er ikkje stadfesta av Kafka. Send nøyaktig det same på nytt om litt, med same Idempotency-Key: det som alt er kome fram, får ikkje verknad to gonger.',

    sentBefore: (moment) =>
      `Fila er send før ${moment}. Den kvitteringa gjeld. Rader som alt er sende, får ikkje verknad to gonger.`,
    remembered:
      'Kolonnene er valde slik du valde dei førre gongen for dei same overskriftene. Vel på nytt om noko er feil.',
    hiddenRow: 'Éi skjult rad er lesen saman med dei andre.',
    hiddenRows: (count) => `${count} skjulte rader er lesne saman med dei andre.`,
    example: 'Éi eksempelrad frå malen er ikkje lesen.',
    examples: (count) => `${count} eksempelrader frå malen er ikkje lesne.`,
    hiddenSheet: 'Eitt skjult ark er ikkje lese.',
    hiddenSheets: (count) => `${count} skjulte ark er ikkje lesne.`,
    otherSheet: 'Eitt anna ark utan overskriftene til lista er ikkje lese.',
    otherSheets: (count) => `${count} andre ark utan overskriftene til lista er ikkje lesne.`,
    newerEdition: (edition, newest) =>
      `Fila seier at ho følgjer utgåve ${edition} av malen. Den nyaste her er utgåve ${newest}; kontroller at alle kolonnene er med.`,

    listHandled: 'Lista er behandla i mellomtida. Hent ho på nytt og sjå kva som gjeld.',
    noList: 'Organisasjonen har inga slik liste. Hent listene på nytt og bruk «list» og «run» derifrå.',
  },
});
