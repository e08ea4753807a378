import type { Problem } from '../core/problem.ts';
import { REFUSED } from '../core/sentences/refused.ts';

/** What the desk refuses, with its title (bokmål). The code is public contract. */
export const DESK_REFUSALS = REFUSED.nb;

export type DeskRefusalCode = keyof typeof DESK_REFUSALS;

interface RefusalDetails extends ErrorOptions {
  /** What is wrong with the fields given, when it is about fields. */
  problems?: readonly Problem[];
  /** When the same may succeed. */
  retryAfterSeconds?: number;
}

/** What was asked for is not there, or may not be done now. `message`: why, and what to do instead (bokmål, no value
 *  of what was asked). */
export class DeskRefusal extends Error {
  override readonly name = 'DeskRefusal';
  readonly code: DeskRefusalCode;
  readonly problems: readonly Problem[];
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: DeskRefusalCode,
    message: string,
    { problems = [], retryAfterSeconds, ...options }: RefusalDetails = {},
  ) {
    super(message, options);
    this.code = code;
    this.problems = problems;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
