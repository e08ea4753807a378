import type { Language, Written } from '../core/language.ts';
import { PROBLEM_CODE } from '../core/sentences/problemCodes.ts';
import { counted } from './norwegian.ts';

// What does not move, in words: what it is, why, and what to do. No word of it names a person.

export interface StandingFacts {
  /** The feed, list or receiver, in words. */
  where: string;
  /** Records, rows, youths or days, as the kind says. */
  count: number;
  /** What is known of the cause: a code, or a sentence in bokmål. */
  detail: string | null;
}

interface Sentences {
  what(facts: StandingFacts): string;
  /** A function of nothing where the facts do not matter. */
  cause(facts: StandingFacts): string;
  cure: string;
}

/** What the code of a problem means; null: of a version that had other codes. */
function problemIn(language: Language, code: string | null): string | null {
  const all: Readonly<Record<string, { text: string } | undefined>> = PROBLEM_CODE[language];
  return code === null ? null : (all[code]?.text ?? null);
}

const KINDS = {
  LANE_STANDS: {
    nb: {
      what: ({ where }) => `${where}: lesingen står`,
      cause: ({ detail }) => detail ?? 'Grunnen er ikke kjent.',
      cure: 'Kjør «ot partisjoner». Den viser hvordan lesingen kan gå videre.',
    },
    nn: {
      what: ({ where }) => `${where}: lesinga står`,
      cause: ({ detail }) => detail ?? 'Grunnen er ikkje kjend.',
      cure: 'Køyr «ot partisjoner». Han viser korleis lesinga kan gå vidare.',
    },
  },
  LANE_UNWORKED: {
    nb: {
      what: ({ where }) => `${where}: ingen prosess leser`,
      cause: ({ count }) => `${counted(count, 'melding', 'meldinger')} venter. Ingen går tapt.`,
      cure: 'Start en prosess med ROLES=consume.',
    },
    nn: {
      what: ({ where }) => `${where}: ingen prosess les`,
      cause: ({ count }) => `${counted(count, 'melding', 'meldingar')} ventar. Inga går tapt.`,
      cure: 'Start ein prosess med ROLES=consume.',
    },
  },
  LANE_STILL: {
    nb: {
      what: ({ where }) => `${where}: lesingen kommer ikke videre`,
      cause: ({ count }) =>
        `${counted(count, 'melding', 'meldinger')} venter, og ingen er behandlet siden da.`,
      cure: 'Se /internal/isReady og loggen. Start prosessen på nytt hvis den ikke kommer videre.',
    },
    nn: {
      what: ({ where }) => `${where}: lesinga kjem ikkje vidare`,
      cause: ({ count }) => `${counted(count, 'melding', 'meldingar')} ventar, og inga er behandla sidan då.`,
      cure: 'Sjå /internal/isReady og loggen. Start prosessen på nytt om han ikkje kjem vidare.',
    },
  },
  LANE_UNSENT: {
    nb: {
      what: ({ where }) => `${where}: avgjørelser er ikke sendt ut`,
      cause: ({ count }) => `${count} er avgjort, men Kafka har ikke tatt imot meldingene om dem.`,
      cure: 'Kjør «ot doctor». Den viser om Kafka svarer, og om broen har rett til å skrive.',
    },
    nn: {
      what: ({ where }) => `${where}: avgjerder er ikkje sende ut`,
      cause: ({ count }) => `${count} er avgjorde, men Kafka har ikkje teke imot meldingane om dei.`,
      cure: 'Køyr «ot doctor». Han viser om Kafka svarer, og om brua har rett til å skrive.',
    },
  },
  LIST_MISSING: {
    nb: {
      what: ({ where }) => `${where}: listen er ikke kommet`,
      cause: () => 'Den siste hele listen er eldre enn den skal være.',
      cure: 'Spør avsenderen. Henter broen listen selv: Se POLL_FAILED i driftshåndboken.',
    },
    nn: {
      what: ({ where }) => `${where}: lista er ikkje komen`,
      cause: () => 'Den siste heile lista er eldre enn ho skal vere.',
      cure: 'Spør avsendaren. Hentar brua lista sjølv: Sjå POLL_FAILED i driftshandboka.',
    },
  },
  LIST_HELD: {
    nb: {
      what: ({ where }) => `${where}: listen er holdt tilbake`,
      cause: ({ detail }) => detail ?? '',
      cure: 'Avgjør listen på siden om den (eller med «ot liste»), eller be avsenderen sende en ny.',
    },
    nn: {
      what: ({ where }) => `${where}: lista er halden tilbake`,
      cause: ({ detail }) => detail ?? '',
      cure: 'Avgjer lista på sida om ho (eller med «ot liste»), eller be avsendaren sende ei ny.',
    },
  },
  LIST_INCOMPLETE: {
    nb: {
      what: ({ where }) => `${where}: listen er ikke hel`,
      cause: ({ detail }) => detail ?? '',
      cure: 'Be avsenderen sende resten.',
    },
    nn: {
      what: ({ where }) => `${where}: lista er ikkje heil`,
      cause: ({ detail }) => detail ?? '',
      cure: 'Be avsendaren sende resten.',
    },
  },
  LIST_DOUBTFUL: {
    nb: {
      what: ({ where }) => `${where}: noen kan være borte`,
      cause: ({ count }) => `${count} mangler i listen, men kan stå i en rad som ikke kan leses.`,
      cure: 'Rett raden og send den på nytt, eller avgjør listen på siden om den (eller med «ot liste»).',
    },
    nn: {
      what: ({ where }) => `${where}: nokon kan vere borte`,
      cause: ({ count }) => `${count} manglar i lista, men kan stå i ei rad som ikkje kan lesast.`,
      cure: 'Rett rada og send ho på nytt, eller avgjer lista på sida om ho (eller med «ot liste»).',
    },
  },
  QUARANTINE: {
    nb: {
      what: ({ where, count }) => `${where}: ${counted(count, 'melding', 'meldinger')} kan ikke brukes`,
      cause: ({ detail }) => problemIn('nb', detail) ?? `Feilen er ${detail ?? 'ukjent'}.`,
      cure: 'Rett dem i karantenen, eller be avsenderen rette dem og sende på nytt.',
    },
    nn: {
      what: ({ where, count }) => `${where}: ${counted(count, 'melding', 'meldingar')} kan ikkje brukast`,
      cause: ({ detail }) => problemIn('nn', detail) ?? `Feilen er ${detail ?? 'ukjend'}.`,
      cure: 'Rett dei i karantenen, eller be avsendaren rette dei og sende på nytt.',
    },
  },
  PARKED: {
    nb: {
      what: ({ count }) => `${counted(count, 'ungdom', 'ungdommer')} har meldinger som venter`,
      cause: ({ detail }) => `En tidligere melding stoppet: ${detail ?? 'ukjent'}.`,
      cure: 'Se «Slipp fram en parkert ungdom» i driftshåndboken.',
    },
    nn: {
      what: ({ count }) => `${counted(count, 'ungdom', 'ungdommar')} har meldingar som ventar`,
      cause: ({ detail }) => `Ei tidlegare melding stoppa: ${detail ?? 'ukjend'}.`,
      cure: 'Sjå «Slipp fram en parkert ungdom» i driftshandboka.',
    },
  },
  RECEIPT_WAITING: {
    nb: {
      what: ({ where, count }) =>
        `${where}: ${counted(count, 'kvittering er ikke endelig', 'kvitteringer er ikke endelige')}`,
      cause: () => 'Rader er mottatt, men ikke behandlet innen ett minutt.',
      cure: 'Se om lesingen står. Ellers: Se RECEIPT_WAITING i driftshåndboken.',
    },
    nn: {
      what: ({ where, count }) =>
        `${where}: ${counted(count, 'kvittering er ikkje endeleg', 'kvitteringar er ikkje endelege')}`,
      cause: () => 'Rader er mottekne, men ikkje behandla innan eitt minutt.',
      cure: 'Sjå om lesinga står. Elles: Sjå RECEIPT_WAITING i driftshandboka.',
    },
  },
  DUE_STILL: {
    nb: {
      what: ({ count }) => `${counted(count, 'ungdom', 'ungdommer')} har en frist som ikke er behandlet`,
      cause: () => 'Fristen er ute, og broen har ikke gått videre med den.',
      cure: 'Se DUE_NOT_DECIDED i driftshåndboken.',
    },
    nn: {
      what: ({ count }) => `${counted(count, 'ungdom', 'ungdommar')} har ein frist som ikkje er behandla`,
      cause: () => 'Fristen er ute, og brua har ikkje gått vidare med han.',
      cure: 'Sjå DUE_NOT_DECIDED i driftshandboka.',
    },
  },
  RECEIVER_DISABLED: {
    nb: {
      what: ({ where }) => `Mottakeren ${where} er slått av`,
      cause: ({ detail }) => detail ?? '',
      cure: 'Be eieren rette mottakeren, og slå den på med «ot aktiver».',
    },
    nn: {
      what: ({ where }) => `Mottakaren ${where} er slått av`,
      cause: ({ detail }) => detail ?? '',
      cure: 'Be eigaren rette mottakaren, og slå han på med «ot aktiver».',
    },
  },
  RECEIVER_FAILING: {
    nb: {
      what: ({ where }) => `Mottakeren ${where} tar ikke imot`,
      cause: ({ count, detail }) => `${count} venter på å bli sendt. Siste forsøk: ${detail ?? 'ukjent'}.`,
      cure: 'Be eieren rette mottakeren. Broen prøver igjen i fem døgn.',
    },
    nn: {
      what: ({ where }) => `Mottakaren ${where} tek ikkje imot`,
      cause: ({ count, detail }) => `${count} ventar på å bli sende. Siste forsøk: ${detail ?? 'ukjend'}.`,
      cure: 'Be eigaren rette mottakaren. Brua prøver att i fem døgn.',
    },
  },
  RECEIVER_STILL: {
    nb: {
      what: ({ where }) => `Ingenting sendes til mottakeren ${where}`,
      cause: ({ count }) => `${count} venter, og ingen prosess sender.`,
      cure: 'Start en prosess med ROLES=relay.',
    },
    nn: {
      what: ({ where }) => `Ingenting blir sendt til mottakaren ${where}`,
      cause: ({ count }) => `${count} ventar, og ingen prosess sender.`,
      cure: 'Start ein prosess med ROLES=relay.',
    },
  },
  RECEIVER_PAUSED: {
    nb: {
      what: ({ where }) => `Mottakeren ${where} er satt på pause`,
      cause: ({ count }) => `${count} venter på at eieren slår den på.`,
      cure: 'Spør eieren, og slå den på med «ot aktiver».',
    },
    nn: {
      what: ({ where }) => `Mottakaren ${where} er sett på pause`,
      cause: ({ count }) => `${count} ventar på at eigaren slår han på.`,
      cure: 'Spør eigaren, og slå han på med «ot aktiver».',
    },
  },
  RECEIVER_UNVERIFIED: {
    nb: {
      what: ({ where }) => `Mottakeren ${where} er ikke bekreftet`,
      cause: () => 'Vi sender ikke noe før adressen er bekreftet.',
      cure: 'Be eieren starte den og bekrefte den.',
    },
    nn: {
      what: ({ where }) => `Mottakaren ${where} er ikkje stadfesta`,
      cause: () => 'Vi sender ikkje noko før adressa er stadfesta.',
      cure: 'Be eigaren starte han og stadfeste han.',
    },
  },
  AGREEMENT_MISSING: {
    nb: {
      what: () => 'Ingen avtale med NAV gjelder',
      cause: () => 'NAV spørres ikke om noen, og svar holdes tilbake.',
      cure: 'Registrer en ny avtale: Se NAV_NO_AGREEMENT i driftshåndboken.',
    },
    nn: {
      what: () => 'Ingen avtale med NAV gjeld',
      cause: () => 'NAV blir ikkje spurd om nokon, og svar blir haldne tilbake.',
      cure: 'Registrer ein ny avtale: Sjå NAV_NO_AGREEMENT i driftshandboka.',
    },
  },
  AGREEMENT_ENDS: {
    nb: {
      what: () => 'Avtalen med NAV går snart ut',
      cause: ({ count }) => `Den slutter innen ${count} dager, og ingen ny er registrert.`,
      cure: 'Registrer en ny avtale: Se AGREEMENT_ENDS i driftshåndboken.',
    },
    nn: {
      what: () => 'Avtalen med NAV går snart ut',
      cause: ({ count }) => `Han sluttar innan ${count} dagar, og ingen ny er registrert.`,
      cure: 'Registrer ein ny avtale: Sjå AGREEMENT_ENDS i driftshandboka.',
    },
  },
  NAV_LIST_STILL: {
    nb: {
      what: ({ where }) => `Listen til NAV blir ikke ferdig: ${where}`,
      cause: () => 'Den ble bestilt for mer enn et kvarter siden.',
      cure: 'Se om en prosess med ROLES=consume går, og se i loggen.',
    },
    nn: {
      what: ({ where }) => `Lista til NAV blir ikkje ferdig: ${where}`,
      cause: () => 'Ho vart tinga for meir enn eit kvarter sidan.',
      cure: 'Sjå om ein prosess med ROLES=consume går, og sjå i loggen.',
    },
  },
} as const satisfies Readonly<Record<string, Written<Sentences>>>;

export type StandingKind = keyof typeof KINDS;

export const STANDING_KINDS = Object.keys(KINDS) as [StandingKind, ...StandingKind[]];

/** What does not move, why, and what to do. */
export function standingText(
  language: Language,
  kind: StandingKind,
  facts: StandingFacts,
): { what: string; cause: string; cure: string } {
  const { what, cause, cure }: Sentences = KINDS[kind][language];
  return { what: what(facts), cause: cause(facts), cure };
}
