import { z } from '@hono/zod-openapi';

/** A whole number of an address or a query, in digits alone: nothing at all, a blank, `1e3` and `0x10` are none.
 *  @param most at most 2^53 − 1 */
export function wholeNumber(least: number, most: number) {
  return z
    .string()
    .regex(/^(0|[1-9]\d{0,15})$/)
    .transform(Number)
    .pipe(z.number().int().min(least).max(most))
    .openapi({ type: 'integer', minimum: least, maximum: most });
}

/** The same, `usual` where none is given. */
export function wholeNumberOr(usual: number, least: number, most: number) {
  return wholeNumber(least, most).default(usual).openapi({ default: usual });
}
