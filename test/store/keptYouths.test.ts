import fc from 'fast-check';
import { expect, test } from 'vitest';
import { orgId } from '../../src/core/organisation.ts';
import { type PersonRef, personRef } from '../../src/core/person/reference.ts';
import { UNKNOWN_YOUTH } from '../../src/core/youth/youth.ts';
import { createKeptYouths } from '../../src/store/keptYouths.ts';
import { runs } from '../harness/propertyRuns.ts';

const [ORG, OTHER] = [orgId('telemarkfylke-no'), orgId('vestfoldfylke-no')];
const refOf = (number: number) => personRef(`00000000-0000-4000-8000-${String(number).padStart(12, '0')}`);
const kept = (version: number, key: string | null = null) => ({
  version,
  key,
  youth: UNKNOWN_YOUTH,
  tail: 0,
});
/** Of the youth without facts. */
const EACH = 700;

test('a pass over more youths than fit finds at the next one those that were kept first', () => {
  const youths = createKeptYouths(10 * EACH);
  const pass = () => {
    let found = 0;
    for (let n = 0; n < 25; n += 1) {
      if (youths.get(ORG, refOf(n)) !== undefined) found += 1;
      youths.keep(ORG, refOf(n), kept(1));
    }
    return found;
  };
  expect([pass(), pass(), pass()]).toEqual([0, 8, 8]);
  expect(youths.bytes()).toBe(8 * EACH);
  expect(youths.room()).toBe(0);
});

test('what is not used for two turns is gone, and its room with it', () => {
  const youths = createKeptYouths(10 * EACH);
  youths.keep(ORG, refOf(1), kept(1, 'one'));
  youths.keep(OTHER, refOf(2), kept(1, 'two'));
  youths.turn();
  expect(youths.get(ORG, refOf(1))?.version).toBe(1);
  youths.turn();
  expect(youths.get(OTHER, refOf(2))).toBeUndefined();
  expect(youths.refOf(OTHER, 'two')).toBeUndefined();
  expect(youths.refOf(ORG, 'one')).toBe(refOf(1));
  youths.turn();
  youths.turn();
  expect(youths.get(ORG, refOf(1))).toBeUndefined();
  expect(youths.bytes()).toBe(0);
});

test('whatever is kept, dropped and turned, room and hashes are those of what is there', () => {
  const act = fc.record({
    what: fc.constantFrom('keep', 'keep', 'keep', 'get', 'drop', 'turn', 'dropAll'),
    org: fc.constantFrom(ORG, OTHER),
    number: fc.integer({ min: 0, max: 7 }),
    key: fc.constantFrom(null, 'a', 'b', 'c'),
  });
  fc.assert(
    fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
      const youths = createKeptYouths(6 * EACH);
      const latest = new Map<string, number>();
      for (const [version, { what, org, number, key }] of acts.entries()) {
        const ref = refOf(number);
        if (what === 'keep') {
          youths.keep(org, ref, kept(version, key));
          latest.set(`${org}/${ref}`, version);
        } else if (what === 'get') youths.get(org, ref);
        else if (what === 'drop') youths.drop(org, ref);
        else if (what === 'turn') youths.turn();
        else youths.dropAll();
        const there = (org: typeof ORG) =>
          Array.from({ length: 8 }, (_, n) => refOf(n)).flatMap((each: PersonRef) => {
            const found = youths.get(org, each);
            if (found !== undefined) expect(found.version).toBe(latest.get(`${org}/${each}`));
            return found === undefined ? [] : [each];
          });
        const all = { [ORG]: there(ORG), [OTHER]: there(OTHER) };
        expect(youths.bytes()).toBe(Object.values(all).flat().length * EACH);
        expect(youths.bytes()).toBeLessThanOrEqual(6 * EACH);
        for (const org of [ORG, OTHER])
          for (const key of ['a', 'b', 'c']) {
            const ref = youths.refOf(org, key);
            if (ref !== undefined) expect(all[org]).toContain(ref);
          }
      }
    }),
    runs(300),
  );
});
