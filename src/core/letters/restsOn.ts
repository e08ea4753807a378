import type { RegistrationFile } from '../derive/registration/file.ts';
import type { Fact } from '../youth/youthEvent.ts';

/** What the registration rests on. */
export function restsOn({ decider, recode, statuses }: RegistrationFile): Fact | null {
  return decider?.fact ?? recode ?? statuses.current;
}
