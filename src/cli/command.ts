import type { Ask } from './ask.ts';

/** One command of the county's command line. */
export interface Command {
  /** As in the usage text. */
  form: string;
  help: string;
  /** Fewest and most arguments. */
  takes: readonly [number, number];
  run(ask: Ask, args: readonly string[]): Promise<string>;
}
