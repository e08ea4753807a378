import { expect } from 'vitest';
import { person } from './cast.ts';
import type { Scenarios } from './scenario.ts';

const P01 = person('P01');
const NUMBER = P01.fodselsnummer;

const dropout = (more: object = {}) => ({
  id: 'avbrudd-1',
  type: 'avbrudd',
  ...P01,
  skolenummer: '40014',
  avbruddsdato: '2026-10-06',
  avbruddsarsak: 'FV',
  ...more,
});

export const SCHOOL: Scenarios = {
  'S01 a minor who leaves gets one tilmelding and one alert, without phone, address or reason': async (
    play,
  ) => {
    const stage = await play({ county: '40' });
    try {
      await stage.tell('2026-10-07T07:12:00.000Z', 'school-dropout', dropout());
      expect(await stage.registrations(NUMBER)).toEqual(['AVBRUTT OTUK 2026-27 40']);
      expect(await stage.open(NUMBER)).toEqual(['NY_TILMELDING']);
      const alert = await stage.alert(NUMBER, 'NY_TILMELDING');
      expect(alert).toMatchObject({ minor: 'JA', timeBand: 'A', effective: '2026-10-06', rule: 'R01' });
      const published = JSON.stringify(await stage.out('alert'));
      expect(published).not.toMatch(/40014|FV|14830989960/);
    } finally {
      await stage.stop();
    }
  },
};
