import { z } from '@hono/zod-openapi';
import { holdsNumber } from '../../core/person/numberInText.ts';

// One character that belongs in a line of text. PostgreSQL refuses NUL, JSON in PostgreSQL a half surrogate pair, and no
// control character belongs in a name or a reason.
const KEPT = '[^\\u0000-\\u001f\\u007f\\ud800-\\udfff]';
const INK = '[^\\s\\ufeff\\u0000-\\u001f\\u007f\\ud800-\\udfff]';

/** The whole rule as a pattern, so that the description of the API says what is refused: at least so many characters
 *  (1 or more) once spaces at both ends are gone. */
function lineOf(least: number): RegExp {
  const rest = least === 1 ? '' : `${KEPT}{${least - 2},}${INK}`;
  return new RegExp(`^${KEPT}*${INK}${rest}${KEPT}*$`, 'u');
}

/** A line that a person writes, without spaces at its ends. Not a place for a person: a number in it is refused, which
 *  is the one rule that the description cannot state as a pattern. */
export function lineOfText(least: number, most: number) {
  const rule = lineOf(least);
  const line = z
    .string()
    .min(least)
    .max(most)
    .regex(rule)
    .refine((text) => !holdsNumber(text))
    .trim();
  // By hand: with a flag the pattern would be described as `…/u`.
  return line.openapi({ pattern: rule.source });
}
