import { z } from '@hono/zod-openapi';

/** Eleven digits in a row, or as people part them (14 83 09 899 60, 148309–89960), with no digit more: two dates beside
 *  each other are no number. */
const NUMBER =
  /\d{6}[ .-]?\d{5}|(?<!\d[\s./\p{Pd}]{0,3})\d(?:[\s./\p{Pd}]{0,3}\d){10}(?![\s./\p{Pd}]{0,3}\d)/u;

/** Why an operator acts; kept with the item. Not a place for a person: a number in it is refused. */
export const ReasonBody = z
  .strictObject({
    reason: z
      .string()
      .trim()
      .min(3)
      .max(500)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: PostgreSQL refuses NUL, and no control character belongs in a reason
      .regex(/^[^\u0000-\u001f\u007f]*$/)
      .refine((text) => !NUMBER.test(text.normalize('NFKC')))
      .openapi({
        description: 'Begrunnelse, uten personopplysninger.',
        example: 'Koden er lagt til i kodelisten.',
      }),
  })
  .openapi('Reason');
