import { expect, test } from 'vitest';
import { type Permission, WHOLE_COUNTY } from '../../src/core/access/permission.ts';
import { countyNumber } from '../../src/core/organisation.ts';
import { VIGO_RECEIPT_VERSION } from '../../src/core/vigo/otFile.ts';
import { reachedVigo } from '../../src/desk/vigo/vigo.ts';
import { appOf, problemOf, testParts } from '../api/parts.ts';
import { RECORDED } from '../api/seed.ts';
import { assignment, controlOf, person } from './callers.ts';
import { OTHER, OWN, seedVigo, seedWorld } from './world.ts';

// What a caller may not see it cannot act on either: the answer is that of a thing that does not exist.

const OWN_ALONE: Permission = { ...WHOLE_COUNTY, organisations: [OWN] };
const reason = 'etter avtale';

async function setUp(role: Parameters<typeof assignment>[0]) {
  const organisations = [
    { id: OWN, county: countyNumber('40'), virtualClock: false },
    { id: OTHER, county: countyNumber('39'), virtualClock: false },
  ];
  const { memory, ...parts } = testParts({ organisations });
  const things = await seedWorld(memory, parts.vault);
  const { post } = appOf({ ...parts, access: controlOf(person([assignment(role, OWN)])) });
  return { things, memory, post, parts };
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

test.each(['skole', 'radgiver', 'personvern', 'leder', 'drift'] as const)(
  'a file to VIGO of another organisation is no concern of its %s',
  async (role) => {
    const { things, memory, post, parts } = await setUp(role);
    const files = await seedVigo(memory, things);
    const line = (file: string) => `${VIGO_RECEIPT_VERSION};${file};1;AVVIST;FEIL`;
    const content = (file: string) => `versjon;fil;rad;utfall;kode\n${line(file)}\n`;
    const before = await memory.vigoFiles(OTHER, 10);
    expect(before.length).toBeGreaterThan(0);
    const may = role === 'leder' || role === 'drift';
    for (const { file = '', org } of files.filter((each) => each.org === OTHER)) {
      const elsewhere = `/organisations/${org}/vigo`;
      expect((await post(`${elsewhere}/files/${file}/withdraw`, {})).status).toBe(403);
      expect((await post(`${elsewhere}/receipts`, { content: content(file) })).status).toBe(403);
      // By an address of one's own.
      const here = `/organisations/${OWN}/vigo`;
      expect((await post(`${here}/files/${file}/withdraw`, {})).status).toBe(may ? 404 : 403);
      expect((await post(`${here}/receipts`, { content: content(file) })).status).toBe(may ? 404 : 403);
      // When the guard and the permission are of another organisation than the address.
      const vigo = reachedVigo(parts.vigoAs(OWN_ALONE), OWN_ALONE);
      expect(await vigo.withdrawVigo(OTHER, file, RECORDED, 'TRUKKET')).toBeUndefined();
      const answers = [{ file, rad: 1, accepted: true, code: null }];
      const receipt = { hash: Buffer.alloc(32), at: RECORDED, by: 'x', answers };
      expect(await vigo.answerVigo(OTHER, receipt)).toBe('unknown');
    }
    expect(await memory.vigoFiles(OTHER, 10)).toEqual(before);
  },
);
