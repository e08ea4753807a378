import type { Environment } from '../config/config.ts';
import { examine } from '../doctor/examine.ts';
import { exitCodeOf, reportOf } from '../text/findings.ts';
import type { Command, Outcome } from './command.ts';
import { USAGE } from './usage.ts';

/** Looks at the installation as the program would, with a running bridge or without one. Changes nothing. */
export const doctor = (env: Environment): Command<Outcome> => ({
  ...USAGE.doctor,
  async run() {
    const sections = await examine(env);
    return { text: reportOf(sections), exitCode: exitCodeOf(sections) };
  },
});
