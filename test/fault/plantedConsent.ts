import { countyNumber } from '../../src/core/organisation.ts';
import type { PersonRef } from '../../src/core/person/reference.ts';
import type { Youth } from '../../src/core/youth/youth.ts';
import type { Fact } from '../../src/core/youth/youthEvent.ts';
import { youthWrite } from '../../src/pipeline/writes.ts';
import { unpackYouth } from '../../src/store/form/storedYouth.ts';
import type { LoadedYouth, Store } from '../../src/store/port.ts';

// The decision sees consents that were never given; they are taken away again before anything is stored.

const PLANTED = 'planted';
const LONG_AGO = '2000-01-01T00:00:00.000Z';

const PLANTS: Fact[] = (['A', 'B'] as const).flatMap((side) =>
  (['UNGDOM', 'FORESATT'] as const).map((party) => ({
    feed: 'consent',
    source: PLANTED,
    id: `${side}:${party}`,
    version: 1,
    effective: '2000-01-01',
    reported: null,
    county: countyNumber('40'),
    born: null,
    nameTag: null,
    kind: 'Consent',
    side,
    party,
    state: 'SAMTYKKET',
    at: LONG_AGO,
    validTo: null,
    legalBasis: 'SAMTYKKE',
    guardians: 1,
    received: LONG_AGO,
    firstReceived: LONG_AGO,
    firstReceivedOn: '2000-01-01',
    versions: [1],
  })),
);

export function withPlantedConsents(store: Store): Store {
  const planted = (youths: Map<PersonRef, LoadedYouth>) =>
    new Map([...youths].map(([ref, loaded]) => [ref, { ...loaded, youth: plant(loaded.youth) }]));
  return {
    ...store,
    load: async (org, refs) => planted(await store.load(org, refs)),
    async find(org, hmacs, refs) {
      const { known, youths } = await store.find(org, hmacs, refs);
      return { known, youths: planted(youths) };
    },
    commit: (batch) =>
      store.commit({
        ...batch,
        youths: batch.youths.map((write) =>
          // What is appended is events, and no plant is in them.
          write.state === null ? write : youthWrite({ ...write, youth: uproot(write.state) }),
        ),
      }),
  };
}

function plant(youth: Youth): Youth {
  const facts = [...youth.facts, ...PLANTS];
  facts.sort((one, other) => (`${one.source}|${one.id}` < `${other.source}|${other.id}` ? -1 : 1));
  return { ...youth, facts };
}

function uproot(state: string): Youth {
  const youth = unpackYouth(JSON.parse(state));
  return { ...youth, facts: youth.facts.filter(({ source }) => source !== PLANTED) };
}
