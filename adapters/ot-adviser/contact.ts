import { LETTERS } from '../../src/core/letters/letter.ts';
import { LETTER_IDS } from '../../src/core/letters/letterId.ts';
import { CONTACT_REASONS, type ContactReason } from '../../src/core/rules/contactReason.ts';
import { CURE } from '../../src/core/sentences/cures.ts';
import { FIELD } from '../../src/core/sentences/fields.ts';
import { CHANNELS } from '../../src/core/worklist/channel.ts';
import { ANSWERERS } from '../../src/core/youth/statusEvent.ts';
import * as read from '../reading/recordFields.ts';
import type { RecordFields } from '../reading/recordProblems.ts';
import { noteInvalid } from '../reading/recordProblems.ts';
import type { RecordContent } from '../reading/recordType.ts';
import { optionalSchoolYear } from '../reading/schoolYearField.ts';

/** What makes it hard to reach the youth: a category of a closed list, never prose, which would be health data more often
 *  than not. */
const REASONS = Object.keys(CONTACT_REASONS) as [ContactReason, ...ContactReason[]];

/** Tried to reach the youth. Unanswered attempts are never contact, however many (R03). */
export function readAttempt(fields: RecordFields): RecordContent {
  const effective = read.date(fields, 'dato');
  const channel = read.choice(fields, 'kanal', CHANNELS);
  const answered = read.flag(fields, 'besvart');
  const answeredBy = read.optionalChoice(fields, 'besvartAv', ANSWERERS);
  const reason = read.optionalChoice(fields, 'grunn', REASONS);
  const schoolYear = optionalSchoolYear(fields, 'skolear');
  const letter = read.optionalChoice(fields, 'brev', LETTER_IDS);
  if (answeredBy !== null && !answered)
    noteInvalid(fields, 'besvartAv', FIELD.nb.notAnswered, CURE.nb.fixAnswered);
  if (letter !== null && LETTERS[letter].channel !== channel)
    noteInvalid(fields, 'brev', FIELD.nb.againstChannel, CURE.nb.letterChannel);
  return {
    effective,
    body: {
      kind: 'ContactAttempt',
      channel,
      answered,
      ...(answeredBy !== null && { answeredBy }),
      ...(reason !== null && { reason }),
      ...(schoolYear !== null && { schoolYear }),
      ...(letter !== null && { letter }),
    },
  };
}

/** Reached the youth, or the guardian; whether the guardian's answer is enough (R04) is the core's to judge. */
export function readContact(fields: RecordFields): RecordContent {
  const effective = read.date(fields, 'dato');
  const schoolYear = optionalSchoolYear(fields, 'skolear');
  return {
    effective,
    body: {
      kind: 'Contact',
      via: read.choice(fields, 'via', ['UNGDOM', 'FORESATT']),
      reason: read.optionalChoice(fields, 'grunn', REASONS),
      ...(schoolYear !== null && { schoolYear }),
    },
  };
}
