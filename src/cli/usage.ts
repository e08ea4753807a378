/** How a command is written, and what it does: all of the command line at a glance, and nothing of the program loaded. */
export interface Usage {
  /** As in the help text. */
  form: string;
  /** What it does, in a line. */
  help: string;
  /** Fewest and most arguments, `--json` not counted. */
  takes: readonly [number, number];
  /** More to know, a paragraph each. */
  more?: readonly string[];
  /** It reads what it needs from the keyboard itself. */
  ownInput?: boolean;
}

export const USAGE = {
  tabeller: {
    form: 'tabeller [org] [skoleår] [--json]',
    help: 'rapportene som er bygget, ved siden av de publiserte tallene',
    takes: [0, 2],
  },
  rapport: {
    form: 'rapport <org> <navn> [dato] [valg] [--json]',
    help: 'en rapport talt fra hendelsene; et navn som ikke finnes, viser alle',
    takes: [2, 7],
  },
  klokke: {
    form: 'klokke <org> <dato eller tidspunkt> [--json]',
    help: 'still en virtuell klokke fram (en dato betyr kl. 12 den dagen)',
    takes: [2, 2],
  },
  hvorfor: {
    form: 'hvorfor [org] <varsel> [--json]',
    help: 'hvorfor et varsel kom: regelen, meldingene, fristene, hva som avslutter det, og uten en melding',
    takes: [1, 2],
  },
  ungdom: {
    form: 'ungdom [org] <referanse> [sett] [--per <dato eller tidspunkt>] [--json]',
    help: 'det som er kjent om en ungdom, nå eller på et tidspunkt; sett: hvem som har sett det',
    takes: [1, 5],
    more: ['Navn og nummer vises bare med «hvem», til et formål, og hvert oppslag loggføres.'],
  },
  finn: {
    form: 'finn <org> [- | kvittering, varsel, levering eller referanse] [formål] [--json]',
    help: 'finn en ungdom, et varsel, en kvittering eller en levering',
    takes: [1, 3],
    more: [
      'Uten det du leter etter, eller med «-», spørres du om det, eller det leses fra stdin.',
      'Fødselsnummer tas bare imot slik: npm run ot -- finn <org> - KONTAKT. Søket loggføres med formålet.',
    ],
    ownInput: true,
  },
  kontakt: {
    form: 'kontakt <org> <referanse eller varsel> <ungdom|foresatt|andre|ingen> <kanal> [--dato <dato>] [--grunn <nøkkelord>] [--json]',
    help: 'meld at OT har prøvd å nå en ungdom, og hvem som svarte',
    takes: [4, 8],
    more: ['Fødselsnummeret finner broen selv. Uten dato gjelder det i dag, etter fylkets klokke.'],
  },
  status: {
    form: 'status <org> <referanse eller varsel> <kode> [--dato <dato>] [--viaot <ja|nei>] [--grunnlag <nøkkelord>] [--fastholdt <nøkkelord>] [--json]',
    help: 'godta et forslag til status, eller sett en annen og si hvorfor',
    takes: [3, 11],
    more: ['Med et varsel som foreslår en annen kode, må --fastholdt si hvorfor koden din skal stå.'],
  },
  varsler: {
    form: 'varsler [org] [--json]',
    help: 'de 10 siste varslene, med grunn',
    takes: [0, 1],
  },
  kvittering: {
    form: 'kvittering <org> [id] [csv] [--json]',
    help: 'hvordan det gikk med en innsending; uten id: de siste; csv: hver rad og hva som ble av den',
    takes: [1, 3],
  },
  rett: {
    form: 'rett <org> <kvittering> <rad> [felt=verdi …] [--kjør] [--json]',
    help: 'rett en rad i karantene på en kvittering; uten felt: hva som er galt; sendes bare med --kjør',
    takes: [3, 20],
  },
  prov: {
    form: 'prov <org> <strøm> <fil> [--json]',
    help: 'hva en JSON-fil ville ført til, rad for rad; ingenting sendes',
    takes: [3, 3],
  },
  send: {
    form: 'send <org> <strøm> <fil> [--gjelder <hva>] [--ark <navn>] [--overskrift <rad>] [--kolonne <overskrift>=<felt>] [--dropp <overskrift>] [--feilfil <fil.csv>] [--hele-listen [--bekreftet-kortere]] [--kjør] [--json]',
    help: 'en liste (.xlsx, .csv, .json): hva som er galt rad for rad; sendes bare med --kjør',
    takes: [3, 40],
  },
  meld: {
    form: 'meld <org> <strøm> <hva> <felt=verdi> [felt=verdi …] [--kjør] [--json]',
    help: 'meld én ting felt for felt, også en retting eller en annullering; sendes bare med --kjør',
    takes: [4, 40],
    more: [
      'Feltene og hva som kan meldes, står i malen til strømmen: npm run ot -- mal <strøm> <fil>',
      'Skriv fodselsnummer=-, så spørres du om nummeret.',
      'Ta tilbake det som er meldt: npm run ot -- meld <org> <strøm> annullering <felt=verdi …> --kjør',
    ],
  },
  mal: {
    form: 'mal <strøm> <fil.xlsx eller fil.csv>',
    help: 'malen for en liste til strømmen, med eksempler og forklaring',
    takes: [2, 2],
  },
  regler: {
    form: 'regler [org] [regel] [--json]',
    help: 'reglene: hva de sier, hvor de står, og hvilke tester som holder dem',
    takes: [0, 3],
  },
  kodeverk: {
    form: 'kodeverk [org] [liste] [--json]',
    help: 'kodelistene broen leser etter; med en liste: kodene, med navn og når de gjelder',
    takes: [0, 3],
  },
  hjul: {
    form: 'hjul <org> [skoleår] [--json]',
    help: 'årshjulet med datoer, uker, frister, lister og brev',
    takes: [1, 2],
  },
  arbeidsliste: {
    form: 'arbeidsliste <org> [liste eller W-nummer] [dato] [--json]',
    help: 'en arbeidsliste med hvorfor og frist; uten navn: hvilke som finnes',
    takes: [1, 3],
  },
  samlet: {
    form: 'samlet [org] [liste kontakt|forslag … | jobb start|stopp|feil|utenfor|nye] [--kanal K] [--kode S] [--dato D] [--enhet E] [--slag V] [--frist D] [--gruppe N] [--antall N --grunn G] [--json]',
    help: 'gjør det samme for mange: se først, lag jobben med antall og grunn, start den, og se hvordan det gikk',
    takes: [0, 40],
  },
  brev: {
    form: 'brev <org> <W13|W14|W24|W25|W30|W30-SMS> [skoleår] [--json]',
    help: 'hvem som skal ha et brev, og hvem som ikke skal ha det og hvorfor',
    takes: [2, 3],
  },
  partisjoner: {
    form: 'partisjoner [--json]',
    help: 'partisjoner som står, og hvorfor',
    takes: [0, 0],
  },
  videre: {
    form: 'videre <emne> <partisjon> <begrunnelse> [fra] [ja] [--json]',
    help: 'la en partisjon som står, gå videre; uten «ja» vises bare hva det betyr',
    takes: [3, 5],
  },
  hvem: {
    form: 'hvem <org> <referanse, brev eller arbeidsliste> <formål> [skoleår] [--json]',
    help: 'nummer og navn, loggført; formål: KONTAKT, BREV, OVERLEVERING, KONTROLL, REGISTER, INNSYN',
    takes: [3, 4],
  },
  flyt: {
    form: 'flyt [org] [--json]',
    help: 'om hver strøm kommer som den skal, og alt som står stille: hvorfor, og hva du gjør',
    takes: [0, 2],
  },
  drift: {
    form: 'drift [org] [--kontroller] [--json]',
    help: 'støttefilen: innstillinger, versjoner, jobber og kontroller; --kontroller kjører dem der broen går',
    takes: [0, 3],
  },
  karantene: {
    form: 'karantene [org] [gruppe] [rett|spill|forkast] [antall] [begrunnelse] [--verdi <det som skal stå>] [--til <tidspunkt>] [--etter <neste>] [--json]',
    help: 'det som ikke kunne brukes, gruppert; rett alle med samme ukjente kode, spill av en gruppe, eller forkast den',
    takes: [0, 8],
  },
  melding: {
    form: 'melding <org> <id> [rett|spill|forkast <begrunnelse>] [felt=verdi …] [--kjør] [--json]',
    help: 'én melding i karantene: hva som er galt; rett den, spill den av eller forkast den',
    takes: [2, 30],
  },
  arbeid: {
    form: 'arbeid <org> <id> [stopp] [--json]',
    help: 'hvor langt arbeidet med en gruppe i karantene er kommet, og hva som ikke gikk; stopp det',
    takes: [2, 3],
  },
  ventende: {
    form: 'ventende [org] [slipp <referanse> <begrunnelse>] [--strom <strøm>] [--etter <neste>] [--json]',
    help: 'hvem som venter fordi en tidligere melding stoppet; slipp én fram',
    takes: [0, 9],
  },
  liste: {
    form: 'liste <org> [liste] [id] [bekreft|bruk|legg-bort] [begrunnelse] [--json]',
    help: 'lister som er kommet og hva som er blitt av dem; avgjør en som er holdt tilbake',
    takes: [1, 5],
  },
  rettigheter: {
    form: 'rettigheter <org> <principal> [rolle,rolle]',
    help: 'linjene som gir broen rettighetene den trenger i Kafka (kafka-acls)',
    takes: [2, 3],
  },
  tilgang: {
    form: 'tilgang [org] [godkjenn|avslå|trekk <id> <begrunnelse>] | <org> foreslå --orgnr <nr> --scope <scope> | (--person <nøkkel> | --altinn <orgnr> | --gruppe <navn>) --rolle <rolle> [--enhet <nr>] [--skole <nr>] [--fortrolig] [--fra <tidspunkt>] [--til <tidspunkt>] --begrunnelse <tekst> [--json]',
    help: 'hvem som har hvilken tilgang, hvorfor og til når; foreslå, godkjenn, avslå eller trekk en',
    takes: [0, 22],
    more: ['En person oppgis med nøkkelen innloggingen gir (64 tegn), aldri med fødselsnummer.'],
  },
  abonnementer: {
    form: 'abonnementer [org] [--json]',
    help: 'abonnementene, hvordan de er, og hva som må gjøres',
    takes: [0, 1],
  },
  leveringer: {
    form: 'leveringer <org> <abonnement> [venter|levert|feilet|holdt-tilbake|hoppet-over|<levering>] [--json]',
    help: 'kallene som er sendt, venter eller ikke kunne sendes',
    takes: [2, 3],
  },
  bekreft: {
    form: 'bekreft <org> <abonnement> [--json]',
    help: 'be mottakeren bekrefte at adressen er dens egen; etter det begynner kallene',
    takes: [2, 2],
  },
  provekall: {
    form: 'provekall <org> <abonnement> [--json]',
    help: 'send ett signert kall som ikke gjelder noen',
    takes: [2, 2],
  },
  omsending: {
    form: 'omsending <org> <abonnement> [ny <begrunnelse> [--fra <tidspunkt> --til <tidspunkt>] | <omsending> [start|stopp|feil]] [--json]',
    help: 'send på nytt det en mottaker ikke tok imot: se utvalget først, og start det',
    takes: [2, 8],
    more: ['Uten --fra og --til gjelder det alt som ikke kunne sendes.'],
  },
  pause: {
    form: 'pause <org> <abonnement> [--json]',
    help: 'sett et abonnement på pause: ingenting sendes, og ingenting går tapt',
    takes: [2, 2],
  },
  aktiver: {
    form: 'aktiver <org> <abonnement> <alt|siste|nå> [begrunnelse] [--json]',
    help: 'slå på et abonnement: send alt, bare det siste om hver ungdom, eller begynn nå',
    takes: [3, 4],
  },
  'nye-nokler': {
    form: 'nye-nokler <org> <abonnement> [--overlapp <timer>] [--hemmelighet-til <fil>] [--json]',
    help: 'nye nøkler til et abonnement; de forrige signerer også i 24 timer eller så lenge du sier',
    takes: [2, 6],
  },
  revisjon: {
    form: 'revisjon verifiser | sett <referanse> [org] [--json]',
    help: 'er revisjonssporet helt, og hvem har sett en ungdom',
    takes: [1, 3],
  },
  logg: {
    form: 'logg [org] | <org> <mandag> [linjer | signer <ingen-avvik|avvik> [merknad]] [--json]',
    help: 'loggkontrollen: ukene, hvem som har sett hva i en uke, linje for linje, og signering av den',
    takes: [0, 5],
  },
  fint: {
    form: 'fint full <org> [--json]',
    help: 'send hele FINT-emnet på nytt',
    takes: [2, 2],
  },
  vigo: {
    form: 'vigo <fil|hent|trekk|kvittering|status> <org> … [--json]',
    help: 'lag filene til VIGO i en mappe, hent en på nytt, trekk en tilbake, les kvittering, se hva som er avvist eller venter',
    takes: [2, 5],
  },
  nav: {
    form: 'nav <uttrekk|status|batch|utlevert|avtale> <org> [måned|liste|referanse|registrer|godkjenn|avslå|trekk] … [--json]',
    help: 'månedens liste til NAV: lag den (og skriv den som .csv eller .jsonl), se hvor langt den er kommet; hva NAV har fått vite om en ungdom eller i en liste; avtalene: registrer, godkjenn, avslå eller trekk en tilbake',
    takes: [2, 15],
  },
  doctor: {
    form: 'doctor',
    help: 'kontroller oppsettet, Kafka, databasen, utstederne og driften; kan limes inn i en sak',
    takes: [0, 0],
  },
  abonner: {
    form: 'abonner <org> <adresse> --fra <nå|skoleår|alt> [--slag <status,varsel,hovedgruppe,kvittering,nav-tilbaketrekking>] [--enheter <nr,…>] [--navn <navn>] [--hemmelighet-til <fil>]',
    help: 'la en mottaker få høre om endringer; den må svare når dette kjøres',
    takes: [1, 12],
  },
  lytt: {
    form: 'lytt [--port <nr>] [--hemmelighet <whsec_…>] [--hemmelighet-fil <fil>] [--utgatt <whsec_…>] [--nokler <adresse>] [--vis]',
    help: 'en mottaker som kontrollerer hvert kall og sier hva som er galt',
    takes: [0, 12],
  },
  kontrakt: {
    form: 'kontrakt <adresse> --hemmelighet <whsec_…> | --hemmelighet-fil <fil> [--uten-v1a] [--port <nr>] [--unntak <navn,…>] [--junit <fil>]',
    help: 'prøv en mottaker du lager, med alle tilfellene',
    takes: [1, 12],
  },
  'nav motpart': {
    form: 'nav motpart <org> <måned> [--hvordan <hel|delvis|fremmed|to-ganger|sen>] [--fro <tall>] [--leveranse <b–z>]',
    help: 'spill NAV: hent månedens liste, svar etter et frø, og se hva som ble brukt og hvorfor ikke',
    takes: [3, 9],
  },
} as const satisfies Readonly<Record<string, Usage>>;
