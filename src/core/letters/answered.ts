import type { RegistrationFile } from '../derive/registration/file.ts';
import type { Policy } from '../policy.ts';
import { answeredLetter, contactsAbout, isReached } from '../worklist/reached.ts';
import { type Held, held } from './holds.ts';
import { LETTERS, type Letter } from './letter.ts';
import { letterPeriod } from './period.ts';
import { restsOn } from './restsOn.ts';

/** Contact about the school year holds back reminders and questions, but not first written information (V § 13-3 b):
 *  that is sent unless that very letter has been answered. */
export function answered(letter: Letter, file: RegistrationFile, policy: Policy): Held[] {
  const contacts = contactsAbout(file, policy);
  if (isFirstInformation(letter, file, policy)) {
    const answers = contacts.filter((contact) => {
      const id = answeredLetter(contact, file, policy);
      return id !== null && (id === letter.id || LETTERS[id].reminds === letter.id);
    });
    return answers.length > 0
      ? [
          held(
            'BESVART',
            answers.map(({ fact }) => fact),
          ),
        ]
      : [];
  }
  if (!isReached(file, policy)) return [];
  const answers = contacts.filter(({ fact }) => fact.kind === 'ContactAttempt');
  if (answers.length > 0)
    return [
      held(
        'BESVART',
        answers.map(({ fact }) => fact),
      ),
    ];
  return [
    held(
      'KONTAKT',
      contacts.map(({ fact }) => fact),
    ),
  ];
}

function isFirstInformation({ informs }: Letter, file: RegistrationFile, policy: Policy): boolean {
  if (informs !== 'newcomers') return informs === 'everybody';
  const fact = restsOn(file);
  if (fact === null) return false;
  const firsts = Object.values(LETTERS).filter(
    (first) =>
      first.informs === 'everybody' && first.rule.applies({ happened: file.decider?.happened ?? null }),
  );
  return firsts.every((first) => letterPeriod(first, file.schoolYear, policy).to < fact.firstReceivedOn);
}
