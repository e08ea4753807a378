import { standsTwice } from '../../../adapters/reading/recordProblems.ts';
import { namesIn, repeatedField } from '../../wire/repeatedField.ts';
import { HttpProblem } from '../httpProblem.ts';

/** Deeper than any body gets past the scanner of values. */
const DEEPEST = 1_000;

/**
 * For bodies that are taken apart here. Rows of a list are checked one by one when they have come through Kafka.
 * @throws HttpProblem when a field is repeated in one object: parsed, only the last is left.
 */
export function refuseRepeated(
  bytes: Buffer,
  value: unknown,
  code: 'INVALID_DOCUMENT' | 'INVALID_REQUEST',
): void {
  const path = repeatedField(bytes.toString('utf8'), value, namesIn(value, DEEPEST));
  if (path === undefined) return;
  throw new HttpProblem(code, 'Et felt står to ganger, så ingenting er tatt imot. Se under hvilket.', {
    problems: [standsTwice(path)],
  });
}
