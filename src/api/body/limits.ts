/** What one request may hold. Raised only with a measurement of memory. */
export interface BodyLimits {
  /** Bytes of the whole body. */
  body: number;
  /** Bytes of one record as sent. */
  row: number;
  /** Rows of one list. */
  rows: number;
  /** Bytes of a list that comes as one document: it must be parsed whole, so it costs many times its size. */
  document: number;
  /** Values in such a document: 60 bytes of memory each at worst. */
  documentValues: number;
  depth: number;
}

export const LIMITS: BodyLimits = {
  body: 50 * 1024 * 1024,
  row: 64 * 1024,
  rows: 100_000,
  document: 20 * 1024 * 1024,
  documentValues: 2_000_000,
  depth: 64,
};

/** Bodies of acts (a reason, a date) are tiny. */
export const SMALL_BODY = 64 * 1024;

/** A receipt of VIGO has a line for each row of a file. */
export const VIGO_RECEIPT_BODY = 1024 * 1024;

export function sizeText(bytes: number): string {
  return bytes >= 1024 * 1024 ? `${Math.floor(bytes / 1024 / 1024)} MB` : `${Math.ceil(bytes / 1024)} kB`;
}
