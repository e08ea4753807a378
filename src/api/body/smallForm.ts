import { createMiddleware } from 'hono/factory';
import { HttpProblem } from '../httpProblem.ts';
import { SMALL_BODY } from './limits.ts';
import { readBody } from './readBody.ts';

const FORM = 'application/x-www-form-urlencoded';

/** Runs before the schema of a form's fields: bounded, and a form. */
export const smallForm = createMiddleware(async (c, next) => {
  const [type = ''] = (c.req.header('content-type') ?? '').split(';');
  if (type.trim().toLowerCase() !== FORM)
    throw new HttpProblem('UNSUPPORTED_TYPE', `Send innholdet som ${FORM}.`);
  const chunks: Uint8Array[] = [];
  await readBody(c.req.raw, SMALL_BODY, (chunk) => chunks.push(chunk));
  c.req.raw = new Request(c.req.raw.url, {
    method: c.req.raw.method,
    headers: { 'content-type': FORM },
    body: new Uint8Array(Buffer.concat(chunks)),
  });
  await next();
});
