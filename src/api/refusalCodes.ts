import { DESK_REFUSALS, type DeskRefusalCode } from '../desk/refusal.ts';

interface Answered {
  status: number;
  /** Bokmål. */
  title: string;
}

/** Every way the API says no: HTTP's own, and what the desk refuses. The code is public contract: `urn:ot-bridge:<code>`. */
export const REFUSALS = {
  NOT_JSON: { status: 400, title: 'Innholdet er ikke gyldig JSON' },
  NOT_AVRO: { status: 400, title: 'Innholdet er ikke en Avro-post' },
  NOT_AN_OBJECT: { status: 400, title: 'Innholdet er verken en post eller en liste' },
  TOO_DEEP: { status: 400, title: 'Innholdet er for dypt nøstet' },
  EMPTY_LIST: { status: 400, title: 'Listen er tom' },
  BODY_CUT: { status: 400, title: 'Innholdet kom ikke helt fram' },
  INVALID_REQUEST: { status: 400, title: DESK_REFUSALS.INVALID_REQUEST },
  INVALID_IDEMPOTENCY_KEY: { status: 400, title: DESK_REFUSALS.INVALID_IDEMPOTENCY_KEY },
  ORGANISATION_NEEDED: { status: 400, title: 'Organisasjonen må oppgis' },
  TOKEN_MISSING: { status: 401, title: 'Ikke pålogget' },
  TOKEN_INVALID: { status: 401, title: 'Ugyldig token' },
  TOKEN_EXPIRED: { status: 401, title: 'Tokenet er utløpt' },
  LOGIN_TOO_OLD: { status: 401, title: 'Innloggingen må bekreftes' },
  SCOPE_MISSING: { status: 403, title: 'Tokenet mangler et scope' },
  NO_GRANT: { status: 403, title: 'Ingen avtale om tilgang' },
  NOT_PERMITTED: { status: 403, title: 'Ikke tilgang' },
  IDENTITY_PROTECTED: { status: 403, title: DESK_REFUSALS.IDENTITY_PROTECTED },
  IDENTITY_UNREADABLE: { status: 409, title: DESK_REFUSALS.IDENTITY_UNREADABLE },
  FEED_CLOSED: { status: 403, title: DESK_REFUSALS.FEED_CLOSED },
  NOT_FOUND: { status: 404, title: DESK_REFUSALS.NOT_FOUND },
  UNKNOWN_ORGANISATION: { status: 404, title: 'Ukjent organisasjon' },
  UNKNOWN_FEED: { status: 404, title: DESK_REFUSALS.UNKNOWN_FEED },
  UNKNOWN_RECEIPT: { status: 404, title: DESK_REFUSALS.UNKNOWN_RECEIPT },
  UNKNOWN_ALERT: { status: 404, title: DESK_REFUSALS.UNKNOWN_ALERT },
  UNKNOWN_YOUTH: { status: 404, title: DESK_REFUSALS.UNKNOWN_YOUTH },
  UNKNOWN_ITEM: { status: 404, title: DESK_REFUSALS.UNKNOWN_ITEM },
  UNKNOWN_LANE: { status: 404, title: DESK_REFUSALS.UNKNOWN_LANE },
  UNKNOWN_LIST: { status: 404, title: DESK_REFUSALS.UNKNOWN_LIST },
  NOTHING_PARKED: { status: 404, title: DESK_REFUSALS.NOTHING_PARKED },
  REPORT_NOT_BUILT: { status: 404, title: DESK_REFUSALS.REPORT_NOT_BUILT },
  METHOD_NOT_ALLOWED: { status: 405, title: 'Adressen svarer ikke på denne metoden' },
  IDEMPOTENCY_CONFLICT: { status: 409, title: DESK_REFUSALS.IDEMPOTENCY_CONFLICT },
  NOT_KEPT: { status: 409, title: DESK_REFUSALS.NOT_KEPT },
  ALREADY_SETTLED: { status: 409, title: DESK_REFUSALS.ALREADY_SETTLED },
  LANE_CANNOT_GO_ON: { status: 409, title: DESK_REFUSALS.LANE_CANNOT_GO_ON },
  LIST_NOT_HELD: { status: 409, title: DESK_REFUSALS.LIST_NOT_HELD },
  LIST_OUTDATED: { status: 409, title: DESK_REFUSALS.LIST_OUTDATED },
  LIST_CHANGED: { status: 409, title: DESK_REFUSALS.LIST_CHANGED },
  REAL_CLOCK: { status: 409, title: DESK_REFUSALS.REAL_CLOCK },
  CLOCK_BACKWARDS: { status: 409, title: DESK_REFUSALS.CLOCK_BACKWARDS },
  TOO_LARGE: { status: 413, title: 'Innholdet er for stort' },
  TOO_MANY_ROWS: { status: 413, title: 'Listen har for mange rader' },
  UNSUPPORTED_TYPE: { status: 415, title: 'Innholdstypen støttes ikke' },
  UNSUPPORTED_ENCODING: { status: 415, title: 'Komprimert innhold støttes ikke' },
  FOREIGN_HOST: { status: 421, title: 'Feil vertsnavn' },
  INVALID_DOCUMENT: { status: 422, title: 'Dokumentet kan ikke tas imot' },
  INTERNAL: { status: 500, title: 'Uventet feil' },
  NOT_ALIVE: { status: 503, title: 'Står stille' },
  NOT_READY: { status: 503, title: 'Ikke klar' },
  ISSUER_AWAY: { status: 503, title: 'Utstederen av tokenet svarer ikke' },
  BUSY: { status: 503, title: 'For mange samtidige forespørsler' },
  DATABASE_SLOW: { status: 503, title: 'Databasen svarer ikke' },
  KAFKA_SLOW: { status: 503, title: DESK_REFUSALS.KAFKA_SLOW },
} as const satisfies Record<DeskRefusalCode, Answered> & Record<string, Answered>;

export type RefusalCode = keyof typeof REFUSALS;
