import { describe, expect, test } from 'vitest';
import type { AgreementTerm } from '../../../src/core/nav/agreement.ts';
import type { Organisation } from '../../../src/core/organisation.ts';
import { alertPage } from '../../../src/desk/alerts/alerts.ts';
import { disclosedQueries } from '../../../src/desk/reach/disclosedQueries.ts';
import { youthAsKnown } from '../../../src/desk/youths/asKnown.ts';
import type { LoadedYouth } from '../../../src/store/port.ts';
import type { Queries } from '../../../src/store/queriesPort.ts';
import { dropout } from '../../harness/feedRecords.ts';
import { createTestPipeline } from '../../harness/memoryPipeline.ts';
import { bothSides } from '../../harness/navMonth.ts';
import { AGREED, AGREEMENT, participation, uuid } from '../../harness/navRegisters.ts';
import { type Person, person } from '../../harness/persons.ts';

const NOW = '2026-11-10T08:00:00.000Z';
const SAID = '2026-11-03T08:00:00.000Z';
const ALL: Person[] = (['P02', 'P10', 'P14', 'P15', 'P20'] as const).map((id) => person(id));

/** All of them are in OT and in a measure at NAV, which their consents name. */
async function inMeasures() {
  const pipeline = await createTestPipeline({ county: '40' });
  const { policy, org } = pipeline;
  for (const [at, who] of ALL.entries())
    await pipeline.send('school-dropout', [dropout(who, '2026-10-01', { id: `slutt-${at}` })], {
      at: '2026-10-07T08:00:00.000Z',
    });
  for (const who of ALL)
    await pipeline.send('consent', bothSides(who, AGREED, { omfang: ['TILTAK'] }), {
      at: '2026-10-07T09:00:00.000Z',
    });
  await pipeline.settle();
  for (const who of ALL)
    await pipeline.send('nav-deltaker', [participation(who, { id: uuid(who, 1) })], { at: SAID });
  await pipeline.settle();
  const organisation: Organisation = { id: org, county: policy.county, virtualClock: false };
  return {
    ...pipeline,
    organisation,
    /** As it is read with these agreements. */
    read: (agreements: readonly AgreementTerm[], queries: Queries = pipeline.store) =>
      disclosedQueries(queries, async () => ({ agreements, policy, at: NOW })),
    desk: (queries: Queries) => ({
      queries,
      operations: pipeline.store,
      policyOf: () => policy,
      now: () => Date.parse(NOW),
    }),
  };
}

describe('what is read while no agreement with NAV holds', () => {
  test('a youth as it was known then is known without it now, and its history has no trace', async () => {
    const { read, desk, organisation, youth } = await inMeasures();
    const ref = (await youth(ALL[0]!.fodselsnummer))!.ref;
    const asked = { ref, masked: false, at: '2026-11-05T08:00:00.000Z' };
    const shown = JSON.stringify(await youthAsKnown(desk(read([AGREEMENT])), organisation, asked));
    expect(shown).toMatch(/STATUS_FORSLAG.*OTAP/);
    expect(shown).toContain('NavRegister');
    const hidden = JSON.stringify(await youthAsKnown(desk(read([])), organisation, asked));
    expect(hidden).toContain('NY_TILMELDING');
    expect(hidden).not.toMatch(/STATUS_FORSLAG|OTAP|NavRegister|nav-deltaker/);
  });

  test('pages of alerts are as full as before, and every other alert is in one of them', async () => {
    const { read, desk, organisation } = await inMeasures();
    const pages = async (agreements: readonly AgreementTerm[], limit: number) => {
      const kinds: string[][] = [];
      for (let after: string | undefined; ; ) {
        const page = await alertPage(desk(read(agreements)), organisation, { limit, after, masked: false });
        kinds.push(page.alerts.map(({ alert }) => alert.kind));
        if (page.next === null) return kinds;
        after = page.next;
      }
    };
    for (const limit of [1, 2, 3, 50]) {
      const all = (await pages([AGREEMENT], limit)).flat();
      const left = await pages([], limit);
      expect(all.filter((kind) => kind === 'STATUS_FORSLAG')).toHaveLength(ALL.length);
      expect(left.flat()).toEqual(all.filter((kind) => kind !== 'STATUS_FORSLAG'));
      for (const page of left.slice(0, -1)) expect(page).toHaveLength(limit);
    }
  });

  test('a youth that cannot be read is handed on unread, with nothing of NAV’s from its history', async () => {
    const { read, store, org, youth } = await inMeasures();
    const { ref } = (await youth(ALL[0]!.fodselsnummer))!;
    const broken = (loaded: LoadedYouth): LoadedYouth => ({
      ...{ ref: loaded.ref, version: loaded.version, mergedInto: null, parked: false, last: null, tail: 0 },
      get youth(): never {
        throw new Error('stored in another way');
      },
    });
    const queries: Queries = {
      ...store,
      async youth(...asked) {
        const loaded = await store.youth(...asked);
        return loaded && broken(loaded);
      },
    };
    const reading = read([AGREEMENT], queries);
    const loaded = (await reading.youth(org, ref))!;
    expect([loaded.ref, loaded.version > 0]).toEqual([ref, true]);
    expect(() => loaded.youth).toThrow();
    const events = (await reading.history(org, ref)).flatMap((record) => record.events);
    expect(JSON.stringify(events)).toContain('NY_TILMELDING');
    expect(JSON.stringify(events)).not.toMatch(/STATUS_FORSLAG|NavRegister|DELTAR/);
  });
});
