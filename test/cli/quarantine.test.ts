import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { createAsk } from '../../src/cli/ask.ts';
import { COMMANDS } from '../../src/cli/commands.ts';
import { appOf, ORG, PERSON, type TestParts, testParts } from '../api/parts.ts';
import { seedParked, seedQuarantine, seedYouth } from '../api/seed.ts';
import { dropout, P02 } from '../harness/schoolDropouts.ts';
import { workJobs } from '../harness/workJobs.ts';

let parts: TestParts;
beforeEach(() => {
  parts = testParts();
});

async function run(name: string, ...args: string[]): Promise<string> {
  const { app } = appOf(parts);
  const fetcher: typeof fetch = async (url, init) => {
    const { pathname, search } = new URL(String(url));
    const answer = await app.request(`${pathname}${search}`, init);
    // What the bridge's process does meanwhile.
    await workJobs(parts);
    return answer;
  };
  const command = COMMANDS[name];
  if (command === undefined) throw new Error(`no command ${name}`);
  const said = await command.run(createAsk('http://localhost', fetcher), args);
  expect(said).not.toContain(PERSON);
  return said;
}

describe('ot karantene', () => {
  const plant = () =>
    seedQuarantine(parts, dropout(P02, 'a', { avbruddsarsak: 'ZZ' }), { receipt: randomUUID(), row: 1 });
  const groups = async () =>
    (
      JSON.parse(await run('karantene', ORG, '--json')) as {
        groups: { id: string; items: number; newest: string }[];
      }
    ).groups;

  test('says that nothing is there', async () => {
    expect(await run('karantene', ORG)).toBe('Ingenting er i karantene.');
    expect(await groups()).toEqual([]);
  });

  test('shows groups, and lays one aside with its count and a reason', async () => {
    await plant();
    await plant();
    expect(await run('karantene', ORG)).toContain('Avbrudd og oppstart: 2 meldinger');
    const [group] = await groups();
    expect(group?.items).toBe(2);
    const id = group?.id ?? '';
    expect(await run('karantene', ORG, id)).toContain(`Gruppe ${id}, --til ${group?.newest}.`);
    expect(await run('karantene', ORG, id, 'forkast', '2', 'Skolen har sendt dem rettet.')).toBe(
      '2 av 2 meldinger er lagt bort.',
    );
    expect(await groups()).toEqual([]);
    await expect(run('karantene', ORG, id)).rejects.toThrow('i karantene lenger');
  });

  test('does nothing when the group is another than was seen, or something lacks', async () => {
    await plant();
    const id = (await groups())[0]?.id ?? '';
    await expect(run('karantene', ORG, id, 'forkast', '2', 'Skolen har sendt dem.')).rejects.toThrow();
    await expect(run('karantene', ORG, id, 'forkast')).rejects.toThrow('hvor mange');
    await expect(run('karantene', ORG, id, 'forkast', '1')).rejects.toThrow('begrunnelse');
    await expect(run('karantene', ORG, id, 'slett', '1', 'Nei.')).rejects.toThrow('rett, spill, forkast');
    await expect(run('karantene', ORG, id, 'rett', '1', 'Feil kode.')).rejects.toThrow('--verdi');
    await expect(run('karantene', ORG, id, 'spill', '1', 'Ny kode.', '--verdi', 'FV')).rejects.toThrow(
      '--verdi',
    );
    await expect(run('karantene', ORG, '--finnes-ikke')).rejects.toThrow('Bruk:');
    expect(await groups()).toHaveLength(1);
  });
});

describe('ot ventende', () => {
  test('shows who waits by reference, and lets one go on', async () => {
    expect(await run('ventende', ORG)).toBe('Ingen venter.');
    const ref = await seedYouth(parts, PERSON);
    await seedParked(parts, ref, 3);
    const shown = await run('ventende', ORG);
    expect(shown).toContain('1 ungdom venter med 3 meldinger');
    expect(shown).toContain(ref);
    expect(JSON.parse(await run('ventende', ORG, '--json'))).toMatchObject([{ records: 3 }]);
    await expect(run('ventende', ORG, 'slipp', ref)).rejects.toThrow('Bruk:');
    expect(await run('ventende', ORG, 'slipp', ref, 'Rettet i 0.1.1.')).toBe(
      '3 meldinger er sendt på nytt, i rekkefølge.',
    );
    expect(await run('ventende', ORG)).toBe('Ingen venter.');
  });
});
