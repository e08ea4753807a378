import type { PersonRef } from '../core/person/reference.ts';
import type { Policy } from '../core/policy.ts';
import type { Youth } from '../core/youth/youth.ts';
import type { YouthEvent } from '../core/youth/youthEvent.ts';
import type { NameWrite } from '../store/port.ts';
import type { Vault } from '../store/vault.ts';
import type { Reading } from './read.ts';

/** The name in a record, when it is new for the youth: nearly always none. */
export function newName(
  parts: { policy: Pick<Policy, 'keepNames'>; vault: Pick<Vault, 'seal'> },
  { verdict, received }: Reading,
  ref: PersonRef,
  before: Youth,
  events: readonly YouthEvent[],
): NameWrite | null {
  if (!parts.policy.keepNames || !('person' in verdict) || !('fodselsnummer' in verdict.person)) return null;
  const { name } = verdict.person;
  if (name === undefined) return null;
  const tag = verdict.event.nameTag;
  if (tag === null || before.facts.some(({ nameTag }) => nameTag === tag)) return null;
  if (!events.some((event) => event.type === 'FactRecorded' && event.fact.nameTag === tag)) return null;
  return { ref, tag, sealed: parts.vault.seal(name), reported: received };
}
