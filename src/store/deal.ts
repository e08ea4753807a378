// Assignment of lanes to members. Each member computes it alone from what the database shows to all of them alike, so
// it is a pure function of that.

/** A process that works lanes: by topic, the number of partitions it can work. */
export interface Member {
  id: number;
  topics: Readonly<Record<string, number>>;
}

/** Partitions of one topic that the same members can work: spread evenly over them. */
interface Group {
  lanes: string[];
  /** Member ids, ascending. */
  able: number[];
  /** Lanes that each able member gets … */
  each: number;
  /** … and the members that get one more. */
  more: Set<number>;
}

/**
 * Assigns every lane to exactly one member that can work it. The partitions of a topic are spread first, within one
 * of each other, so that a busy feed is shared by all; the remainder goes to the members with the fewest lanes in
 * all. A member keeps the lanes it holds where that allows.
 * @param held by lane, the live member that holds it
 */
export function deal(members: readonly Member[], held: ReadonlyMap<string, number>): Map<string, number> {
  const groups = groupsOf(members);
  const load = new Map(members.map(({ id }) => [id, 0]));
  const add = (id: number, count: number) => load.set(id, (load.get(id) ?? 0) + count);
  const least = (ids: readonly number[]) =>
    ids.reduce((one, other) => ((load.get(other) ?? 0) < (load.get(one) ?? 0) ? other : one));

  for (const { able, each } of groups) for (const id of able) add(id, each);
  for (const group of groups) keepMore(group, held, add);
  for (const { lanes, able, each, more } of groups) {
    for (let left = lanes.length - each * able.length - more.size; left > 0; left -= 1) {
      const id = least(able.filter((one) => !more.has(one)));
      more.add(id);
      add(id, 1);
    }
  }
  while (levelOut(groups, load, add));

  return new Map(groups.flatMap((group) => [...dealGroup(group, held)]));
}

export function laneName(topic: string, partition: number): string {
  return `${topic}/${partition}`;
}

function groupsOf(members: readonly Member[]): Group[] {
  const sorted = members.toSorted((one, other) => one.id - other.id);
  const topics = [...new Set(sorted.flatMap((member) => Object.keys(member.topics)))].sort();
  const groups: Group[] = [];
  for (const topic of topics) {
    const most = Math.max(...sorted.map((member) => member.topics[topic] ?? 0));
    const bySet = new Map<string, Group>();
    for (let partition = 0; partition < most; partition += 1) {
      // Members can differ: one has read the partition count before the topic grew.
      const able = sorted
        .filter((member) => (member.topics[topic] ?? 0) > partition)
        .map((member) => member.id);
      const name = able.join();
      const group = bySet.get(name) ?? { lanes: [], able, each: 0, more: new Set() };
      group.lanes.push(laneName(topic, partition));
      bySet.set(name, group);
    }
    for (const group of bySet.values()) {
      group.each = Math.floor(group.lanes.length / group.able.length);
      groups.push(group);
    }
  }
  return groups;
}

/** Members that hold one more than their share keep it, while there is a remainder. */
function keepMore(
  { lanes, able, each, more }: Group,
  held: ReadonlyMap<string, number>,
  add: (id: number, count: number) => void,
): void {
  const room = lanes.length - each * able.length;
  for (const id of able) {
    if (more.size === room) return;
    if (lanes.filter((lane) => held.get(lane) === id).length <= each) continue;
    more.add(id);
    add(id, 1);
  }
}

/** Moves one lane from the most loaded member to one with at least two fewer, within one topic. */
function levelOut(
  groups: readonly Group[],
  load: ReadonlyMap<number, number>,
  add: (id: number, count: number) => void,
): boolean {
  const of = (id: number) => load.get(id) ?? 0;
  let best: { more: Set<number>; from: number; to: number } | undefined;
  for (const { able, more } of groups) {
    for (const from of more) {
      for (const to of able) {
        if (more.has(to) || of(from) - of(to) < 2) continue;
        if (!best || of(from) - of(to) > of(best.from) - of(best.to)) best = { more, from, to };
      }
    }
  }
  if (!best) return false;
  best.more.delete(best.from);
  best.more.add(best.to);
  add(best.from, -1);
  add(best.to, 1);
  return true;
}

function dealGroup({ lanes, able, each, more }: Group, held: ReadonlyMap<string, number>) {
  const left = new Map(able.map((id) => [id, each + (more.has(id) ? 1 : 0)]));
  const dealt = new Map<string, number>();
  const give = (lane: string, id: number) => {
    dealt.set(lane, id);
    left.set(id, (left.get(id) ?? 0) - 1);
  };
  for (const lane of lanes) {
    const holder = held.get(lane);
    if (holder !== undefined && (left.get(holder) ?? 0) > 0) give(lane, holder);
  }
  for (const lane of lanes) {
    if (dealt.has(lane)) continue;
    const id = able.find((one) => (left.get(one) ?? 0) > 0);
    if (id !== undefined) give(lane, id);
  }
  return dealt;
}
