import { texts } from '../../core/language.ts';

/** What the pages say of records that could not be read, and of those that wait. */
export const QUARANTINE = texts({
  nb: {
    title: 'Karantene',
    about: 'meldinger som ikke kunne brukes, etter hva som er galt',
    intro: 'Meldingene kom fram, men kan ikke brukes slik de er. Ingenting er tapt. Innholdet vises aldri.',
    total: (items: number, text: string) =>
      items === 1 ? '1 melding venter på noen.' : `${text} meldinger venter på noen.`,
    empty: 'Ingenting er i karantene. Meldinger som ikke kan brukes, kommer hit.',
    toWaiting: 'Se hvem som venter fordi en tidligere melding stoppet',
    caption: 'Det som er galt',
    wrong: 'Hva er galt',
    feed: 'Strøm',
    items: 'Antall',
    overDay: 'Over ett døgn',
    overWeek: 'Over sju døgn',
    oldest: 'Eldste',
    open: 'Se meldingene',
    firstPage: 'Til første side',
    nextPage: 'Neste side',
    otherFeed: 'Ukjent strøm',
    inField: (field: string) => `Felt: ${field}`,
    code: (raw: string) => `Kode: ${raw}`,

    groupTitle: 'Meldinger med samme feil',
    back: 'Til karantenen',
    count: (items: number, text: string) =>
      items === 1 ? 'Det gjelder 1 melding.' : `Det gjelder ${text} meldinger.`,
    sample: (shown: number) => (shown === 1 ? 'Den første av dem' : `De ${shown} første av dem`),
    received: 'Kom',
    receipt: 'Kvittering',
    row: (row: string) => `rad ${row}`,
    noReceipt: 'Sendt uten kvittering',
    act: 'Gjør noe',
    openItem: 'Åpne',
    readOnly: 'Rollen din kan se, men ikke gjøre noe her.',

    mendAll: 'Rett alle likt',
    mendAllHelp:
      'Alle har den samme ukjente koden. Skriv det som skal stå i stedet. Hver melding prøves, og de som fortsatt er gale, blir her.',
    newValue: (heading: string) => `${heading}: ny verdi`,
    mendButton: (items: number, text: string) => (items === 1 ? 'Rett 1 melding' : `Rett ${text} meldinger`),
    replayAll: 'Send alle på nytt, som de er',
    replayHelp: 'Gjør dette når årsaken er rettet her, for eksempel når en kode er lagt til.',
    replayButton: (items: number, text: string) =>
      items === 1 ? 'Send 1 melding på nytt' : `Send ${text} meldinger på nytt`,
    discardAll: 'Legg alle bort',
    discardHelp: 'De får ingen virkning, og kan ikke hentes fram igjen. Avsenderen ser det på kvitteringen.',
    discardButton: (items: number, text: string) =>
      items === 1 ? 'Legg bort 1 melding' : `Legg bort ${text} meldinger`,
    reason: 'Begrunnelse, uten personopplysninger',
    reasonWrong: 'Skriv en begrunnelse på 3–500 tegn, uten fødselsnummer.',
    valueMissing: 'Skriv det som skal stå i feltet.',

    itemTitle: 'En melding i karantene',
    place: 'Hvor den står',
    placeText: (topic: string, partition: string, offset: string) =>
      `${topic}, partisjon ${partition}, nummer ${offset}`,
    settled: 'Meldingen er alt behandlet.',
    replayOne: 'Send på nytt, som den er',
    discardOne: 'Legg bort',
    discardOneHelp:
      'Den får ingen virkning, og kan ikke hentes fram igjen. Avsenderen ser det på kvitteringen.',
    mendOne: 'Rett og send',
    mendOneHelp:
      'Skriv det som er galt, på nytt. Meldingen prøves først. Er noe fortsatt galt, sendes ingenting.',
    notMendable: 'Meldingen kan ikke rettes her. Be avsenderen rette den.',
    nothingTyped: 'Du har ikke skrevet noe. Skriv det som skal rettes.',

    workTitle: 'Arbeid med en gruppe',
    workMend: 'Meldingene rettes og sendes.',
    workReplay: 'Meldingene sendes på nytt.',
    workDiscard: 'Meldingene legges bort.',
    workRelease: 'De som ventet, går videre.',
    progress: (done: string, all: string) => `${done} av ${all} er behandlet.`,
    running: 'Arbeidet er i gang. Siden oppdaterer seg selv.',
    done: 'Arbeidet er ferdig.',
    stopped: 'Arbeidet er stoppet. Resten er fortsatt i karantene.',
    stoppedWaiting: 'Arbeidet er stoppet. Resten venter fortsatt.',
    notPermitted: 'Den som begynte det, har ikke lenger tilgang. Be en som har tilgang, begynne på resten.',
    stop: 'Stopp',
    allWell: 'Alle som er behandlet, gikk bra.',
    later: (items: number, text: string) =>
      items === 1
        ? '1 melding kom etter at du så gruppen, og er ikke med.'
        : `${text} meldinger kom etter at du så gruppen, og er ikke med.`,
    failures: 'De som ikke gikk',
    why: 'Hvorfor',
    item: 'Melding',

    waitingTitle: 'Ventende',
    waitingAbout: 'hvem som venter fordi en tidligere melding stoppet',
    allWaiting: 'Alle som venter',
    waitingIntro:
      'En melding om hver av disse kunne ikke avgjøres. Alt som kommer om den samme ungdommen siden, venter bak den. Alle andre går videre.',
    nobodyWaits: 'Ingen venter. Stopper en melding, står den her.',
    stoppedIn: (feed: string) => `Stoppet i ${feed}`,
    counts: (persons: string, records: string) => `Ungdommer: ${persons}. Meldinger: ${records}.`,
    youth: 'Ungdom',
    records: 'Meldinger',
    since: 'Har ventet siden',
    release: 'Slipp videre',
    releaseHelp:
      'Meldingene sendes på nytt, i rekkefølge. Gjør det når feilen er rettet. Ellers stopper de igjen.',
    released: 'Meldingene er sendt på nytt.',
    releaseWhom: 'Hvem skal slippes videre?',
    releaseAll: (persons: string) => `Alle i gruppen (${persons})`,
    chooseWhom: 'Velg hvem som skal slippes videre.',
  },
  nn: {
    title: 'Karantene',
    about: 'meldingar som ikkje kunne brukast, etter kva som er gale',
    intro:
      'Meldingane kom fram, men kan ikkje brukast slik dei er. Ingenting er tapt. Innhaldet blir aldri vist.',
    total: (items: number, text: string) =>
      items === 1 ? '1 melding ventar på nokon.' : `${text} meldingar ventar på nokon.`,
    empty: 'Ingenting er i karantene. Meldingar som ikkje kan brukast, kjem hit.',
    toWaiting: 'Sjå kven som ventar fordi ei tidlegare melding stoppa',
    caption: 'Det som er gale',
    wrong: 'Kva er gale',
    feed: 'Straum',
    items: 'Tal',
    overDay: 'Over eitt døgn',
    overWeek: 'Over sju døgn',
    oldest: 'Eldste',
    open: 'Sjå meldingane',
    firstPage: 'Til første sida',
    nextPage: 'Neste sida',
    otherFeed: 'Ukjend straum',
    inField: (field: string) => `Felt: ${field}`,
    code: (raw: string) => `Kode: ${raw}`,

    groupTitle: 'Meldingar med same feil',
    back: 'Til karantena',
    count: (items: number, text: string) =>
      items === 1 ? 'Det gjeld 1 melding.' : `Det gjeld ${text} meldingar.`,
    sample: (shown: number) => (shown === 1 ? 'Den første av dei' : `Dei ${shown} første av dei`),
    received: 'Kom',
    receipt: 'Kvittering',
    row: (row: string) => `rad ${row}`,
    noReceipt: 'Send utan kvittering',
    act: 'Gjer noko',
    openItem: 'Opne',
    readOnly: 'Rolla di kan sjå, men ikkje gjere noko her.',

    mendAll: 'Rett alle likt',
    mendAllHelp:
      'Alle har den same ukjende koden. Skriv det som skal stå i staden. Kvar melding blir prøvd, og dei som framleis er gale, blir her.',
    newValue: (heading: string) => `${heading}: ny verdi`,
    mendButton: (items: number, text: string) => (items === 1 ? 'Rett 1 melding' : `Rett ${text} meldingar`),
    replayAll: 'Send alle på nytt, som dei er',
    replayHelp: 'Gjer dette når årsaka er retta her, til dømes når ein kode er lagd til.',
    replayButton: (items: number, text: string) =>
      items === 1 ? 'Send 1 melding på nytt' : `Send ${text} meldingar på nytt`,
    discardAll: 'Legg alle bort',
    discardHelp: 'Dei får ingen verknad, og kan ikkje hentast fram att. Avsendaren ser det på kvitteringa.',
    discardButton: (items: number, text: string) =>
      items === 1 ? 'Legg bort 1 melding' : `Legg bort ${text} meldingar`,
    reason: 'Grunngiving, utan personopplysningar',
    reasonWrong: 'Skriv ei grunngiving på 3–500 teikn, utan fødselsnummer.',
    valueMissing: 'Skriv det som skal stå i feltet.',

    itemTitle: 'Ei melding i karantene',
    place: 'Kvar ho står',
    placeText: (topic: string, partition: string, offset: string) =>
      `${topic}, partisjon ${partition}, nummer ${offset}`,
    settled: 'Meldinga er alt behandla.',
    replayOne: 'Send på nytt, som ho er',
    discardOne: 'Legg bort',
    discardOneHelp: 'Ho får ingen verknad, og kan ikkje hentast fram att. Avsendaren ser det på kvitteringa.',
    mendOne: 'Rett og send',
    mendOneHelp:
      'Skriv det som er gale, på nytt. Meldinga blir prøvd først. Er noko framleis gale, blir ingenting sendt.',
    notMendable: 'Meldinga kan ikkje rettast her. Be avsendaren rette ho.',
    nothingTyped: 'Du har ikkje skrive noko. Skriv det som skal rettast.',

    workTitle: 'Arbeid med ei gruppe',
    workMend: 'Meldingane blir retta og sende.',
    workReplay: 'Meldingane blir sende på nytt.',
    workDiscard: 'Meldingane blir lagde bort.',
    workRelease: 'Dei som venta, går vidare.',
    progress: (done: string, all: string) => `${done} av ${all} er behandla.`,
    running: 'Arbeidet er i gang. Sida oppdaterer seg sjølv.',
    done: 'Arbeidet er ferdig.',
    stopped: 'Arbeidet er stoppa. Resten er framleis i karantene.',
    stoppedWaiting: 'Arbeidet er stoppa. Resten ventar framleis.',
    notPermitted: 'Den som byrja på det, har ikkje lenger tilgang. Be ein som har tilgang, byrje på resten.',
    stop: 'Stopp',
    allWell: 'Alle som er behandla, gjekk bra.',
    later: (items: number, text: string) =>
      items === 1
        ? '1 melding kom etter at du såg gruppa, og er ikkje med.'
        : `${text} meldingar kom etter at du såg gruppa, og er ikkje med.`,
    failures: 'Dei som ikkje gjekk',
    why: 'Kvifor',
    item: 'Melding',

    waitingTitle: 'Ventande',
    waitingAbout: 'kven som ventar fordi ei tidlegare melding stoppa',
    allWaiting: 'Alle som ventar',
    waitingIntro:
      'Ei melding om kvar av desse kunne ikkje avgjerast. Alt som kjem om den same ungdomen sidan, ventar bak ho. Alle andre går vidare.',
    nobodyWaits: 'Ingen ventar. Stoppar ei melding, står ho her.',
    stoppedIn: (feed: string) => `Stoppa i ${feed}`,
    counts: (persons: string, records: string) => `Ungdomar: ${persons}. Meldingar: ${records}.`,
    youth: 'Ungdom',
    records: 'Meldingar',
    since: 'Har venta sidan',
    release: 'Slepp vidare',
    releaseHelp:
      'Meldingane blir sende på nytt, i rekkjefølgje. Gjer det når feilen er retta. Elles stoppar dei igjen.',
    released: 'Meldingane er sende på nytt.',
    releaseWhom: 'Kven skal sleppast vidare?',
    releaseAll: (persons: string) => `Alle i gruppa (${persons})`,
    chooseWhom: 'Vel kven som skal sleppast vidare.',
  },
});
