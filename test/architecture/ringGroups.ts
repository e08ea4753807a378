/** Groups whose members all reach each other, larger than one: a ring, or several that share a member.
 *  @param needs a name → the names it imports */
export function ringGroups(needs: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const reached = new Map([...needs.keys()].map((name) => [name, reach(name, needs)]));
  const groups = new Map<string, string[]>();
  for (const [name, names] of reached) {
    const group = [...names].filter((other) => reached.get(other)?.has(name)).sort();
    if (group.length > 1) groups.set(group.join(), group);
  }
  return [...groups.values()];
}

/** All that can be reached; `from` itself only over a ring. */
function reach(from: string, needs: ReadonlyMap<string, ReadonlySet<string>>): Set<string> {
  const found = new Set<string>();
  const open = [from];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    for (const next of needs.get(name) ?? []) {
      if (found.has(next)) continue;
      found.add(next);
      open.push(next);
    }
  }
  return found;
}
