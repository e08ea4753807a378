import type { Environment } from '../config/config.ts';
import { examine } from '../doctor/examine.ts';
import { exitCodeOf, reportOf } from '../text/findings.ts';
import type { Command, Outcome } from './command.ts';

/** Looks at the installation as the program would, with a running bridge or without one. Changes nothing. */
export const doctor = (env: Environment): Command<Outcome> => ({
  form: 'doctor',
  help: 'kontroller oppsettet, Kafka, databasen, utstederne og driften; kan limes inn i en sak',
  takes: [0, 0],
  async run() {
    const sections = await examine(env);
    return { text: reportOf(sections), exitCode: exitCodeOf(sections) };
  },
});
