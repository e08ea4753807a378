import { describe, expect, test } from 'vitest';
import { OperationSchema } from '../../src/api/schema/operationSchema.ts';
import type { Ask } from '../../src/cli/ask.ts';
import { COMMANDS } from '../../src/cli/commands.ts';
import { shownSettings } from '../../src/config/shownSettings.ts';
import { createChecks } from '../../src/desk/operation/checks.ts';
import { fault, ok, type Section } from '../../src/text/findings.ts';
import { appOf, installation, NOW, ORG, PERSON, SAMPLE, testParts } from './parts.ts';

const ROOT = `/organisations/${ORG}/operation`;
const SECRET = 'kanarifugl-7c1e';

/** What an installation may hold that no one is to see: secrets, a number in an error, another county. */
function withCanaries() {
  const findings = [
    ok('Miljøvariabler', 'kan brukes'),
    ok(`Avtalen med NAV, ${SAMPLE}`, 'gjelder'),
    fault('Partisjoner som står', `${SAMPLE}.ot.event.consent 3: uventet ${PERSON}`, `Se ${SAMPLE}.`),
  ];
  const sections: Section[] = [{ title: 'Driften', findings }];
  const env = {
    ORGANISATIONS: `${ORG}:40,${SAMPLE}:38`,
    VAULT_KEY: SECRET,
    DATABASE_URL: `postgres://ot:${SECRET}@db.fylke.no/ot`,
    HTTP_PORT: '9090',
  };
  const look = installation({
    settings: shownSettings(env),
    checks: createChecks(
      async () => sections,
      () => NOW,
    ),
    signedEnds: () => [
      { chain: ORG, seq: 12, at: '2026-10-07T07:00:00.000Z', valid: true },
      { chain: SAMPLE, seq: 99, at: '2026-10-07T07:00:00.000Z', valid: true },
    ],
  });
  return appOf(testParts({ installation: look }));
}

describe('the operation over HTTP', () => {
  test('says with what it runs, where that comes from, and what the checks found when they ran', async () => {
    const { get, post } = withCanaries();
    const before = OperationSchema.parse(await (await get(ROOT)).json());
    expect(before.checks).toBeNull();
    expect(before.settings.find(({ name }) => name === 'HTTP_PORT')).toMatchObject({
      value: '9090',
      from: 'MILJOVARIABEL',
    });
    expect(before.policy.every(({ from }) => from === 'STANDARD')).toBe(true);
    expect(before.jobs).toEqual([
      { job: 'deadlines', everyMs: 1_000, ended: '2026-10-07T07:12:00.000Z', failed: null },
    ]);
    const after = OperationSchema.parse(await (await post(`${ROOT}/checks`, {})).json());
    expect(after.checks?.sections[0]?.findings.map(({ level }) => level)).toEqual(['ok', 'fault']);
    expect(OperationSchema.parse(await (await get(ROOT)).json()).checks).toEqual(after.checks);
  });

  test('names no other organisation, shows no secret and nothing like a number of a person', async () => {
    const { get, post } = withCanaries();
    await post(`${ROOT}/checks`, {});
    const said = await (await get(ROOT)).text();
    const file = await get(`${ROOT}/support`);
    const text = await file.text();
    for (const canary of [SECRET, PERSON, SAMPLE]) {
      expect(said).not.toContain(canary);
      expect(text).not.toContain(canary);
    }
    expect(text).toContain('en annen organisasjon.ot.event.consent 3: uventet ***********');
    expect(text).toContain('VAULT_KEY: satt, vises ikke');
    expect(text).toContain(`${ORG}: nr. 12`);
    expect(file.headers.get('content-disposition')).toContain('ot-bridge-stottefil.txt');
    expect(file.headers.get('content-type')).toContain('text/plain');
  });

  test('the checks run once for all who ask meanwhile', async () => {
    let runs = 0;
    const checks = createChecks(
      async () => {
        runs += 1;
        return [];
      },
      () => NOW,
    );
    await Promise.all([checks.run(), checks.run()]);
    expect(runs).toBe(1);
    await checks.run();
    expect(runs).toBe(2);
  });

  test('checks that break leave what was found before', async () => {
    let breaks = false;
    const checks = createChecks(
      async () => {
        if (breaks) throw new Error('the disk is gone');
        return [];
      },
      () => NOW,
    );
    const first = await checks.run();
    breaks = true;
    await expect(checks.run()).rejects.toThrow('the disk is gone');
    expect(checks.last()).toEqual(first);
  });
});

test('ot drift prints the support file, runs the checks when asked, and gives the same as JSON', async () => {
  const { get, post } = withCanaries();
  const ask: Ask = async (path, body) => {
    const response = await (body === undefined ? get(path) : post(path, body));
    return { status: response.status, value: await response.json() };
  };
  const run = (...args: string[]) => COMMANDS.drift?.run(ask, [ORG, ...args]);
  expect(await run()).toContain('Kontroller\n  ikke kjørt ennå');
  const text = await run('--kontroller');
  expect(text).toContain('FEIL   Partisjoner som står');
  expect(text).toContain('Frister som forfaller: 07.10.2026 kl. 09.12');
  expect(JSON.parse((await run('--json')) ?? '')).toMatchObject({ parked: 0, roles: ['consume', 'api'] });
});
