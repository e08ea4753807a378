import { HttpProblem } from '../httpProblem.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** What people send who have a list in a spreadsheet. */
const FILE_KINDS: readonly (readonly [start: string, kind: string])[] = [
  ['text/csv', 'en tekstfil med kolonner (CSV)'],
  ['text/tab-separated-values', 'en tekstfil med kolonner'],
  ['text/plain', 'en tekstfil'],
  [XLSX, 'et regneark (XLSX)'],
  ['application/vnd.ms-excel', 'et regneark fra Excel'],
  ['application/vnd.oasis.opendocument.spreadsheet', 'et regneark (ODS)'],
  ['application/octet-stream', 'en fil'],
  ['multipart/form-data', 'en fil fra et skjema'],
];

/** Of an upload. What the file is, its content says; a type is asked for all the same: a web page can post without one to any
 *  address. @throws HttpProblem UNSUPPORTED_TYPE */
export function fileContentType(header: string | null): void {
  const [type = ''] = (header ?? '').toLowerCase().split(';');
  if (['application/octet-stream', 'text/csv', 'application/json'].includes(type) || type.startsWith(XLSX))
    return;
  throw new HttpProblem(
    'UNSUPPORTED_TYPE',
    'Send filen selv som innhold, med Content-Type: text/csv, application/json, application/octet-stream eller typen for .xlsx.',
  );
}

/** @throws HttpProblem UNSUPPORTED_TYPE. A missing type is refused too: a web page can post without one to any address. */
export function feedContentType(header: string | null): 'json' | 'avro' {
  const [type = '', ...parameters] = (header ?? '')
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  if (type === 'application/avro' || type === 'application/vnd.confluent.avro') return 'avro';
  if (type === 'application/json' && parameters.every(isUtf8Parameter)) return 'json';
  const kind = FILE_KINDS.find(([start]) => type.startsWith(start))?.[1];
  if (kind !== undefined)
    throw new HttpProblem(
      'UNSUPPORTED_TYPE',
      `Innholdet er ${kind}. Lister fra regneark lastes opp på …/feeds/{feed}/uploads hos samme organisasjon (.xlsx eller .csv); denne adressen tar imot application/json.`,
    );
  throw new HttpProblem(
    'UNSUPPORTED_TYPE',
    'Send Content-Type: application/json (UTF-8), eller application/avro for én post i Confluents innramming.',
  );
}

/** @throws HttpProblem UNSUPPORTED_TYPE */
export function jsonContentType(header: string | null): void {
  if (feedContentType(header) !== 'json') {
    throw new HttpProblem('UNSUPPORTED_TYPE', 'Send Content-Type: application/json (UTF-8).');
  }
}

function isUtf8Parameter(parameter: string): boolean {
  return !parameter.startsWith('charset=') || /^charset="?utf-8"?$/.test(parameter);
}
