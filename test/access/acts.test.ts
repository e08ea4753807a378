import { expect, test } from 'vitest';
import { countyNumber } from '../../src/core/organisation.ts';
import { appOf, problemOf, testParts } from '../api/parts.ts';
import { assignment, controlOf, person } from './callers.ts';
import { OTHER, OWN, seedWorld } from './world.ts';

// What a caller may not see it cannot act on either: the answer is that of a thing that does not exist.

const reason = 'etter avtale';

async function setUp(role: Parameters<typeof assignment>[0]) {
  const organisations = [
    { id: OWN, county: countyNumber('40'), virtualClock: false },
    { id: OTHER, county: countyNumber('39'), virtualClock: false },
  ];
  const { memory, ...parts } = testParts({ organisations });
  const things = await seedWorld(memory, parts.vault);
  const { post } = appOf({ ...parts, access: controlOf(person([assignment(role, OWN)])) });
  return { things, memory, post };
}

test('a list of another feed is unknown to one who settles lists', async () => {
  const { things, post } = await setUp('fagopplaering');
  const lists = things.filter(({ kind, org }) => kind === 'list' && org === OWN);
  expect(lists.length).toBeGreaterThan(0);
  for (const { mark, institution } of lists) {
    const path = `/organisations/${OWN}/lists/private-school:${institution}/${mark}`;
    for (const [act, body] of [
      ['settle', { reason, how: 'drop' }],
      ['confirm', { reason }],
    ] as const)
      expect((await problemOf(await post(`${path}/${act}`, body))).type).toBe('urn:ot-bridge:UNKNOWN_LIST');
  }
});

test('a partition of another organisation is unknown to its operators', async () => {
  const { memory, post } = await setUp('drift');
  const lanes = await memory.lanes();
  const answers = await Promise.all(
    lanes.map(async ({ org, topic, partition }) => {
      const { type } = await problemOf(await post(`/internal/lanes/${topic}/${partition}/go-on`, { reason }));
      return { org, type };
    }),
  );
  expect(new Set(answers.map(({ org }) => org))).toEqual(new Set([OWN, OTHER]));
  for (const { org, type } of answers)
    expect(type === 'urn:ot-bridge:UNKNOWN_LANE', `${org} ${type}`).toBe(org === OTHER);
});
