import type { Problem } from '../core/problem.ts';

/** What the desk refuses, with its title (bokmål). The code is public contract. */
export const DESK_REFUSALS = {
  INVALID_REQUEST: 'Forespørselen er ugyldig',
  INVALID_IDEMPOTENCY_KEY: 'Ugyldig Idempotency-Key',
  IDENTITY_PROTECTED: 'Identiteten er skjermet',
  IDENTITY_UNREADABLE: 'Ingen vet om adressen er gradert',
  EVIDENCE_REFUSED: 'Beviset godtas ikke',
  FEED_CLOSED: 'Strømmen er bare for broen selv',
  NOT_FOUND: 'Finnes ikke',
  UNKNOWN_FEED: 'Ukjent strøm',
  UNKNOWN_RECEIPT: 'Ukjent kvittering',
  UNKNOWN_ALERT: 'Ukjent varsel',
  UNKNOWN_YOUTH: 'Ukjent ungdom',
  UNKNOWN_RULE: 'Ukjent regel',
  UNKNOWN_CODE_LIST: 'Ukjent kodeliste',
  UNKNOWN_GROUP: 'Ukjent gruppe i karantenen',
  UNKNOWN_BULK: 'Ukjent arbeid',
  BULK_BEHIND: 'Listen er ikke hel ennå',
  BULK_DONE: 'Jobben er ferdig',
  GROUP_CHANGED: 'Gruppen er endret i mellomtiden',
  UNKNOWN_ITEM: 'Ukjent karantenepost',
  UNKNOWN_ACCESS: 'Ukjent tilgang',
  UNKNOWN_SUBSCRIPTION: 'Ukjent abonnement',
  UNKNOWN_DELIVERY: 'Ukjent levering',
  UNKNOWN_REPLAY: 'Ukjent omsending',
  SUBSCRIPTION_CHANGED: 'Abonnementet er endret i mellomtiden',
  SUBSCRIPTION_STATE: 'Abonnementet er ikke slik at det går',
  RECEIVER_NOT_PROVEN: 'Mottakeren er ikke bekreftet',
  URL_NEEDS_ANOTHER: 'En annen må be om det samme',
  TOO_MANY_SUBSCRIPTIONS: 'For mange abonnementer',
  TOO_MANY_READERS: 'For mange venter samtidig',
  TOO_MANY_KEYS: 'For mange nøkler',
  ACCESS_NEEDS_ANOTHER: 'En annen må avgjøre tilgangen',
  LOG_WEEK_RUNNING: 'Uken er ikke over',
  LOG_WEEK_SIGNED: 'Kontrollen er alt signert',
  UNKNOWN_LANE: 'Ukjent partisjon',
  UNKNOWN_LIST: 'Ukjent liste',
  NAV_NO_AGREEMENT: 'Ingen avtale med NAV gjelder',
  AGREEMENT_NEEDS_ANOTHER: 'En annen må godkjenne avtalen',
  UNKNOWN_AGREEMENT: 'Ukjent avtale',
  UNKNOWN_BATCH: 'Ukjent liste til NAV',
  NOTHING_PARKED: 'Ingenting er parkert',
  REPORT_NOT_BUILT: 'Rapporten er ikke laget',
  IDEMPOTENCY_CONFLICT: 'Nøkkelen er brukt til noe annet',
  VIGO_FILE_OVERTAKEN: 'En annen laget en fil samtidig',
  VIGO_FILE_CHANGED: 'Filen kan ikke lages likt igjen',
  NOT_KEPT: 'Innholdet er ikke tatt vare på',
  NOT_MENDABLE: 'Raden kan ikke rettes her',
  ALREADY_SETTLED: 'Posten er alt behandlet',
  LANE_CANNOT_GO_ON: 'Partisjonen kan ikke gå videre',
  LIST_NOT_HELD: 'Listen kan ikke behandles slik',
  LIST_OUTDATED: 'En nyere liste er kommet',
  LIST_CHANGED: 'Listen er behandlet i mellomtiden',
  REAL_CLOCK: 'Organisasjonen går på virkelig tid',
  CLOCK_BACKWARDS: 'Klokken kan ikke stilles tilbake',
  TOO_MANY_PERSONS: 'For mange personer på kort tid',
  UPLOAD_GONE: 'Opplastingen finnes ikke',
  NO_LIST_FEED: 'Strømmen tar ikke imot lister',
  ROWS_NEED_MENDING: 'Rader må rettes først',
  NOTHING_TO_SEND: 'Ingen rader å sende',
  UNKNOWN_ROW: 'Ukjent rad',
  KAFKA_SLOW: 'Kafka svarer ikke',
} as const;

export type DeskRefusalCode = keyof typeof DESK_REFUSALS;

interface RefusalDetails extends ErrorOptions {
  /** What is wrong with the fields given, when it is about fields. */
  problems?: readonly Problem[];
  /** When the same may succeed. */
  retryAfterSeconds?: number;
}

/** What was asked for is not there, or may not be done now. `message`: why, and what to do instead (bokmål, no value
 *  of what was asked). */
export class DeskRefusal extends Error {
  override readonly name = 'DeskRefusal';
  readonly code: DeskRefusalCode;
  readonly problems: readonly Problem[];
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: DeskRefusalCode,
    message: string,
    { problems = [], retryAfterSeconds, ...options }: RefusalDetails = {},
  ) {
    super(message, options);
    this.code = code;
    this.problems = problems;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
