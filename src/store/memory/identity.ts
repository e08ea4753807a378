import { by } from '../../core/order.ts';
import type { OrgId } from '../../core/organisation.ts';
import { type PersonRef, personOfNumber } from '../../core/person/reference.ts';
import type { IdentityOperations } from '../identityPort.ts';
import type { Commit } from '../port.ts';
import { memorySeenBy } from './audit.ts';
import { currentRef } from './merged.ts';
import type { MemoryLane, MemoryState } from './state.ts';

export function memoryIdentities(state: MemoryState): IdentityOperations {
  const refsOf = (org: OrgId, ref: PersonRef) =>
    [...new Set(state.refs.values())]
      .map(personOfNumber)
      .filter((each) => currentRef(state, org, each) === ref);
  return {
    identities: async (org, refs) =>
      new Map(
        refs.map((ref) => {
          const under = refsOf(org, ref);
          const numbers = [...state.refs].flatMap(([hmac, each]) =>
            under.includes(personOfNumber(each)) ? [state.numbers.get(hmac) ?? Buffer.alloc(0)] : [],
          );
          const names = [...state.names.values()]
            .filter((name) => name.org === org && under.includes(name.ref))
            .sort(by(({ reported }) => reported))
            .map(({ tag, sealed, reported }) => ({ tag, sealed, reported }));
          return [ref, { numbers, names }];
        }),
      ),
    seenBy: memorySeenBy(state),
    async notePersons({ caller, persons, at, since, most }) {
      const name = caller.toString('hex');
      const known = state.personsAsked.get(name) ?? new Map<string, string>();
      for (const [person, when] of known) if (when <= since) known.delete(person);
      const unknown = new Set(persons.map((person) => person.toString('hex')).filter((id) => !known.has(id)));
      if (unknown.size > 0 && known.size + unknown.size > most) return [...known.values()].sort()[0] ?? at;
      for (const person of unknown) known.set(person, at);
      state.personsAsked.set(name, known);
      return null;
    },
    async forgetNames(org) {
      for (const [key, name] of state.names) if (name.org === org) state.names.delete(key);
    },
  };
}

/** `note_names` in SQL. */
export function writeNames(state: MemoryState, { org }: MemoryLane, { names }: Commit): void {
  for (const name of names) {
    const key = `${org}/${name.ref}/${name.tag}`;
    if (!state.names.has(key)) state.names.set(key, { org, ...name });
  }
}
