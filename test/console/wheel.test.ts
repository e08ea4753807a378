import { describe, expect, test } from 'vitest';
import { countyNumber } from '../../src/core/organisation.ts';
import { defaultPolicy } from '../../src/core/policy.ts';
import { wheelFor } from '../../src/core/wheel/wheel.ts';
import { testParts } from '../api/parts.ts';
import { BASE, pagesAs } from './rolePages.ts';

describe('Årshjul', () => {
  test('shows every entry of the school year by date, with what is going on now', async () => {
    const page = await pagesAs(testParts(), 'leder').text('/hjul');
    expect(page).toContain('Skoleåret 2026–27');
    const dates = wheelFor('2026-27', defaultPolicy(countyNumber('40')));
    expect(page.match(/<th scope="row">/g)).toHaveLength(dates.length);
    for (const { what } of dates) expect(page).toContain(what);
    expect(page).toContain('Pågår nå');
    expect(page).toContain('Ferdig');
    expect(page).toContain(`${BASE}/arbeidsliste/`);
  });

  test('another year is a link away, and what is no year shows this one and says so', async () => {
    const pages = pagesAs(testParts(), 'leder');
    expect(await pages.text('/hjul?ar=2025-26')).toContain('Skoleåret 2025–26');
    expect(await pages.text('/hjul')).toContain(`${BASE}/hjul?ar=2027-28`);
    const odd = await pages.text('/hjul?ar=1814-99');
    expect(odd).toContain('Det er ikke et skoleår. Her er dette skoleåret.');
    expect(odd).toContain('Skoleåret 2026–27');
  });

  test('a role without worklists gets the dates without links to them', async () => {
    expect(await pagesAs(testParts(), 'inntak').text('/hjul')).not.toContain('/arbeidsliste/');
    expect((await pagesAs(testParts(), 'skole').get('/hjul')).status).toBe(403);
  });
});
