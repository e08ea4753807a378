import { beforeEach, describe, expect, test } from 'vitest';
import { type CommandFailed, createAsk } from '../../src/cli/ask.ts';
import { COMMANDS } from '../../src/cli/commands.ts';
import { typedWords } from '../../src/cli/keyboard.ts';
import { appOf } from '../api/parts.ts';
import { partsInMemory } from '../harness/apiInMemory.ts';
import { createTestPipeline, type TestPipeline } from '../harness/memoryPipeline.ts';
import { dropout, P01, P02 } from '../harness/schoolDropouts.ts';

const NOW = '2026-10-07T07:12:00.000Z';

let pipeline: TestPipeline;
let app: ReturnType<typeof appOf>['app'];
let ref: string;
let alert: string;

beforeEach(async () => {
  pipeline = await createTestPipeline({ county: '40' });
  await pipeline.pass(NOW);
  const api = appOf(partsInMemory(pipeline, () => NOW));
  app = api.app;
  const at = `/organisations/${pipeline.org}`;
  await api.post(`${at}/feeds/school-dropout`, [dropout(P01, 'a')]);
  await pipeline.settle();
  const { alerts } = (await (await api.get(`${at}/alerts`)).json()) as {
    alerts: { ref: string; alert: { id: string } }[];
  };
  ref = alerts[0]?.ref ?? '';
  alert = alerts[0]?.alert.id ?? '';
});

const typing = (text: string) => ({ read: async () => text });

async function run(name: string, args: readonly string[], typed = ''): Promise<string> {
  const ask = createAsk('http://localhost', async (url, init) => {
    const { pathname, search } = new URL(String(url));
    return app.request(`${pathname}${search}`, init);
  });
  const said = await COMMANDS[name]?.run(ask, args, typing(typed));
  if (said === undefined) throw new Error(`no command ${name}`);
  expect(said).not.toContain(P01.fodselsnummer);
  return said;
}

async function receiptOf(sent: string): Promise<string> {
  const { receiptId } = JSON.parse(sent) as { receiptId: string };
  await pipeline.settle();
  return run('kvittering', [pipeline.org, receiptId]);
}

describe('ot hvorfor', () => {
  test('says the rule, the message, the deadlines, what ends it, and what would be without the message', async () => {
    const said = await run('hvorfor', [pipeline.org, alert]);
    expect(said).toMatch(/^Ny tilmelding · /);
    expect(said).toMatch(/\nHvorfor: .+ \(R\d+\)\nHvor regelen står: /);
    expect(said).toMatch(
      /Ungdommen har sluttet i opplæringen\..*\n {5}Uten denne meldingen: varselet ville vært: /,
    );
    expect(said).toMatch(/\nFrister\n {2}\d\d\.\d\d\.2026 kontakt, /);
    expect(said).toContain(
      'At OT får kontakt, og en rådgiver så setter status OTOV.\n  At avsenderen tar tilbake melding 1.',
    );
  });

  test('--json is the answer of the API', async () => {
    const answer = await app.request(`/organisations/${pipeline.org}/alerts/${alert}/why`);
    expect(JSON.parse(await run('hvorfor', [pipeline.org, alert, '--json']))).toEqual(await answer.json());
  });

  test('a refusal keeps the problem of the API', async () => {
    const refused = await run('hvorfor', [pipeline.org, 'none', '--json']).catch(
      (error: CommandFailed) => error,
    );
    expect(refused).toMatchObject({ exitCode: 1, problem: { type: 'urn:ot-bridge:UNKNOWN_ALERT' } });
  });
});

describe('ot ungdom', () => {
  test('shows what is known, and what was before it came', async () => {
    const now = await run('ungdom', [pipeline.org, ref]);
    expect(now).toContain('AVBRUTT');
    expect(now).toMatch(/Tidslinje, nyeste først\n/);
    expect(now).toContain(alert);
    expect(await run('ungdom', [pipeline.org, ref, '--per', '2026-10-01'])).toContain(
      'Ingenting var kjent ennå.',
    );
    await expect(run('ungdom', [pipeline.org, ref, '--per', '2026-12-24'])).rejects.toThrow(
      'ikke kommet ennå',
    );
    await expect(run('ungdom', [pipeline.org, ref, '--per', 'i fjor'])).rejects.toThrow('Skriv for eksempel');
  });

  test('sett says who has seen it', async () => {
    expect(await run('ungdom', [pipeline.org, ref, 'sett'])).not.toBe('');
  });
});

describe('ot kontakt and ot status', () => {
  test('registers contact by the reference alone, and its deadline is met', async () => {
    const sent = await run('kontakt', [pipeline.org, ref, 'ungdom', 'telefon', '--json']);
    expect(await receiptOf(sent)).toContain('1 rad: 1 godtatt.');
    expect(await run('hvorfor', [pipeline.org, alert])).toMatch(/kontakt, Gjort/);
    expect(await run('ungdom', [pipeline.org, ref])).toContain(
      'OT har prøvd å få kontakt. · gjelder fra 07.10.2026 · besvart JA · besvartAv UNGDOM',
    );
    await expect(run('kontakt', [pipeline.org, ref, 'naboen', 'telefon'])).rejects.toThrow(
      'UNGDOM, FORESATT',
    );
    await expect(run('kontakt', [pipeline.org, ref, 'ungdom', 'due'])).rejects.toThrow('BREV, SMS');
  });

  test('sets a status, and what the feed would turn away is not sent', async () => {
    await run('kontakt', [pipeline.org, ref, 'ungdom', 'telefon']);
    await pipeline.settle();
    expect(await receiptOf(await run('status', [pipeline.org, alert, 'otov', '--json']))).toContain(
      '1 godtatt.',
    );
    expect(await run('ungdom', [pipeline.org, ref])).toContain('status OTOV');
    await expect(run('status', [pipeline.org, ref, 'OTXX'])).rejects.toMatchObject({ exitCode: 1 });
    await expect(run('status', [pipeline.org, ref, 'OTOV', '--viaot', 'kanskje'])).rejects.toThrow('JA, NEI');
  });
});

describe('ot finn', () => {
  test('finds by a number that is typed, for a purpose; by alert and reference', async () => {
    expect(await run('finn', [pipeline.org, '-', 'KONTAKT'], P01.fodselsnummer)).toContain(
      `npm run ot -- ungdom ${pipeline.org} ${ref}`,
    );
    await expect(run('finn', [pipeline.org, '-'], P01.fodselsnummer)).rejects.toThrow('loggføres med formål');
    await expect(run('finn', [pipeline.org, '-', 'KONTAKT'], P02.fodselsnummer)).rejects.toThrow(
      'Fant ingen',
    );
    await expect(run('finn', [pipeline.org, P01.fodselsnummer, 'KONTAKT'])).rejects.toThrow('skrives ikke');
    expect(await run('finn', [pipeline.org, alert])).toContain(`hvorfor ${pipeline.org} ${alert}`);
    expect(await run('finn', [pipeline.org, ref])).toContain('Fant ungdom');
    await expect(run('finn', [pipeline.org, '12'])).rejects.toThrow('Fant ingenting');
  });
});

describe('ot meld', () => {
  test('takes back what was reported, when it is to be sent', async () => {
    const typed = await typedWords(
      ['fodselsnummer=-', 'skolenummer=40014', 'annullererType=Avbrudd', 'skolear=2026-27'],
      typing(P01.fodselsnummer),
    );
    const meld = (...more: string[]) =>
      run('meld', [pipeline.org, 'school-dropout', 'Annullering', ...typed, ...more]);
    expect(await meld()).toContain('Ingenting er sendt.');
    expect(await meld('--kjør')).toContain('1 rad sendt.');
    await expect(run('meld', [pipeline.org, 'school-dropout', 'Annullering', '--kjør'])).rejects.toThrow(
      'Bruk:',
    );
  });
});
