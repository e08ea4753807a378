import * as read from '../../src/core/recordFields.ts';
import { CHANNELS } from '../../src/core/worklist/channel.ts';
import type { Told } from '../youthRecord.ts';

/** Tried to reach the youth. Unanswered attempts are never contact, however many (R03). */
export function readAttempt(fields: read.RecordFields): Told {
  return {
    effective: read.date(fields, 'dato'),
    body: {
      kind: 'ContactAttempt',
      channel: read.choice(fields, 'kanal', CHANNELS),
      answered: read.flag(fields, 'besvart'),
    },
  };
}

/** Reached the youth, or the guardian; whether the guardian's word is enough (R04) is the core's to judge. */
export function readContact(fields: read.RecordFields): Told {
  return {
    effective: read.date(fields, 'dato'),
    body: {
      kind: 'Contact',
      via: read.choice(fields, 'via', ['UNGDOM', 'FORESATT']),
      reason: read.optionalText(fields, 'grunn', KEYWORD),
    },
  };
}

/** A category, never prose: a sentence about a youth would be health data more often than not. */
export const KEYWORD: read.TextForm = {
  accepts: (text) => /^[A-ZÆØÅ][A-ZÆØÅ_]{1,29}$/.test(text),
  must: 'er ikke et stikkord.',
  cure: 'Bruk ett stikkord med store bokstaver, for eksempel SYKDOM eller IKKE_SVART, og ingen setninger.',
};
