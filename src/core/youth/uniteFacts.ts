import { uniteNumbers } from '../person/knownNumber.ts';
import { compareKeys } from './factOrder.ts';
import type { Fact } from './youthEvent.ts';

/** Two sorted sets of facts as one. Of a fact that is in both the higher version says what holds, and all versions
 *  are remembered: as if every record had come to one youth. Facts of `one` that do not change stay the same object. */
export function uniteFacts(one: readonly Fact[], other: readonly Fact[]): Fact[] {
  const united: Fact[] = [];
  let i = 0;
  let j = 0;
  for (;;) {
    const mine = one[i];
    const theirs = other[j];
    if (mine === undefined) return [...united, ...other.slice(j)];
    if (theirs === undefined) return [...united, ...one.slice(i)];
    const order = compareKeys(mine, theirs);
    united.push(order === 0 ? uniteFact(mine, theirs) : order < 0 ? mine : theirs);
    if (order <= 0) i += 1;
    if (order >= 0) j += 1;
  }
}

/** The same version under two numbers: the one that came first, as it would have been under one number. */
function holdsOver(one: Fact, other: Fact): boolean {
  if (one.version !== other.version) return one.version > other.version;
  if (one.received !== other.received) return one.received < other.received;
  return JSON.stringify(one) < JSON.stringify(other);
}

function uniteFact(one: Fact, other: Fact): Fact {
  const versions = [...new Set([...one.versions, ...other.versions])].sort((a, b) => a - b);
  const holds = holdsOver(other, one) ? other : one;
  const first = other.firstReceived < one.firstReceived ? other : one;
  const { firstReceived, firstReceivedOn } = first;
  const history = { firstReceived, firstReceivedOn, versions };
  const unchanged = holds === one && first === one && versions.length === one.versions.length;
  if (one.kind === 'Renumbered' && other.kind === 'Renumbered' && holds.kind === 'Renumbered') {
    const numberRefs = uniteNumbers(one.numberRefs, other.numberRefs);
    return unchanged && numberRefs === one.numberRefs ? one : { ...holds, ...history, numberRefs };
  }
  return unchanged ? one : { ...holds, ...history };
}
