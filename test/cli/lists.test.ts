import { describe, expect, test } from 'vitest';
import type { Ask } from '../../src/cli/ask.ts';
import { COMMANDS } from '../../src/cli/commands.ts';
import { identityLines } from '../../src/text/identityLines.ts';
import { appOf, ORG, PERSON, testParts } from '../api/parts.ts';
import { batch, committed, listRow, newRef } from '../store/commits.ts';

// The commands against the API itself, without a socket between.

function command(name: string, ...args: string[]): Promise<string> {
  const { get, post } = appOf(testParts());
  const ask: Ask = async (path, body) => {
    const response = await (body === undefined ? get(path) : post(path, body));
    return { status: response.status, value: await response.json() };
  };
  const chosen = COMMANDS[name];
  if (chosen === undefined) throw new Error(`no command ${name}`);
  return chosen.run(ask, args);
}

describe('ot', () => {
  test('hjul prints the dates of a school year with their weeks', async () => {
    const text = await command('hjul', ORG, '2026-27');
    expect(text).toContain('Årshjulet 2026–27');
    expect(text).toContain('W07 15.03.2027 (uke 11) Ikkesøkere overføres');
    expect(text).toContain('avklaringsmøte innen 01.06.2027');
  });

  test('arbeidsliste without a name says which there are, and with one prints it', async () => {
    expect(await command('arbeidsliste', ORG)).toMatch(/^stale-statuses +Statuser .*\(W02, W17, W26\)$/m);
    expect(await command('arbeidsliste', ORG, 'W15', '2027-06-10')).toContain(
      'Ungdom som ikke har svart per 10.06.2027: 0 rader',
    );
  });

  test('brev prints whom it is for and when it goes', async () => {
    const text = await command('brev', ORG, 'W13', '2027-28');
    expect(text).toContain('Brev til ikkesøkere (W13) for skoleåret 2027–28');
    expect(text).toContain('Sendes 17.05.2027–23.05.2027 (uke 20). Broen sender ingen brev selv.');
    expect(text).toContain('Skal ha det: 0');
  });

  test('liste shows a held list with why, and notes what a person says of it', async () => {
    const parts = testParts();
    const { get, post } = appOf(parts);
    const lane = await parts.memory.claim({
      org: ORG,
      topic: `${ORG}.ot.event.apprenticeship`,
      partition: 0,
    });
    const envelope = { list: 'laktiv', run: 'vigo-1', type: 'FULL', total: 1 } as const;
    await committed(parts.memory, batch(lane, 1n, { listRows: [listRow(envelope, 'one', newRef())] }));
    const shrunk = {
      verdict: 'refused',
      reason: 'LIST_SHRUNK',
      affected: 16,
      doubtful: [],
      refs: null,
    } as const;
    await parts.memory.concludeList(ORG, 'laktiv', 'vigo-1', shrunk);
    const ask: Ask = async (path, body) => {
      const response = await (body === undefined ? get(path) : post(path, body));
      return { status: response.status, value: await response.json() };
    };
    const run = (...args: string[]) => COMMANDS.liste?.run(ask, args);
    expect(await run(ORG)).toMatch(
      /^HOLDT TILBAKE · laktiv vigo-1\n.* · 1 av 1 rader\n {2}Listen er holdt tilbake: 16 som/,
    );
    await expect(run(ORG, 'laktiv', 'vigo-1', 'slett', 'Feil.')).rejects.toThrow('bekreft, bruk, legg-bort');
    await expect(run(ORG, 'laktiv', 'vigo-1', 'bekreft')).rejects.toThrow('begrunnelse');
    await expect(run(ORG, 'laktiv', 'vigo-2')).rejects.toThrow('Ukjent liste');
    const printed = await run(ORG, 'laktiv', 'vigo-1', 'bekreft', 'Bedriften er lagt ned.');
    expect(printed).toMatch(
      /^VURDERES .*\n.*\n.*\n {2}Bekreftet 2026-10-07 \(loopback\): Bedriften er lagt ned\.$/,
    );
  });

  test.each([
    ['hjul', [ORG, '2026']],
    ['brev', [ORG, 'W13', 'i fjor']],
    ['arbeidsliste', [ORG, 'W15', '10.06.2027']],
  ])('%s says how it is written when it cannot read %j', async (name, args) => {
    await expect(command(name, ...args)).rejects.toThrow(/er ikke (et skoleår|en dato)\. Skriv for eksempel/);
  });

  test('hvem says which purposes there are, whom a reference leads to, and that it is on record', async () => {
    await expect(command('hvem', ORG, 'W24', 'NYSGJERRIG')).rejects.toThrow(/Velg ett av KONTAKT \(.*INNSYN/);
    expect(await command('hvem', ORG, 'W24', 'brev', '2026-27')).toBe('Ingen i listen.');
    expect(await command('hvem', ORG, 'no-contact', 'KONTAKT')).toBe('Ingen i listen.');
    await expect(command('hvem', ORG, '00000000-0000-4000-8000-000000000000', 'KONTAKT')).rejects.toThrow(
      'Ukjent ungdom',
    );
    expect(
      identityLines({
        people: [{ ref: 'r1', fodselsnummer: PERSON, navn: 'Aktsom Fjellrev', andreNumre: 1 }],
        refused: [{ ref: 'r2', reason: 'Adressen er gradert.' }],
        unknown: ['r3'],
      }).split('\n'),
    ).toEqual([
      `${PERSON} (har hatt ett nummer til)  Aktsom Fjellrev  r1`,
      'Vises ikke: r2. Adressen er gradert.',
      'Ikke kjent her: r3.',
      'Oppslaget er loggført.',
    ]);
  });

  test('what the bridge does not have is reported in its own words', async () => {
    await expect(command('arbeidsliste', ORG, 'W99')).rejects.toThrow('Det finnes ingen slik arbeidsliste');
    await expect(command('hjul', 'ukjent-no', '2026-27')).rejects.toThrow('Ukjent organisasjon');
    await expect(command('brev', ORG, 'W04', '2026-27')).rejects.toThrow('Finnes ikke');
  });
});
