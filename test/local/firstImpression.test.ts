import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { countyNumber, orgId } from '../../src/core/organisation.ts';
import { firstAlert } from '../../src/local/firstAlert.ts';
import { welcome } from '../../src/local/welcome.ts';
import type { ShownAlert } from '../../src/text/alertLines.ts';

const ALERT: ShownAlert = {
  ref: 'r1',
  recorded: '2020-03-02T08:00:00.000Z',
  alert: {
    kind: 'NY_TILMELDING',
    category: 'VARSEL',
    rule: 'R01',
    reason: 'Fordi.',
    owner: '38200',
    proposed: [],
    viaOt: null,
    effective: '2020-03-01',
    deadlines: [],
  },
};

describe('the first alert', () => {
  test('is shown as soon as there is one', async () => {
    let asked = 0;
    const ask = async () => (++asked < 3 ? [] : [ALERT, { ...ALERT, ref: 'r2' }]);
    const shown = await firstAlert(ask, new AbortController().signal);
    expect(asked).toBe(3);
    expect(shown).toContain('VARSEL 02.03.2020 · Ny tilmelding');
    expect(shown).not.toContain('r2');
  });

  test('is not waited for when all is played', async () => {
    const off = new AbortController();
    const waiting = firstAlert(async () => [], off.signal);
    off.abort();
    expect(await waiting).toBeUndefined();
  });
});

describe('the hints of the start', () => {
  const organisations = [{ id: orgId('telemarkfylke-no'), county: countyNumber('40'), virtualClock: false }];
  const URL = 'http://127.0.0.1:8123';

  test('name the port in use, and a command that finds it', () => {
    const text = welcome({ organisations, dataDir: resolve('.data') }, URL, true);
    expect(text).toContain(`  ${URL}/ `);
    expect(text).toContain(`  ${URL}/k/ `);
    expect(text).toContain(`curl -s ${URL}/organisations/telemarkfylke-no/alerts`);
    expect(text).toContain('  npm run ot -- tabeller ');
    expect(text).not.toContain('8080');
  });

  test('name the bridge where its data lie elsewhere', () => {
    const text = welcome({ organisations, dataDir: '/tmp/annet' }, URL, true);
    expect(text).toContain(`  OT_BRIDGE_URL=${URL} npm run ot -- tabeller `);
  });

  test('hold no sample with real parts, and no address where none answers', () => {
    expect(welcome({ organisations, dataDir: '/tmp/annet' }, URL, false)).not.toMatch(/eksempel|Loggen/);
    expect(welcome({ organisations, dataDir: '/tmp/annet' }, null, true)).not.toMatch(/http|npm run ot/);
  });
});
