import type { Ask } from './ask.ts';
import type { Keyboard } from './keyboard.ts';
import type { Usage } from './usage.ts';

/** How a command ended. */
export interface Outcome {
  text: string;
  exitCode: number;
}

/** One command of the county's command line. Its text alone is an answer that went well. */
export interface Command<Answer = string> extends Usage {
  /** @param keyboard for a command that asks for what it needs */
  run(ask: Ask, args: readonly string[], keyboard?: Keyboard): Promise<Answer>;
}
