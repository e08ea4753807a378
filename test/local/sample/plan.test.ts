import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { TILMELDINGSKODER } from '../../../src/core/report/stock.ts';
import type { YouthPlan } from '../../../src/local/sample/plan.ts';
import { sampleYear } from '../../../src/local/sample/population.ts';
import {
  DATE_INDEXES,
  MAIN_GROUPS,
  VESTFOLD_OG_TELEMARK as target,
} from '../../../src/local/sample/target.ts';

const PUBLISHED = new URL('../../../../shared/domain/data/vtfk-2020-21.json', import.meta.url);
const year = sampleYear();

describe('the plan of the sample year', () => {
  test.each([2, 20_210_615, 4_000_000_000])('seed %d gives every cell of both tables', (seed) => {
    const { plans } = sampleYear(seed);
    for (const date of DATE_INDEXES) {
      const current = plans.flatMap((plan) => plan.cells[date] ?? []);
      expect(current.length).toBe(target.total[date]);
      for (const kode of TILMELDINGSKODER) {
        expect(current.filter(({ tilmelding }) => tilmelding === kode).length, kode).toBe(
          target.tilmelding[kode][date],
        );
      }
      for (const cell of MAIN_GROUPS) {
        expect(current.filter(({ group }) => group === cell).length, cell).toBe(target.groups[cell][date]);
      }
    }
  });

  test('TAKKET_NEI falls by re-coding and by annulment, not by leaving people out', () => {
    const [november, february] = [before(year.plans, 0), before(year.plans, 1)];
    expect(november.recoded).toBeGreaterThan(0);
    expect(february.recoded).toBeGreaterThan(0);
    expect(november.annulled).toBeGreaterThan(0);
    expect(february.annulled).toBeGreaterThan(0);
  });

  test('no youth comes back to OTUK, and only those without contact are annulled', () => {
    for (const plan of year.plans) {
      const groups = plan.cells.map((current) => current?.group ?? null);
      const left = groups.findIndex((group) => group !== null && group !== '1');
      if (left >= 0) expect(groups.slice(left)).not.toContain('1');
      if (plan.annulledBefore !== null) expect(groups[plan.annulledBefore - 1]).toBe('1');
    }
  });

  test.runIf(existsSync(PUBLISHED))('the target is the published table', () => {
    const data = JSON.parse(readFileSync(PUBLISHED, 'utf8'));
    expect(target.tilmelding).toEqual(data.tabell1.rader);
    expect(target.groups).toEqual({ ...data.tabell2.rader, '5': data.tabell2.utenfor5 });
    expect(target.targetGroup).toEqual(data.tabell2.maalgruppe);
    expect(target.total).toEqual(data.tabell1.sum);
    expect(target.referenceDates).toEqual(data.tabell1.datoer);
    expect(target.everOtov).toBe(data.andre.OTOV_minst_en_gang);
    expect(target.everOwnOffer).toBe(data.andre.egneTilbud_OTOA_OTKO);
  });
});

/** What becomes of those who declined a place, from a reference date to the next. */
function before(plans: readonly YouthPlan[], date: 0 | 1): { recoded: number; annulled: number } {
  const declined = plans.filter((plan) => plan.cells[date]?.tilmelding === 'TAKKET_NEI');
  const next = (plan: YouthPlan) => plan.cells[date === 0 ? 1 : 2];
  return {
    recoded: declined.filter((plan) => next(plan) && next(plan)?.tilmelding !== 'TAKKET_NEI').length,
    annulled: declined.filter((plan) => next(plan) === null).length,
  };
}
