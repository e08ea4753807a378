import { z } from '@hono/zod-openapi';
import { holdsNumber } from '../../core/person/numberInText.ts';

/** Why an operator acts; kept with the item. Not a place for a person: a number in it is refused. */
export const ReasonText = z
  .string()
  .trim()
  .min(3)
  .max(500)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: PostgreSQL refuses NUL, and no control character belongs in a reason
  .regex(/^[^\u0000-\u001f\u007f]*$/)
  .refine((text) => !holdsNumber(text))
  .openapi({
    description: 'Begrunnelse, uten personopplysninger.',
    example: 'Koden er lagt til i kodelisten.',
  });

/** Not to be extended: in the description an extension would refuse its own fields. */
export const ReasonBody = z.strictObject({ reason: ReasonText }).openapi('Reason');
