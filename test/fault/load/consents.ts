import type { Random } from '../../../src/local/sample/random.ts';
import type { SentConsent } from './input.ts';
import type { Person } from './people.ts';

/** Placeholder for the moment of sending. */
export const NOW = 'now';

/** When a consent is sent: before the NAV batches, or after the first of them. */
export type Phase = 'before' | 'after';

/** What the people say about NAV, by turns: given, one side only, taken back, never asked, refused, runs out. */
export function consentsOf(
  random: Random,
  person: Person,
  start: number,
): { phase: Phase; consent: SentConsent }[] {
  const party = person.adult ? 'UNGDOM' : 'FORESATT';
  const alone = person.adult ? {} : { guardians: 1 as const };
  const at = (minutesAgo: number) => new Date(start - minutesAgo * 60_000).toISOString();
  const said: { phase: Phase; consent: SentConsent }[] = [];
  const say = (
    side: 'A' | 'B',
    state: SentConsent['state'],
    minutesAgo: number,
    validTo: string | null = null,
  ) => said.push({ phase: 'before', consent: { side, party, state, at: at(minutesAgo), validTo, ...alone } });
  const both = (state: SentConsent['state'], minutesAgo: number, validTo: string | null = null) => {
    say('A', state, minutesAgo, validTo);
    say('B', state, minutesAgo, validTo);
  };
  switch (person.index % 10) {
    case 5:
      say(random.pick(['A', 'B']), 'SAMTYKKET', 5_000);
      break;
    case 6:
      both('SAMTYKKET', 5_000);
      say(random.pick(['A', 'B']), 'TRUKKET', 1_000);
      break;
    case 7:
      break;
    case 8:
      both('IKKE_SAMTYKKET', 5_000);
      break;
    case 9:
      both('SAMTYKKET', 5_000);
      // Of the moment it is sent: an alert raised before it was lawful.
      said.push({
        phase: 'after',
        consent: { side: random.pick(['A', 'B']), party, state: 'TRUKKET', at: NOW, validTo: null },
      });
      break;
    case 4:
      both('SAMTYKKET', 5_000, new Date(start + random.between(5, 90) * 1_000).toISOString());
      break;
    default:
      both('SAMTYKKET', 5_000);
      if (!person.adult && random.chance(0.3))
        said.push({
          phase: 'before',
          consent: { side: 'A', party: 'UNGDOM', state: 'SAMTYKKET', at: at(4_000), validTo: null },
        });
  }
  return said;
}
