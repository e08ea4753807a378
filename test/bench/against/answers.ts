/** What a run came to. Youths are named by their number's keyed hash: each database has references of its own. */
export interface Answers {
  /** Name → digest of version, state and due. */
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
  const changed = [...one.youths].filter(([name, digest]) => other.youths.get(name) !== digest);
  const [first] = changed;
  if (first !== undefined)
    found.push(
      `${changed.length} of ${one.youths.size} youths differ, the first is ${first[0].slice(0, 12)}`,
    );
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

/** @throws with every difference */
export function holdEqual(of: readonly { name: string; answers: Answers }[]): void {
  const [first, ...others] = of;
  if (first === undefined) throw new Error('nothing to compare');
  const found = others.flatMap(({ name, answers }) =>
    differences(first.answers, answers).map((each) => `${first.name} and ${name}: ${each}`),
  );
  if (found.length > 0) throw new Error(`the answers are not equal\n  ${found.join('\n  ')}`);
}
