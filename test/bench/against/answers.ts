/** What a run came to. Youths are named by their number's keyed hash: each database has references of its own. */
export interface Answers {
  /** Name → `part=digest` of version, due and each part of the state, with a space between. */
  youths: ReadonlyMap<string, string>;
  /** Rows of events; null where the two builds keep them differently. */
  events: number | null;
  /** How records ended → how many. */
  outcomes: Readonly<Record<string, number>>;
  /** Topic → messages on it. */
  messages: Readonly<Record<string, number>>;
}

/** What is not the same in two answers, a line each; none: they are equal. */
export function differences(one: Answers, other: Answers): string[] {
  const found: string[] = [];
  if (one.youths.size === 0) found.push('there is no youth');
  if (one.youths.size !== other.youths.size)
    found.push(`youths: ${one.youths.size} and ${other.youths.size}`);
  const changed = [...one.youths].filter(([name, parts]) => other.youths.get(name) !== parts);
  if (changed.length > 0) {
    const parts = new Set(changed.flatMap(([name, of]) => changedParts(of, other.youths.get(name) ?? '')));
    found.push(
      `${changed.length} of ${one.youths.size} youths differ in ${[...parts].sort().join(', ')}, the first is ${changed[0]?.[0].slice(0, 12)}`,
    );
  }
  if (one.events !== null && other.events !== null && one.events !== other.events)
    found.push(`events: ${one.events} and ${other.events}`);
  return [
    ...found,
    ...unequal('records that are', one.outcomes, other.outcomes),
    ...unequal('messages on', one.messages, other.messages),
  ];
}

function unequal(
  what: string,
  one: Readonly<Record<string, number>>,
  other: Readonly<Record<string, number>>,
): string[] {
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();
  return names.flatMap((name) =>
    one[name] === other[name] ? [] : [`${what} ${name}: ${one[name] ?? 'none'} and ${other[name] ?? 'none'}`],
  );
}

function changedParts(one: string, other: string): string[] {
  const [ours, theirs] = [new Set(one.split(' ')), new Set(other.split(' '))];
  return [...ours.symmetricDifference(theirs)].map((part) => part.split('=')[0] ?? '');
}

/** What is not the same in all of them, a line each. */
export function disagreements(of: readonly { name: string; answers: Answers }[]): string[] {
  const [first, ...others] = of;
  if (first === undefined) return ['there is nothing to compare'];
  return others.flatMap(({ name, answers }) =>
    differences(first.answers, answers).map((each) => `${first.name} and ${name}: ${each}`),
  );
}

/** Fails a run whose figures are printed already. @throws when there is a line */
export function failOn(lines: readonly string[]): void {
  if (lines.length > 0) throw new Error(`the answers are not equal\n  ${lines.join('\n  ')}`);
}
