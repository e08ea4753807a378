import type { Ask } from './ask.ts';

/** How a command ended. */
export interface Outcome {
  text: string;
  exitCode: number;
}

/** One command of the county's command line. Its text alone is an answer that went well. */
export interface Command<Answer = string> {
  /** As in the usage text. */
  form: string;
  help: string;
  /** Fewest and most arguments. */
  takes: readonly [number, number];
  run(ask: Ask, args: readonly string[]): Promise<Answer>;
}
