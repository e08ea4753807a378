import { createMiddleware } from 'hono/factory';
import { HttpProblem } from '../httpProblem.ts';
import { jsonContentType } from './contentType.ts';
import { createJsonRows, tooLarge } from './jsonRows.ts';
import { LIMITS, SMALL_BODY } from './limits.ts';
import { parseJson } from './parseJson.ts';
import { readBody } from './readBody.ts';
import { refuseRepeated } from './repeatedFields.ts';

/** Runs before the schema of an act's body: bounded, JSON, one object; refusals give the place. */
export const smallBody = createMiddleware(async (c, next) => {
  jsonContentType(c.req.header('content-type') ?? null);
  const rows = createJsonRows({ ...LIMITS, rows: 1, row: SMALL_BODY }, SMALL_BODY);
  await readBody(c.req.raw, SMALL_BODY, (chunk) => rows.push(chunk));
  const body = rows.end();
  if (body.kind === 'list') throw new HttpProblem('NOT_AN_OBJECT', 'Send ett JSON-objekt, ikke en liste.');
  if (body.bytes.length > SMALL_BODY) throw tooLarge(SMALL_BODY);
  refuseRepeated(body.bytes, parseJson(body.bytes, body.start), 'INVALID_REQUEST');
  c.req.raw = new Request(c.req.raw.url, {
    method: c.req.raw.method,
    headers: { 'content-type': 'application/json' },
    body: new Uint8Array(body.bytes),
  });
  await next();
});
