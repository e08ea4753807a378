import { z } from 'zod';
import { parseDate, parseInstant } from '../core/time/date.ts';
import { noonOf } from '../core/time/oslo.ts';
import { norwegianDayAndTime } from '../text/norwegian.ts';
import { found, told } from './answer.ts';
import { CommandFailed, EXIT } from './ask.ts';
import type { Command } from './command.ts';
import { withoutJson } from './flags.ts';
import { USAGE } from './usage.ts';

/** Moves a virtual clock forward. */
export const clock: Command = {
  ...USAGE.klokke,
  async run(ask, args) {
    const { words, json } = withoutJson(args);
    const [org = '', when = ''] = words;
    const date = parseDate(when);
    const now = date === undefined ? parseInstant(when) : noonOf(date);
    if (now === undefined) {
      throw new CommandFailed(
        `«${when}» er ikke en dato eller et tidspunkt. Skriv for eksempel 2021-06-20 eller 2021-06-20T08:00:00Z.`,
        EXIT.usage,
      );
    }
    const answer = await ask(`/organisations/${encodeURIComponent(org)}/clock`, { now });
    return told(
      json,
      found(z.object({ now: z.string() }), answer, org),
      (set) => `Klokken til ${org} står nå på ${norwegianDayAndTime(set.now)}.`,
    );
  },
};
