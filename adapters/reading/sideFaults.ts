import type { Problem } from '../../src/core/problem.ts';
import { tookEffect } from './recordProblems.ts';

// What hides or stops something (a withdrawn consent, a protected address, an annulment, a change of number) may not
// wait because of a field that does not bear on it: until the field is corrected, what was to be hidden is disclosed.

/**
 * The problems of a record that takes effect in spite of them, and that it does; none when there are none. `undefined`
 * when one of them is in a field that the decision needs: who, of what kind, and which.
 */
export function sideFaults(problems: readonly Problem[], needs: readonly string[]): Problem[] | undefined {
  if (problems.length === 0) return [];
  if (problems.some(({ field }) => needs.includes(field))) return undefined;
  return [tookEffect(), ...problems];
}
