import { describe, expect, test } from 'vitest';
import { shownSettings } from '../../src/config/shownSettings.ts';
import { createChecks } from '../../src/desk/operation/checks.ts';
import { ok, warning } from '../../src/text/findings.ts';
import { installation, NOW, testParts } from '../api/parts.ts';
import { BASE, pagesAs } from './rolePages.ts';

function parts() {
  const findings = [ok('Node', '26'), warning('Minne', '512 MB', 'Gi prosessen minst 1024 MB.')];
  return testParts({
    installation: installation({
      settings: shownSettings({ HTTP_PORT: '9090', VAULT_KEY: 'hemmelig' }),
      checks: createChecks(
        async () => [{ title: 'Maskinen', findings }],
        () => NOW,
      ),
      signedEnds: () => null,
    }),
  });
}

describe('Drift', () => {
  test('shows settings with where they come from, jobs, versions, and no secret', async () => {
    const pages = pagesAs(parts(), 'drift');
    const page = await pages.text('/drift');
    expect(page).toContain('<code>HTTP_PORT</code>');
    expect(page).toContain('<code>9090</code>');
    expect(page).toContain('satt, vises ikke');
    expect(page).not.toContain('hemmelig<');
    expect(page).toContain('Frister som forfaller');
    expect(page).toContain('Kontrollene er ikke kjørt siden prosessen startet.');
    expect(page).toContain('Kjedene signeres ikke her.');
    expect(await pages.text('/drift', { cookie: 'ot-sprak=nn' })).toContain('Fristar som forfell');
  });

  test('what is long has a page of its own, and the page is under 15 kB', async () => {
    const pages = pagesAs(parts(), 'drift');
    const page = await pages.text('/drift');
    expect(Buffer.byteLength(page)).toBeLessThan(15_000);
    for (const [part, holds] of [
      ['stottefil', 'HTTP_PORT: 9090'],
      ['variabler', '<code>LANE_PROCESSES</code>'],
      ['valg', 'standardverdi'],
    ] as const) {
      expect(page).toContain(`?vis=${part}"`);
      const alone = await pages.text(`/drift?vis=${part}`);
      expect(alone).toContain(holds);
      expect(alone).toContain(`<a href="${BASE}/drift">Tilbake til Drift</a>`);
    }
    expect(await pages.text('/drift?vis=annet')).toContain('Frister som forfaller');
  });

  test('the checks run by a button, and what is to be mended comes first', async () => {
    const pages = pagesAs(parts(), 'drift');
    const sent = await pages.post('/drift/kontroller', {}, '/drift');
    expect(sent.status).toBe(303);
    expect(sent.headers.get('location')).toBe(`${BASE}/drift#tittel`);
    const page = await pages.text('/drift');
    expect(page).toContain('2 kontroller: 1 å se på, 0 feil.');
    expect(page.indexOf('Gi prosessen minst 1024 MB.')).toBeLessThan(page.indexOf('Alle kontrollene'));
  });

  test('the support file is a file without what the page hides', async () => {
    const answer = await pagesAs(parts(), 'drift').get('/drift/stottefil');
    expect(answer.headers.get('content-disposition')).toContain('attachment');
    const text = await answer.text();
    expect(text).toContain('HTTP_PORT: 9090');
    expect(text).toContain('VAULT_KEY: satt, vises ikke');
  });

  test('is for operations alone, and in no other menu', async () => {
    for (const role of ['skole', 'leder', 'radgiver', 'personvern', 'nav'] as const) {
      const pages = pagesAs(parts(), role);
      expect((await pages.get('/drift')).status).toBe(403);
      expect((await pages.get('/drift/stottefil')).status).toBe(403);
      expect(await pages.text('/')).not.toContain(`href="${BASE}/drift"`);
    }
  });
});
