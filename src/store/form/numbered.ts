/** Names stored as their index in a list: append to such a list, never reorder it. */
export interface Numbered<T> {
  numberOf(name: T): number;
  /** @throws on an index outside the list. */
  at(number: number): T;
}

export function numbered<T extends string>(names: readonly T[]): Numbered<T> {
  const numbers = new Map(names.map((name, number) => [name, number]));
  return {
    numberOf(name) {
      const number = numbers.get(name);
      if (number === undefined) throw new Error(`${name} is not in its list of names`);
      return number;
    },
    at(number) {
      const name = names[number];
      if (name === undefined) throw new Error('something stored has a kind this program does not know');
      return name;
    },
  };
}
