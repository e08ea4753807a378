import type { Contacted } from '../derive/adviser/contact.ts';
import type { RegistrationFile } from '../derive/registration/file.ts';
import { LETTERS } from '../letters/letter.ts';
import type { LetterId } from '../letters/letterId.ts';
import { letterPeriod } from '../letters/period.ts';
import type { Policy } from '../policy.ts';
import { mayBeKnown } from '../rules/contact.ts';
import { schoolYearOf } from '../time/schoolYear.ts';

/** Has OT reached the youth about this registration (R02): talked about its school year, or set a status for it? */
export function isReached(file: RegistrationFile, policy: Policy): boolean {
  return contactsAbout(file, policy).length > 0 || file.statuses.counted.some(neededContact);
}

function neededContact({ code }: { code: string }): boolean {
  return !mayBeKnown(code);
}

/** Contact about the registration's school year. Unless another is named it is about the year of its date, or, when it
 *  answers a letter of the wheel, about that letter's. */
export function contactsAbout(file: RegistrationFile, policy: Policy): Contacted[] {
  return file.contacts.filter((contact) => {
    if (contact.about !== null) return true;
    const letter = answeredLetter(contact, file, policy);
    return letter !== null || (schoolYearOf(contact.on) === file.schoolYear && !namesLetter(contact));
  });
}

/** The letter about this registration that was answered. */
export function answeredLetter({ fact }: Contacted, file: RegistrationFile, policy: Policy): LetterId | null {
  if (fact.kind !== 'ContactAttempt') return null;
  for (const { id } of Object.values(LETTERS)) {
    if (fact.letter === undefined ? !mayBe(fact, id) : fact.letter !== id) continue;
    const { from, to } = letterPeriod(LETTERS[id], file.schoolYear, policy);
    const said =
      fact.letter !== undefined && fact.effective >= from && fact.effective < sameDayNextYear(from);
    // Not said which: one that was written while the wheel's letter went out counts as that letter.
    const written = fact.letter === undefined && fact.effective >= from && fact.effective <= to;
    if (said || written) return isFor(id, file) ? id : null;
  }
  return null;
}

function mayBe({ channel }: { channel: string }, id: LetterId): boolean {
  return channel === 'BREV' && LETTERS[id].channel === 'BREV';
}

function namesLetter({ fact }: Contacted): boolean {
  return fact.kind === 'ContactAttempt' && fact.letter !== undefined;
}

function isFor(id: LetterId, { decider }: RegistrationFile): boolean {
  return decider === null || LETTERS[id].rule.applies(decider);
}

function sameDayNextYear(date: string): string {
  return `${Number(date.slice(0, 4)) + 1}${date.slice(4)}`;
}
