import { beforeAll, describe, expect, test } from 'vitest';
import { nav } from '../../src/cli/nav.ts';
import { assignment, controlOf, person } from '../access/callers.ts';
import { type NavWorld, navWorld, YOUTHS } from '../console/navWorld.ts';
import { NAV } from '../harness/agreement.ts';
import { appOf, bodyOf } from './parts.ts';

let world: NavWorld;
let ref: string;
beforeAll(async () => {
  world = await navWorld();
  ref = await world.refOf(1);
});
const asRole = (role: Parameters<typeof assignment>[0], changes = {}) => {
  const { parts, pipeline } = world;
  const { get } = appOf({ ...parts, access: controlOf(person([assignment(role, pipeline.org, changes)])) });
  return (path: string) => get(`/organisations/${pipeline.org}/${path}`);
};

describe('what NAV has been given about a youth', () => {
  test('is each time it was put into a list and fetched, with what it rested on, newest first', async () => {
    const {
      ref: shown,
      disclosures,
      next,
    } = await bodyOf(await asRole('personvern')(`youths/${ref}/disclosures`));
    expect([shown, next]).toEqual([ref, null]);
    expect(disclosures.map(({ batch, how }: Record<string, string>) => `${batch} ${how}`)).toEqual(
      ['2027-02', '2027-01', '2026-12', '2026-11'].flatMap((month) => [
        `B-${month} fetch`,
        `B-${month} extract`,
      ]),
    );
    expect(disclosures[0]).toMatchObject({
      recipient: NAV,
      legalBasis: 'SAMTYKKE',
      at: '2027-02-02T08:00:00.000Z',
    });
    expect(disclosures[0].decision).toBe(disclosures[1].decision);
    expect(JSON.stringify(disclosures)).not.toContain(YOUTHS[1]?.fodselsnummer);
  });

  test('comes page by page', async () => {
    const get = asRole('leder');
    const ids: string[] = [];
    for (let after = ''; ; ) {
      const page = await bodyOf(await get(`youths/${ref}/disclosures?limit=3${after}`));
      ids.push(...page.disclosures.map(({ id }: { id: string }) => id));
      if (page.next === null) break;
      after = `&after=${page.next}`;
    }
    expect(ids).toHaveLength(8);
    expect(new Set(ids).size).toBe(8);
    expect((await get(`youths/${ref}/disclosures?after=x`)).status).toBe(400);
  });

  test('is nothing for one that was never asked about, and is itself on record', async () => {
    const never = await world.refOf(4);
    const get = asRole('personvern');
    expect((await bodyOf(await get(`youths/${never}/disclosures`))).disclosures).toEqual([]);
    const { seen } = await bodyOf(await get(`youths/${never}/seen-by`));
    expect(seen[0]).toMatchObject({
      operation: 'GET /organisations/{org}/youths/{ref}/disclosures',
      capacity: 'personvern',
      outcome: 'OK',
    });
  });

  test('is refused to drift, NAV and a school, and unknown to an adviser of another unit', async () => {
    for (const role of ['drift', 'nav', 'skole', 'inntak'] as const)
      for (const path of [`youths/${ref}/disclosures`, 'nav/disclosures'])
        expect((await asRole(role)(path)).status, `${role} ${path}`).toBe(403);
    const [elsewhere, own] = [{ unit: '46999' }, { unit: await unitOf() }];
    expect((await asRole('radgiver', elsewhere)(`youths/${ref}/disclosures`)).status).toBe(404);
    expect((await bodyOf(await asRole('radgiver', elsewhere)('nav/disclosures'))).disclosures).toEqual([]);
    expect((await asRole('radgiver', own)(`youths/${ref}/disclosures`)).status).toBe(200);
  });

  async function unitOf(): Promise<string> {
    const { youth } = (await world.pipeline.youth(YOUTHS[1]?.fodselsnummer ?? '')) ?? {};
    return youth?.registrations.at(-1)?.owner ?? '';
  }
});

describe('what NAV has been given in a list', () => {
  test('is each youth, of that list alone, on record for each', async () => {
    const get = asRole('leder');
    const { disclosures } = await bodyOf(await get('nav/disclosures?batch=B-2026-12'));
    // One had taken consent back by then.
    expect(disclosures).toHaveLength(6);
    expect(new Set(disclosures.map(({ ref: of }: { ref: string }) => of)).size).toBe(3);
    const { seen } = await bodyOf(await get(`youths/${ref}/seen-by?limit=1`));
    expect(seen[0].operation).toBe('GET /organisations/{org}/nav/disclosures');
    expect((await bodyOf(await get('nav/disclosures?batch=B-2020-01'))).disclosures).toEqual([]);
    expect((await get('nav/disclosures?batch=november')).status).toBe(400);
  });
});

test('the command line shows both, and says what to write', async () => {
  const get = asRole('personvern');
  const org = String(world.pipeline.org);
  const ask = async (path: string) => {
    const answer = await get(path.replace(`/organisations/${org}/`, ''));
    return { status: answer.status, value: await answer.json() };
  };
  const of = (await nav.run(ask, ['utlevert', org, ref])).split('\n');
  expect(of).toHaveLength(8);
  expect(of[0]).toMatch(
    new RegExp(
      `^02.02.2027 kl. 09.00  NAV ${NAV}: hentet i liste B-2027-02  \\(grunnlag SAMTYKKE, avgjørelse `,
    ),
  );
  expect(await nav.run(ask, ['utlevert', org, 'B-2026-12'])).toContain(`ungdom ${ref}`);
  expect(await nav.run(ask, ['utlevert', org, 'B-2020-01'])).toBe('Ingenting i B-2020-01 er utlevert.');
  expect(await nav.run(ask, ['utlevert', org, await world.refOf(4)])).toContain('ikke fått vite noe');
  await expect(nav.run(ask, ['utlevert', org, 'x'])).rejects.toThrow('Oppgi referansen');
  await expect(nav.run(ask, ['utlevert', org])).rejects.toThrow('Skriv nav');
});
