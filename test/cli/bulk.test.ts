import { beforeEach, describe, expect, test } from 'vitest';
import { createAsk } from '../../src/cli/ask.ts';
import { COMMANDS } from '../../src/cli/commands.ts';
import { appOf } from '../api/parts.ts';
import { LEFT } from '../console/adviserWorld.ts';
import { type BulkWorld, bulkWorld } from '../desk/bulkWorld.ts';

let world: BulkWorld;
beforeEach(async () => {
  world = await bulkWorld(9);
});

async function run(...args: string[]): Promise<string> {
  const { app } = appOf(world.parts);
  const fetcher: typeof fetch = async (url, init) => {
    const { pathname, search } = new URL(String(url));
    return app.request(`${pathname}${search}`, init);
  };
  const said = await COMMANDS.samlet?.run(createAsk('http://localhost', fetcher), [
    world.organisation.id,
    ...args,
  ]);
  if (typeof said !== 'string') throw new Error('no text');
  expect(said).not.toContain(LEFT.fodselsnummer);
  return said;
}

const SEE = ['no-contact', 'kontakt', '--kanal', 'BREV', '--dato', '2026-10-06'];
const MAKE = ['--antall', '10', '--grunn', 'Brev er sendt.'];

describe('ot samlet', () => {
  test('shows the count, the first and the consequence, and does nothing', async () => {
    const said = await run(...SEE);
    expect(said).toContain('10 ungdommer i utvalget. Det vil bli gjort for 10 ungdommer.');
    expect(said).toContain('10: ville blitt godtatt');
    expect(said).toContain('Ingenting er gjort. Lag jobben med --antall 10 --grunn "…".');
    expect(await run()).toBe('Ingen jobber er laget.');
    const seen = JSON.parse(await run(...SEE, '--json'));
    expect(seen).toMatchObject({ listed: 10, youths: 10, consequence: { tried: 10 } });
    expect(seen.sample).toHaveLength(10);
  });

  test('makes a job with the count that was seen and a reason, begins it, and follows it', async () => {
    const { id } = JSON.parse(await run(...SEE, ...MAKE, '--json'));
    expect(await run(id)).toContain('venter på start');
    expect(await world.work()).toBe(0);
    expect(await run(id, 'start')).toContain('arbeider');
    expect(await run(id, 'stopp')).toContain('stoppet');
    await run(id, 'start');
    await world.work();
    expect(await run(id)).toContain('10 av 10 ungdommer er gjort.');
    expect(JSON.parse(await run(id, '--json'))).toMatchObject({ state: 'done', done: 10, failed: 0 });
    for (const what of ['feil', 'utenfor']) expect(await run(id, what)).toBe('Ingen.');
    expect(await run(id, 'nye')).toBe('Ingen er kommet til.');
    expect(await run()).toContain(`${id}  `);
    await expect(run(id, 'start')).rejects.toThrow('Jobben er ferdig');
  });

  test('lists everyone it missed, with why and the cure', async () => {
    const { id } = JSON.parse(await run(...SEE.slice(0, -1), '2026-10-20', ...MAKE, '--json'));
    await run(id, 'start');
    await world.work();
    const missed = JSON.parse(await run(id, 'feil', '--json'));
    expect(missed).toHaveLength(10);
    expect(missed[0]).toMatchObject({ why: 'TURNED_AWAY', problems: [{ code: 'IMPOSSIBLE_DATE' }] });
    expect(await run(id, 'feil')).toContain('Meldingen ville ikke blitt godtatt. Ingenting er sendt.');
  });

  test.each([
    [['no-contact'], 'Skriv hva som skal gjøres etter listen: kontakt eller forslag.'],
    [['no-contact', 'kontakt'], 'for eksempel --kanal BREV'],
    [[...SEE, '--antall', '9', '--grunn', 'Brev er sendt.'], 'Det gjelder nå 10, ikke 9.'],
    [[...SEE, '--grunn', 'Brev er sendt.'], '--antall og --grunn hører sammen.'],
    [[...SEE, '--enhet', '402'], 'Ugyldig'],
    [['finnes-ikke', 'kontakt', '--kanal', 'BREV'], 'ugyldig'],
    [['00000000-0000-4000-8000-000000000000'], 'Jobben finnes ikke her.'],
    [['00000000-0000-4000-8000-000000000000', 'sov'], 'start, stopp, feil, utenfor eller nye'],
  ])('says what lacks: %j', async (args, text) => {
    await expect(run(...args)).rejects.toThrow(new RegExp(text.replace('.', '\\.'), 'i'));
    expect(world.sent()).toEqual([]);
  });
});
