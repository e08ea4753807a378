import { by } from '../../core/order.ts';
import { type PersonRef, personOfNumber } from '../../core/person/reference.ts';
import type { IdentityOperations } from '../identityPort.ts';
import type { Commit, NameWrite } from '../port.ts';
import { memorySeenBy } from './audit.ts';
import { currentRef } from './merged.ts';
import type { MemoryLane, MemoryState } from './state.ts';

export function memoryIdentities(state: MemoryState): IdentityOperations {
  return {
    async identities(org, refs) {
      const held = new Map<PersonRef, { numbers: Buffer[]; names: NameWrite[] }>(
        refs.map((ref) => [ref, { numbers: [], names: [] }]),
      );
      for (const [hmac, ref] of state.refs)
        held
          .get(currentRef(state, org, personOfNumber(ref)))
          ?.numbers.push(state.numbers.get(hmac) ?? Buffer.alloc(0));
      for (const name of state.names.values())
        if (name.org === org) held.get(currentRef(state, org, name.ref))?.names.push(name);
      return new Map(
        [...held].map(([ref, { numbers, names }]) => {
          const inOrder = names.sort(by(({ reported }) => reported));
          return [
            ref,
            { numbers, names: inOrder.map(({ tag, sealed, reported }) => ({ tag, sealed, reported })) },
          ];
        }),
      );
    },
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
