/** What one file may hold. Raised only with a measurement of memory and time. */
export const FILE_LIMITS = {
  bytes: 20 * 1024 * 1024,
  /** All parts of a workbook together, unpacked. */
  unpacked: 50 * 1024 * 1024,
  /** How many times its packed size a part may become, once it is larger than `free`. */
  ratio: 100,
  free: 1024 * 1024,
  /** Parts of a workbook. */
  parts: 2_000,
  rows: 25_000,
  columns: 64,
  /** Values in a row of a list that a system wrote, and different fields in all its rows. */
  fields: 256,
  /** Characters of a cell. */
  cell: 32 * 1024,
} as const;
