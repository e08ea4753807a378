import { beforeEach, describe, expect, test } from 'vitest';
import { createAsk } from '../../src/cli/ask.ts';
import { COMMANDS } from '../../src/cli/commands.ts';
import { appOf } from '../api/parts.ts';
import { partsInMemory } from '../harness/apiInMemory.ts';
import { createTestPipeline, type TestPipeline } from '../harness/memoryPipeline.ts';
import { dropout, P01, P02 } from '../harness/schoolDropouts.ts';

const NOW = '2026-10-07T07:12:00.000Z';

let pipeline: TestPipeline;
let app: ReturnType<typeof appOf>['app'];

beforeEach(async () => {
  pipeline = await createTestPipeline({ county: '40' });
  await pipeline.pass(NOW);
  app = appOf(partsInMemory(pipeline, () => NOW)).app;
});

async function run(name: string, ...args: string[]): Promise<string> {
  const fetcher: typeof fetch = async (url, init) => {
    const { pathname, search } = new URL(String(url));
    return app.request(`${pathname}${search}`, init);
  };
  const command = COMMANDS[name];
  if (command === undefined) throw new Error(`no command ${name}`);
  return command.run(createAsk('http://localhost', fetcher), args);
}

describe('ot rett', () => {
  test('says what is wrong, tries new values, and sends with --kjør', async () => {
    const answer = await app.request(`/organisations/${pipeline.org}/feeds/school-dropout`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify([dropout(P01, 'a'), dropout(P02, 'b', { avbruddsarsak: 'ZZ' })]),
    });
    const { receiptId } = (await answer.json()) as { receiptId: string };
    await pipeline.settle();
    const mend = (...more: string[]) => run('rett', pipeline.org, receiptId, '2', ...more);

    const shown = await mend();
    expect(shown).toContain('Rad 2 må rettes:');
    expect(shown).toContain('avbruddsarsak «ZZ»: Feltet');
    expect(shown).toContain('avbruddsarsak (Avbruddsårsak): koden eller navnet i B06');
    expect(shown).not.toContain(P02.fodselsnummer);

    expect(await mend('avbruddsarsak=YY', '--kjør')).toContain('Ingenting er sendt.');
    expect(await mend('avbruddsarsak=Feilvalg')).toContain('Legg til --kjør');
    expect(await mend('avbruddsarsak=Feilvalg', '--kjør')).toContain('Raden er sendt.');
    await pipeline.settle();
    expect(await run('kvittering', pipeline.org, receiptId)).toContain('2 rader: 2 godtatt.');
    await expect(mend()).resolves.toContain('Rad 2 er sendt på nytt.');
    await expect(mend('avbruddsarsak=FV', '--kjør')).rejects.toThrow('alt behandlet');
    await expect(mend('avbruddsarsak')).rejects.toThrow('felt=verdi');
    await expect(run('rett', pipeline.org, receiptId, '9')).rejects.toThrow('Ukjent rad');
  });
});
