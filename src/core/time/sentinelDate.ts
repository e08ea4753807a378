// Dates that programs write where they have none. In an optional field such a date is an absent value (an end that is
// absent is no end); in a required one it is a problem of its own, for a reader sees a date there.

/** What is written, and which programs are known to write it. */
const SENTINELS = [
  // .NET DateTime.MaxValue, and the end of an open period in temporal tables of SQL Server and Db2.
  '9999-12-31',
  // .NET DateTime.MinValue, and Go's zero time.
  '0001-01-01',
  // MySQL's zero date, in files also `00.00.0000`.
  '0000-00-00',
  // SQL Server's least `datetime`.
  '1753-01-01',
  // Day 0 of OLE Automation, as Access and older ODBC drivers hand it on.
  '1899-12-30',
  // Day 0 of SQL Server's `datetime`: what an empty text becomes there.
  '1900-01-01',
] as const;

/** The same midnights in Oslo, moved to UTC by senders of moments: the evening before. */
const EVENINGS_BEFORE = ['9999-12-30', '0000-12-31', '1752-12-31', '1899-12-29', '1899-12-31'] as const;

const DATES: ReadonlySet<string> = new Set(SENTINELS);
const EVENINGS: ReadonlySet<string> = new Set(EVENINGS_BEFORE);

const DOTTED = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/;
const ISO =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}):\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/;

/** Everything that is no sentinel and reads as a date lies after it: on the hot path one comparison is enough. */
export const LAST_EARLY_SENTINEL = '1900-01-01';

/** A sentinel in one of the forms in which dates and moments are sent. */
export function isSentinelDate(text: string): boolean {
  const dotted = DOTTED.exec(text);
  if (dotted !== null) {
    const [, day = '', month = '', year = ''] = dotted;
    return DATES.has(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
  }
  const iso = ISO.exec(text);
  if (iso === null) return false;
  const [, date = '', hour = '', zone = ''] = iso;
  return DATES.has(date) || (zone === 'Z' && hour >= '22' && EVENINGS.has(date));
}
