import { createMiddleware } from 'hono/factory';
import { HttpProblem } from '../httpProblem.ts';
import { jsonContentType } from './contentType.ts';
import { createJsonRows } from './jsonRows.ts';
import { LIMITS, SMALL_BODY, sizeText, VIGO_RECEIPT_BODY } from './limits.ts';
import { parseJson } from './parseJson.ts';
import { readBody } from './readBody.ts';
import { refuseRepeated } from './repeatedFields.ts';

/** Runs before the schema of an act's body: bounded, JSON, one object; refusals give the place. */
export const smallBody = oneObject(SMALL_BODY);
export const vigoReceiptBody = oneObject(VIGO_RECEIPT_BODY);

/** @param most bytes */
function oneObject(most: number) {
  return createMiddleware(async (c, next) => {
    jsonContentType(c.req.header('content-type') ?? null);
    // As many rows as fit: a list is refused for being one, whatever its length.
    const rows = createJsonRows({ ...LIMITS, rows: most, row: most }, most);
    const body = await readBody(c.req.raw, most, (chunk) => rows.push(chunk)).then(
      rows.end,
      tooLargeForAnAct(most),
    );
    if (body.kind === 'list') throw new HttpProblem('NOT_AN_OBJECT', 'Send ett JSON-objekt, ikke en liste.');
    refuseRepeated(body.bytes, parseJson(body.bytes, body.start), 'INVALID_REQUEST');
    c.req.raw = new Request(c.req.raw.url, {
      method: c.req.raw.method,
      headers: { 'content-type': 'application/json' },
      body: new Uint8Array(body.bytes),
    });
    await next();
  });
}

/** The cure for a submission, to send it in parts, is none here. */
function tooLargeForAnAct(most: number): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof HttpProblem) || error.code !== 'TOO_LARGE') throw error;
    throw new HttpProblem(
      'TOO_LARGE',
      `Innholdet er større enn ${sizeText(most)}. Send bare feltene i /openapi.json.`,
    );
  };
}
