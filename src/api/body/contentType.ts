import { HttpProblem } from '../httpProblem.ts';

/** @throws HttpProblem UNSUPPORTED_TYPE. A missing type is refused too: a web page can post without one to any address. */
export function feedContentType(header: string | null): 'json' | 'avro' {
  const [type = '', ...parameters] = (header ?? '')
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  if (type === 'application/avro' || type === 'application/vnd.confluent.avro') return 'avro';
  if (type === 'application/json' && parameters.every(isUtf8Parameter)) return 'json';
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
