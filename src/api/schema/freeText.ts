import { z } from '@hono/zod-openapi';
import { holdsNumber } from '../../core/person/numberInText.ts';

// One character that belongs in a line of text: PostgreSQL refuses NUL, and no control character belongs in a name or a
// reason.
const KEPT = '[^\\u0000-\\u001f\\u007f]';
const INK = '[^\\s\\ufeff\\u0000-\\u001f\\u007f]';

/** The whole rule as a pattern, so that the description of the API says what is refused: at least so many characters
 *  (1 or more) once spaces at both ends are gone. */
function lineOf(least: number): RegExp {
  const rest = least === 1 ? '' : `${KEPT}{${least - 2},}${INK}`;
  return new RegExp(`^${KEPT}*${INK}${rest}${KEPT}*$`);
}

/** A line that a person writes, without spaces at its ends. Not a place for a person: a number in it is refused, which
 *  no pattern can say; nor can it say that half a surrogate pair is no text, which the database would refuse. */
export function lineOfText(least: number, most: number) {
  return z
    .string()
    .min(least)
    .max(most)
    .regex(lineOf(least))
    .refine((text) => text.isWellFormed() && !holdsNumber(text))
    .trim();
}
