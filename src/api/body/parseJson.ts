import { isUtf8 } from 'node:buffer';
import { jsonFault } from '../../wire/decodeJsonFault.ts';
import { HttpProblem } from '../httpProblem.ts';

/**
 * @param bytes one JSON value.
 * @param start where it begins in the body, so that the position given is the sender's.
 * @throws HttpProblem NOT_JSON with the position, and the row when it is one of a list; never with the text.
 */
export function parseJson(bytes: Buffer, start: number, row?: number): unknown {
  if (!isUtf8(bytes)) {
    throw new HttpProblem(
      'NOT_JSON',
      `${place(row)}Teksten er ikke UTF-8. Lagre eller send innholdet som UTF-8 (ikke Windows-1252 eller UTF-16).`,
    );
  }
  const text = bytes.toString('utf8');
  try {
    return JSON.parse(text);
  } catch {
    const fault = jsonFault(text);
    throw notJson(start + Buffer.byteLength(text.slice(0, fault)), row);
  }
}

/** @param position in bytes from the start of the body, counted from 0. */
export function notJson(position: number, row?: number): HttpProblem {
  return new HttpProblem(
    'NOT_JSON',
    `${place(row)}Innholdet kan ikke leses som JSON fra byte ${position + 1}. Se etter manglende komma, anførselstegn eller parentes der. Ingenting er sendt videre.`,
  );
}

function place(row: number | undefined): string {
  return row === undefined ? '' : `Rad ${row}: `;
}
