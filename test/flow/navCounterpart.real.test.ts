import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLocalIssuer } from '../../src/local/login/localIssuer.ts';
import { dropout } from '../harness/feedRecords.ts';
import { bothSides, consent } from '../harness/navMonth.ts';
import { type RealPipeline, startRealPipeline } from '../harness/realPipeline.ts';
import { crowd } from '../harness/schoolDropouts.ts';

// NAV as a process of its own, with a token of its own, against the bridge as it runs.

const OT = fileURLToPath(new URL('../../src/cli/ot.mjs', import.meta.url));
const GIVEN = '2026-10-05T08:00:00.000Z';

describe('NAV’s counterpart', () => {
  let pipeline: RealPipeline;
  const youths = crowd(31, 9);
  const [withoutB, withoutA, withdraws] = youths;

  beforeAll(async () => {
    pipeline = await startRealPipeline({ clock: '2026-10-01T06:00:00.000Z' });
    await pipeline.restart({ localIssuer: createLocalIssuer });
    await pipeline.moveClock('2026-10-05T09:00:00.000Z');
    await pipeline.submit(
      'school-dropout',
      youths.map((who) => dropout(who, '2026-10-01', { skolenummer: '40014' })),
    );
    const said = youths.flatMap((who) => {
      if (who === withoutA) return [consent(who, 'B', 'SAMTYKKET', GIVEN)];
      return who === withoutB ? [consent(who, 'A', 'SAMTYKKET', GIVEN)] : bothSides(who, GIVEN);
    });
    await pipeline.submit('consent', said);
  });
  afterAll(() => pipeline?.stop());

  async function nav(month: string, ...more: string[]): Promise<string> {
    const { url } = pipeline.current();
    const env = { PATH: process.env.PATH, HOME: process.env.HOME, OT_BRIDGE_URL: url ?? '' };
    const args = [OT, 'nav', 'motpart', pipeline.org, month, ...more];
    const { stdout } = await promisify(execFile)(process.execPath, args, { env });
    await pipeline.listsSettled();
    return stdout;
  }
  const alerts = async () =>
    (await pipeline.out('alert'))
      .map(({ decoded }) => decoded)
      .filter(({ kind }) => kind === 'KJENT_HOS_NAV')
      .map(({ state }) => state);

  test('a whole month: it fetches those it is asked about, answers, and only what both consents cover is published', async () => {
    await pipeline.moveClock('2026-11-02T08:00:00.000Z');
    await pipeline.extract('2026-11');
    const at = '2026-11-02T09:00:00.000Z';
    await pipeline.moveClock(at);
    await pipeline.submit('consent', consent(withdraws!, 'A', 'TRUKKET', at));
    const screen = await nav('2026-11', '--fro', '7');
    expect(screen).toContain('Hentet 7 av 8 fra B-2026-11; 1 er trukket.');
    expect(screen).toContain('B-2026-11: Leveransen er brukt: 7 svar.');
    expect(screen).toContain('7 er besvart, og 0 venter på svar.');
    const known = (await alerts()).length;
    expect(known).toBeGreaterThan(0);
    expect(known).toBeLessThan(7);
    for (const who of [withoutB, withoutA, withdraws])
      expect(await pipeline.openAlerts(who!.fodselsnummer)).not.toContain('KJENT_HOS_NAV');
    // The same once more, under the next letter and twice: nothing new.
    expect(await nav('2026-11', '--fro', '7', '--leveranse', 'b', '--hvordan', 'to-ganger')).toContain(
      'B-2026-11c: Leveransen er brukt: 0 svar.',
    );
    expect(await alerts()).toHaveLength(known);
  });

  test('a month that lacks answers, and one with a stranger: nothing is used, and its own screen says why', async () => {
    const before = await alerts();
    await pipeline.moveClock('2026-12-01T08:00:00.000Z');
    await pipeline.extract('2026-12');
    expect(await nav('2026-12', '--hvordan', 'delvis')).toMatch(
      /holdt tilbake: 3 som NAV er spurt om, mangler/,
    );
    await pipeline.moveClock('2027-01-04T08:00:00.000Z');
    await pipeline.extract('2027-01');
    expect(await nav('2027-01', '--hvordan', 'fremmed')).toMatch(
      /1 rad gjelder personer NAV ikke er spurt om/,
    );
    expect(await alerts()).toEqual(before);
    const logged = pipeline.logLines.join('\n');
    for (const { fodselsnummer } of youths) expect(logged).not.toContain(fodselsnummer);
    expect(logged).not.toMatch(/pw_[a-z2-7]{26}|"08\d1"/);
  });

  test('a month that is answered after the next: it is kept, and nothing of it is published', async () => {
    await pipeline.moveClock('2027-02-01T08:00:00.000Z');
    await pipeline.extract('2027-02');
    await pipeline.moveClock('2027-03-01T08:00:00.000Z');
    await pipeline.extract('2027-03');
    // The newer month is answered with a yes for some, and the older with a yes for others.
    const screen = await nav('2027-02', '--hvordan', 'sen', '--fro', '3');
    const lines = screen.split('\n').filter((line) => line.includes('Leveransen er brukt'));
    expect(lines).toEqual([
      'B-2027-03: Leveransen er brukt: 7 svar.',
      expect.stringMatching(
        /^B-2027-02: Leveransen er brukt: 7 svar\. Den kom etter svar for en nyere måned/,
      ),
    ]);
    // Alerts follow from what the newer month says, and from nothing else.
    const since = (await pipeline.out('alert')).filter(
      ({ decoded: { kind, effective } }) => kind === 'KJENT_HOS_NAV' && effective === '2027-02-01',
    );
    expect(since).toEqual([]);
    expect(await pipeline.json('nav/batches/B-2027-02')).toMatchObject({ answered: 7, open: 0 });
  });

  test('a token of another than the agreement’s party gets nothing, and one without the scope is refused', async () => {
    const { url } = pipeline.current();
    const token = async (consumer: string, scope: string) => {
      const body = new URLSearchParams({ consumer, scope });
      const answer = await fetch(`${url}/lokal-innlogging/token`, { method: 'POST', body });
      return ((await answer.json()) as { access_token: string }).access_token;
    };
    const rows = async (bearer: string) => {
      const path = `${url}/organisations/${pipeline.org}/nav/batches/B-2026-11/rows`;
      const answer = await fetch(path, { headers: { authorization: `Bearer ${bearer}` } });
      return { status: answer.status, text: await answer.text() };
    };
    const stranger = await rows(await token('974760673', 'otbridge:ot/nav.read'));
    expect(stranger.status).toBe(409);
    expect(stranger.text).toContain('NAV_NO_AGREEMENT');
    expect((await rows(await token('889640782', 'otbridge:ot/registrations.read'))).status).toBe(403);
  });
});
