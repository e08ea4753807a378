import { texts } from '../language.ts';

/** Why a file is not taken as a list, and what to do. Takes headings, names of sheets and numbers of rows, never a cell. */
export const FILE = texts({
  nb: {
    asXlsx: 'Åpne filen i regnearket, velg «Lagre som» og typen .xlsx (uten passord), og send den filen.',
    asList: 'Send listen som et regneark (.xlsx) eller en tekstfil med kolonner (.csv).',
    packedIn: (kind: string) => `Filen er pakket (${kind}). Pakk den ut, og send listen som ligger i den.`,
    packed: 'Filen er en pakket mappe. Pakk den ut, og send listen som ligger i den.',
    old: 'Filen er et eldre regneark (.xls) eller har passord.',
    pdf: 'Filen er en PDF.',
    picture: 'Filen er et bilde.',
    rtf: 'Filen er et tekstdokument (RTF).',
    word: 'Filen er et tekstdokument (Word).',
    web: 'Filen er en nettside eller XML, selv om den kan ha navn som et regneark.',
    binary: 'Filen er et binært regneark (.xlsb).',
    openDocument: 'Filen er et OpenDocument-regneark (.ods) eller et annet OpenDocument.',

    jsonTwice:
      'Et felt i JSON-filen står to ganger, eller filen har for mange nivåer. Ingenting er lest. Hent listen på nytt fra systemet den kommer fra.',
    jsonFields: (most: string) =>
      `Rader i JSON-filen har til sammen flere enn ${most} ulike felt, eller én rad har flere enn ${most} verdier. Det har ingen liste vi kjenner. Ingenting er lest. Hent listen på nytt fra systemet den kommer fra.`,
    jsonBroken:
      'JSON-filen er ikke hel, eller er endret for hånd. Hent listen på nytt fra systemet den kommer fra.',
    jsonUnknown: 'JSON-filen er ikke en liste som denne strømmen kjenner.',
    jsonOther: (feed: string) => `JSON-filen er en liste for strømmen ${feed}. Last den opp der.`,
    jsonEmpty:
      'En tom liste sier ikke at noe har endret seg, så den tas ikke imot. Er det ingenting å melde, send ingenting.',
    listRefused: 'Listen kan ikke tas imot, og ingenting er konkludert av den.',
    encoding:
      'Tegnene i filen kan ikke leses sikkert, og æ, ø og å ville blitt feil. Lagre listen på nytt som «CSV UTF-8» eller som .xlsx, og send den.',
    quoteIn: (row: string) =>
      `En celle i rad ${row} begynner med et anførselstegn som aldri sluttes. Rett cellen, eller lagre listen som .xlsx.`,
    quote:
      'En celle begynner med et anførselstegn som aldri sluttes. Rett cellen, eller lagre listen som .xlsx.',
    cellIn: (row: string) =>
      `En celle i rad ${row} kan ikke leses. Lagre listen på nytt som .xlsx eller «CSV UTF-8», og send den.`,
    cell: 'En celle kan ikke leses. Lagre listen på nytt som .xlsx eller «CSV UTF-8», og send den.',
    tooLarge: (most: string) => `En fil kan være høyst ${most} MB. Del listen i flere filer.`,
    tooManyRows: (most: string) => `En liste kan ha høyst ${most} rader. Del den i flere filer.`,
    tooManyColumns: (most: string) =>
      `Arket har innhold utenfor de ${most} første kolonnene. Slett det som ikke hører til listen, og send filen på nytt.`,
    memory: 'Filen trenger for mye minne å lese. Del listen i flere filer.',
    slow: 'Filen tok for lang tid å lese. Kopier radene til et nytt regneark, eller del listen i flere filer.',
    empty: 'Filen er tom. Er det ingenting å melde, send ingenting.',
    noRows: 'Filen har ingen rader. Er det ingenting å melde, send ingenting.',
    noRowsBelow: 'Det er ingen rader under overskriftene. Er det ingenting å melde, send ingenting.',
    noSheets: 'En tekstfil har ingen ark å velge mellom.',
    noVisible: 'Regnearket har ingen rader på noe synlig ark.',
    noSheet: (names: string) => `Arket finnes ikke. Arkene heter: ${names}.`,
    whichSheet: (names: string) =>
      `Regnearket har flere ark med innhold. Velg arket listen er på. Arkene heter: ${names}.`,
    chooseSheet: 'Velg arket listen er på.',
    merged: 'Arket har altfor mange celler som er slått sammen. Opphev sammenslåingene.',

    tooManyParts: 'Filen har altfor mange deler.',
    partTwice: 'Filen har to deler med samme navn.',
    unpacksTooMuch:
      'Filen pakker ut til mye mer enn en liste trenger. Kopier radene til et nytt regneark, lagre det som .xlsx, og send det.',
    damaged:
      'Filen er skadet eller ikke hel. Åpne den i regnearket, lagre den på nytt som .xlsx, og send den.',
    macros: 'Filen har makroer. Lagre en kopi som .xlsx uten makroer, og send den.',
    externalLinks:
      'Filen henter verdier fra andre filer. Kopier radene og lim dem inn som verdier i et nytt regneark, og send det.',
    strangeParts: 'Filen har deler som en liste ikke skal ha. Lagre den på nytt som .xlsx.',

    emptyHeader: (row: string) => `Rad ${row} er tom. Oppgi raden overskriftene er i.`,
    noHeader:
      'Ingen av de første radene har overskrifter som er kjent. Bruk malen, eller oppgi hvilken rad overskriftene er i og hva kolonnene er.',
    columnTwice: (one: string, other: string, heading: string) =>
      `Kolonnene «${one}» og «${other}» er begge «${heading}». Oppgi hvilken som skal brukes, eller slett den andre.`,
    columnMissing: (heading: string) =>
      `Kolonnen «${heading}» mangler. Legg den til, eller oppgi hvilken kolonne det er.`,
    typeMissing: (labels: string) =>
      `Det står ikke hva radene gjelder. Legg til kolonnen «Hva raden gjelder», eller oppgi det for hele listen: ${labels}.`,
    dropped: (headings: string) =>
      `Disse kolonnene er ikke kjent og ville ikke blitt brukt: ${headings}. Oppgi hva de er, eller kryss av for at de ikke skal brukes.`,
  },
  nn: {
    asXlsx: 'Opne fila i reknearket, vel «Lagre som» og typen .xlsx (utan passord), og send den fila.',
    asList: 'Send lista som eit rekneark (.xlsx) eller ei tekstfil med kolonner (.csv).',
    packedIn: (kind) => `Fila er pakka (${kind}). Pakk ho ut, og send lista som ligg i ho.`,
    packed: 'Fila er ei pakka mappe. Pakk ho ut, og send lista som ligg i ho.',
    old: 'Fila er eit eldre rekneark (.xls) eller har passord.',
    pdf: 'Fila er ein PDF.',
    picture: 'Fila er eit bilete.',
    rtf: 'Fila er eit tekstdokument (RTF).',
    word: 'Fila er eit tekstdokument (Word).',
    web: 'Fila er ei nettside eller XML, sjølv om ho kan ha namn som eit rekneark.',
    binary: 'Fila er eit binært rekneark (.xlsb).',
    openDocument: 'Fila er eit OpenDocument-rekneark (.ods) eller eit anna OpenDocument.',

    jsonTwice:
      'Eit felt i JSON-fila står to gonger, eller fila har for mange nivå. Ingenting er lese. Hent lista på nytt frå systemet ho kjem frå.',
    jsonFields: (most) =>
      `Rader i JSON-fila har til saman fleire enn ${most} ulike felt, eller éi rad har fleire enn ${most} verdiar. Det har inga liste vi kjenner. Ingenting er lese. Hent lista på nytt frå systemet ho kjem frå.`,
    jsonBroken:
      'JSON-fila er ikkje heil, eller er endra for hand. Hent lista på nytt frå systemet ho kjem frå.',
    jsonUnknown: 'JSON-fila er ikkje ei liste som denne straumen kjenner.',
    jsonOther: (feed) => `JSON-fila er ei liste for straumen ${feed}. Last ho opp der.`,
    jsonEmpty:
      'Ei tom liste seier ikkje at noko har endra seg, så ho blir ikkje teken imot. Er det ingenting å melde, send ingenting.',
    listRefused: 'Lista kan ikkje takast imot, og ingenting er konkludert av ho.',
    encoding:
      'Teikna i fila kan ikkje lesast sikkert, og æ, ø og å ville blitt feil. Lagre lista på nytt som «CSV UTF-8» eller som .xlsx, og send ho.',
    quoteIn: (row) =>
      `Ei celle i rad ${row} byrjar med eit hermeteikn som aldri blir slutta. Rett cella, eller lagre lista som .xlsx.`,
    quote:
      'Ei celle byrjar med eit hermeteikn som aldri blir slutta. Rett cella, eller lagre lista som .xlsx.',
    cellIn: (row) =>
      `Ei celle i rad ${row} kan ikkje lesast. Lagre lista på nytt som .xlsx eller «CSV UTF-8», og send ho.`,
    cell: 'Ei celle kan ikkje lesast. Lagre lista på nytt som .xlsx eller «CSV UTF-8», og send ho.',
    tooLarge: (most) => `Ei fil kan vere høgst ${most} MB. Del lista i fleire filer.`,
    tooManyRows: (most) => `Ei liste kan ha høgst ${most} rader. Del ho i fleire filer.`,
    tooManyColumns: (most) =>
      `Arket har innhald utanfor dei ${most} første kolonnene. Slett det som ikkje høyrer til lista, og send fila på nytt.`,
    memory: 'Fila treng for mykje minne å lese. Del lista i fleire filer.',
    slow: 'Fila tok for lang tid å lese. Kopier radene til eit nytt rekneark, eller del lista i fleire filer.',
    empty: 'Fila er tom. Er det ingenting å melde, send ingenting.',
    noRows: 'Fila har ingen rader. Er det ingenting å melde, send ingenting.',
    noRowsBelow: 'Det er ingen rader under overskriftene. Er det ingenting å melde, så send ingenting.',
    noSheets: 'Ei tekstfil har ingen ark å velje mellom.',
    noVisible: 'Reknearket har ingen rader på noko synleg ark.',
    noSheet: (names) => `Arket finst ikkje. Arka heiter: ${names}.`,
    whichSheet: (names) =>
      `Reknearket har fleire ark med innhald. Vel arket lista er på. Arka heiter: ${names}.`,
    chooseSheet: 'Vel arket lista er på.',
    merged: 'Arket har altfor mange celler som er slegne saman. Opphev samanslåingane.',

    tooManyParts: 'Fila har altfor mange delar.',
    partTwice: 'Fila har to delar med same namn.',
    unpacksTooMuch:
      'Fila pakkar ut til mykje meir enn ei liste treng. Kopier radene til eit nytt rekneark, lagre det som .xlsx, og send det.',
    damaged: 'Fila er skadd eller ikkje heil. Opne ho i reknearket, lagre ho på nytt som .xlsx, og send ho.',
    macros: 'Fila har makroar. Lagre ein kopi som .xlsx utan makroar, og send han.',
    externalLinks:
      'Fila hentar verdiar frå andre filer. Kopier radene og lim dei inn som verdiar i eit nytt rekneark, og send det.',
    strangeParts: 'Fila har delar som ei liste ikkje skal ha. Lagre ho på nytt som .xlsx.',

    emptyHeader: (row) => `Rad ${row} er tom. Oppgi kva rad overskriftene er i.`,
    noHeader:
      'Ingen av dei første radene har overskrifter som er kjende. Bruk malen, eller oppgi kva rad overskriftene er i og kva kolonnene er.',
    columnTwice: (one, other, heading) =>
      `Kolonnene «${one}» og «${other}» er begge «${heading}». Oppgi kva for ein som skal brukast, eller slett den andre.`,
    columnMissing: (heading) =>
      `Kolonnen «${heading}» manglar. Legg han til, eller oppgi kva kolonne det er.`,
    typeMissing: (labels) =>
      `Det står ikkje kva radene gjeld. Legg til kolonnen «Hva raden gjelder», eller oppgi det for heile lista: ${labels}.`,
    dropped: (headings) =>
      `Desse kolonnene er ikkje kjende og ville ikkje blitt brukte: ${headings}. Oppgi kva dei er, eller kryss av for at dei ikkje skal brukast.`,
  },
});
