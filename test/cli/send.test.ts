import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { createAsk } from '../../src/cli/ask.ts';
import { COMMANDS } from '../../src/cli/commands.ts';
import { appOf, ORG, PERSON, sent, type TestParts, testParts } from '../api/parts.ts';
import { read } from '../upload/reading.ts';

let parts: TestParts;
let folder: string;

beforeEach(async () => {
  parts = testParts();
  folder = await mkdtemp(join(tmpdir(), 'ot-send-'));
});

/** A command against the API itself, without a socket between. */
async function run(name: string, ...args: string[]): Promise<string> {
  const { app } = appOf(parts);
  const fetcher: typeof fetch = async (url, init) => {
    const { pathname, search } = new URL(String(url));
    return app.request(`${pathname}${search}`, init);
  };
  const command = COMMANDS[name];
  if (command === undefined) throw new Error(`no command ${name}`);
  return command.run(createAsk('http://localhost', fetcher), args);
}

async function fileOf(text: string): Promise<string> {
  const path = join(folder, 'liste.csv');
  await writeFile(path, text);
  return path;
}

const LIST = `Fnr;Skolenr;Sluttdato;Årsak;Klasse
${PERSON};40014;05.10.2026;Feilvalg;1A
1483098996;40014;05.10.2026;FV;1A
`;

describe('ot send', () => {
  test('says what must be chosen before the rows can be checked', async () => {
    const file = await fileOf(LIST);
    await expect(run('send', ORG, 'school-dropout', file)).rejects.toThrow(
      'Det står ikke hva radene gjelder.',
    );
    await expect(run('send', ORG, 'school-dropout', file, '--gjelder', 'Avbrudd')).rejects.toThrow(
      '«Klasse»',
    );
    await expect(run('send', ORG, 'school-dropout', file, '--kolonne', 'Klasse')).rejects.toThrow(
      '<overskrift>=<felt>',
    );
    await expect(run('send', ORG, 'school-dropout', file, '--overskrift', 'x')).rejects.toThrow(
      'nummeret på en rad',
    );
    await expect(run('send', ORG, 'school-dropout', file, '--hva')).rejects.toThrow('Bruk:');
    await expect(run('send', ORG, 'school-dropout', join(folder, 'none'))).rejects.toThrow('ENOENT');
  });

  test('writes the list with what must be done, once, and sends nothing', async () => {
    const file = await fileOf(LIST.replaceAll(/;[^;\n]*$/gm, ''));
    const errors = join(folder, 'feil.csv');
    const send = () => run('send', ORG, 'school-dropout', file, '--gjelder', 'Avbrudd', '--feilfil', errors);
    expect(await send()).toContain('Ingenting er sendt.');
    const written = await readFile(errors, 'utf8');
    expect(written).toContain('1483098996;');
    expect(written.split('\n').length).toBeGreaterThan(2);
    await expect(send()).rejects.toThrow('finnes alt');
    expect(sent(parts.publisher, 'school-dropout')).toEqual([]);
  });

  test('shows the rows to mend by the file’s own numbers, and sends nothing', async () => {
    const text = await run(
      'send',
      ORG,
      'school-dropout',
      await fileOf(LIST),
      '--gjelder',
      'Avbrudd',
      '--dropp',
      'Klasse',
    );
    expect(text).toMatch(/^2 rader: 1 rad kan sendes, 1 må rettes først\./);
    expect(text).toMatch(/\n {2}Rad 3, Fødselsnummer: Nummeret har ti sifre.*\n {4}Gjør dette: .*nullen/);
    expect(text).toContain('Ingenting er sendt.');
    expect(text).not.toContain('1483098996');
    expect(sent(parts.publisher, 'school-dropout')).toEqual([]);
  });

  test.each(['--kjør', '--kjor'])(
    'sends the rows that are ready with %s, and says where the receipt is',
    async (flag) => {
      const choices = ['--gjelder', 'Avbrudd', '--kolonne', 'Klasse=navn', '--overskrift', '1'];
      const text = await run('send', ORG, 'school-dropout', await fileOf(LIST), ...choices, flag);
      expect(text).toMatch(new RegExp(`\\n1 rad sendt\\. .*ot -- kvittering ${ORG} [0-9a-f-]{36}$`));
      expect(sent(parts.publisher, 'school-dropout')).toHaveLength(1);
      const again = await run('send', ORG, 'school-dropout', await fileOf(LIST), ...choices, flag);
      expect(again).toContain('De samme radene er sendt før. 1 rad sendt.');
      expect(sent(parts.publisher, 'school-dropout')).toHaveLength(1);
    },
  );

  test('remembers the columns of a list that was sent, and says when the file was sent before', async () => {
    const choices = ['--gjelder', 'Avbrudd'];
    const file = await fileOf(LIST);
    await run('send', ORG, 'school-dropout', file, ...choices, '--dropp', 'Klasse', '--kjør');
    const again = await run('send', ORG, 'school-dropout', file, ...choices);
    expect(again).toMatch(
      /\nFilen er sendt før 7\. oktober 2026 kl\. 09:12\. .* Kvittering: [0-9a-f-]{36}\.\nKolonnene er valgt slik/,
    );
    await writeFile(file, `${LIST}\n`);
    const next = await run('send', ORG, 'school-dropout', file, ...choices);
    expect(next).not.toContain('Filen er sendt før');
    expect(next).toContain('\nKolonnene er valgt slik du valgte dem forrige gang');
  });

  test('the receipt of a file has the file’s own rows, in words and as a table', async () => {
    const choices = ['--gjelder', 'Avbrudd', '--dropp', 'Klasse', '--kjør'];
    const sentText = await run('send', ORG, 'school-dropout', await fileOf(LIST), ...choices);
    const id = /kvittering \S+ (\S+)$/.exec(sentText)?.[1] ?? '';
    expect(await run('kvittering', ORG, id)).toContain('\nRad i filen: 2.\n1 rad: 1 ikke behandlet ennå.');
    const table = await run('kvittering', ORG, id, 'csv');
    expect(table).toBe('\uFEFFRad i filen;Resultat;Hva er galt;Gjør dette\r\n2;Ikke behandlet ennå;;');
    await expect(run('kvittering', ORG, id, 'pdf')).rejects.toThrow('Valget «pdf» finnes ikke');
    await expect(run('kvittering', ORG, crypto.randomUUID(), 'csv')).rejects.toThrow('finnes ikke');
  });

  test('a school’s whole list is sent as one by the sender’s choice', async () => {
    const file = await fileOf(`Fnr;Skolenr;Dato;Startdato\n${PERSON};40014;01.10.2026;17.08.2026\n`);
    const text = await run('send', ORG, 'private-school', file, '--hele-listen', '--kjør');
    expect(text).toContain('Ingen mangler i listen sammenlignet med de forrige.');
    expect(text).toContain('1 rad sendt.');
    const [record] = sent(parts.publisher, 'private-school');
    expect(String(record?.headers['sync-list'])).toBe('private-school:40014');
    await expect(run('send', ORG, 'private-school', file, '--bekreftet-kortere')).rejects.toThrow(
      '--hele-listen',
    );
  });

  test('a text has no sheets to choose from', async () => {
    const chosen = run(
      'send',
      ORG,
      'school-dropout',
      await fileOf(LIST),
      '--gjelder',
      'Avbrudd',
      '--ark',
      'Høst',
    );
    await expect(chosen).rejects.toThrow('En tekstfil har ingen ark');
  });
});

test.each(['xlsx', 'csv'])(
  'ot mal writes the template as %s, and over no file that is there',
  async (ending) => {
    const path = join(folder, `mal.${ending}`);
    expect(await run('mal', 'school-dropout', path)).toBe('Malen for school-dropout, utgave 1, er skrevet.');
    expect(read(await readFile(path)).rows[1]?.cells).toContain('Fødselsnummer');
    await expect(run('mal', 'school-dropout', path)).rejects.toThrow('Den finnes alt.');
    await expect(run('mal', 'nav-match', path)).rejects.toThrow('vigo-intake');
  },
);
