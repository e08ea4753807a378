import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { bridgeAddress } from '../../src/cli/address.ts';
import type { Ask } from '../../src/cli/ask.ts';
import { COMMANDS } from '../../src/cli/commands.ts';
import { countyNumber } from '../../src/core/organisation.ts';
import { readAddress, removeAddress, writeAddress } from '../../src/local/addressFile.ts';
import { appOf, ORG, SAMPLE, testParts } from '../api/parts.ts';

const dir = mkdtempSync(join(tmpdir(), 'ot-address-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe('without a school year the present one is meant', () => {
  const parts = testParts();
  const { get, post } = appOf(parts);
  const ask: Ask = async (path, body) => {
    const response = await (body === undefined ? get(path) : post(path, body));
    return { status: response.status, value: await response.json() };
  };
  const ot = async (name: string, ...args: string[]) => {
    const { takes, run } = COMMANDS[name] ?? { takes: [0, 0] };
    expect(args.length).toBeGreaterThanOrEqual(takes[0]);
    expect(args.length).toBeLessThanOrEqual(takes[1]);
    return run?.(ask, args);
  };

  test('hjul, brev, hvem and rapport take it from the organisation’s own clock', async () => {
    await parts.memory.moveClock(SAMPLE, '2021-03-01T11:00:00.000Z');
    expect(await ot('hjul', ORG)).toContain('Årshjulet 2026–27');
    expect(await ot('hjul', SAMPLE)).toContain('Årshjulet 2020–21');
    expect(await ot('brev', ORG, 'W13')).toContain('for skoleåret 2026–27');
    expect(await ot('brev', SAMPLE, 'W13')).toContain('for skoleåret 2020–21');
    expect(await ot('hvem', ORG, 'W24', 'brev')).toBe('Ingen i listen.');
    expect(await ot('rapport', ORG, 'flyt')).toContain('07.10.2026');
    expect(await ot('rapport', ORG, 'flyt', 'ekstern')).toContain('07.10.2026');
    expect(await ot('rapport', ORG, 'flyt', '2026-10-01')).toContain('01.10.2026');
    expect(await ot('tabeller', ORG)).toContain('15.11.2026');
  });

  test('an organisation that is not there is answered with those that are', async () => {
    await expect(ot('hjul', 'ukjent-no')).rejects.toThrow(`Velg en av: ${ORG}, ${SAMPLE}.`);
  });

  test('without an organisation the only one is meant; of several one has to be named', async () => {
    await expect(ot('varsler')).rejects.toThrow(`Velg en av: ${ORG}, ${SAMPLE}.`);
    await expect(ot('tabeller')).rejects.toThrow(`Velg en av: ${ORG}, ${SAMPLE}.`);
    const alone = appOf(
      testParts({ organisations: [{ id: ORG, county: countyNumber('40'), virtualClock: false }] }),
    );
    const asked: string[] = [];
    const askAlone: Ask = async (path) => {
      asked.push(path);
      const response = await alone.get(path);
      return { status: response.status, value: await response.json() };
    };
    await COMMANDS.varsler?.run(askAlone, []);
    expect(asked).toEqual(['/', `/organisations/${ORG}/alerts?limit=10`]);
  });

  test('what is no date is still printed', async () => {
    await expect(ot('rapport', ORG, 'flyt', '15.06.2021')).rejects.toThrow('er ikke en dato');
    await expect(ot('rapport', ORG, 'flyt', 'intern')).rejects.toThrow('Valget «intern» finnes ikke');
  });
});

describe('the address of the bridge', () => {
  test('is the one given, else the port given, else where the bridge of the data folder answers, else 8080', () => {
    const DATA_DIR = dir;
    expect(bridgeAddress({ DATA_DIR })).toBe('http://127.0.0.1:8080');
    writeAddress(dir, 'http://127.0.0.1:8123');
    expect(bridgeAddress({ DATA_DIR })).toBe('http://127.0.0.1:8123');
    expect(bridgeAddress({ DATA_DIR, HTTP_PORT: '8200' })).toBe('http://127.0.0.1:8200');
    expect(bridgeAddress({ DATA_DIR, HTTP_PORT: '8200', OT_BRIDGE_URL: 'http://[::1]:1' })).toBe(
      'http://[::1]:1',
    );
    expect(bridgeAddress({ DATA_DIR, HTTP_PORT: ' ', OT_BRIDGE_URL: '' })).toBe('http://127.0.0.1:8123');
  });

  test('that is no address is refused, without its value', () => {
    expect(() => bridgeAddress({ OT_BRIDGE_URL: 'hemmelig' })).toThrow(
      'OT_BRIDGE_URL er ikke en gyldig adresse.',
    );
    expect(() => bridgeAddress({ HTTP_PORT: '1@vond.no' })).toThrow('HTTP_PORT er ikke et portnummer.');
    expect(() => bridgeAddress({ HTTP_PORT: '99999' })).toThrow('HTTP_PORT er ikke et portnummer.');
  });

  test('is for its owner alone, over whatever a killed one left, and goes with the bridge that wrote it', () => {
    const file = join(dir, 'bridge.url');
    writeFileSync(file, 'http://127.0.0.1:1\n');
    chmodSync(file, 0o644);
    writeAddress(dir, 'http://127.0.0.1:2');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    removeAddress(dir, 'http://127.0.0.1:1');
    expect(readAddress(dir)).toBe('http://127.0.0.1:2');
    removeAddress(dir, 'http://127.0.0.1:2');
    expect(readAddress(dir)).toBeUndefined();
    writeFileSync(file, 'ikke en adresse');
    expect(readAddress(dir)).toBeUndefined();
  });
});
