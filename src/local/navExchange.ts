import { setTimeout as sleep } from 'node:timers/promises';
import type { Bridge } from '../bridge/bridge.ts';
import type { MachinePrincipal, OrganisationNumber } from '../core/access/principal.ts';
import type { AuditEntry } from '../core/audit/entry.ts';
import type { Agreement } from '../core/nav/agreement.ts';
import type { Organisation } from '../core/organisation.ts';
import { type IsoInstant, instantOf } from '../core/time/date.ts';
import { askForList, fetchRows, manifestOf } from '../desk/nav/batches.ts';
import type { NavExchange } from './sample/player.ts';
import { SAMPLE_ORG, VESTFOLD_OG_TELEMARK } from './sample/target.ts';

const NAV = '889640782' as OrganisationNumber;
/** «Avtalen fornyast kvart tredje år.» */
const AGREEMENT: Omit<Agreement, 'revoked'> = {
  id: '6b1f0a52-6f0e-4c5d-9a41-2f6f4ad0c038',
  org: SAMPLE_ORG,
  party: NAV,
  purpose: 'NAV_UTVEKSLING',
  legalBasis: 'SAMTYKKE',
  from: '2020-01-01',
  to: '2022-12-31',
  reference: '20/00417',
  registeredBy: 'eksempelfylket',
  reason: 'Avtalen fornyes hvert tredje år.',
};
const AS_NAV: MachinePrincipal = {
  ...{ kind: 'machine', name: `0192:${NAV}`, key: `0192:${NAV}`, consumer: NAV, supplier: null },
  ...{ clientId: null, tokenId: null, scopes: new Set(['ot/nav.read']), grants: [] },
};
/** The sample county. */
export const COUNTY: Organisation = {
  ...{ id: SAMPLE_ORG, county: VESTFOLD_OG_TELEMARK.county, virtualClock: true },
};
const PAGE = 1_000;
const LOOK_MS = 50;

/** The exchange of the sample county with NAV: the lists are made by the bridge's own job, and fetched as NAV fetches them. */
export function sampleExchange({ nav, operations, audit, awaitIdle }: Bridge): NavExchange {
  return {
    async makeList(month) {
      await nav.nav.registerAgreement(AGREEMENT);
      let { id, state } = await askForList(nav, COUNTY, { month, by: AGREEMENT.registeredBy });
      while (state === 'making') {
        await sleep(LOOK_MS);
        ({ state } = await manifestOf(nav, COUNTY, id));
      }
    },
    async fetchList(month) {
      const batch = `B-${month}`;
      const found: { matchId: string; fodselsnummer: string }[] = [];
      for (let after: string | null = ''; after !== null; ) {
        const { rows, refs, next } = await fetchRows(nav, COUNTY, AS_NAV, { batch, after, limit: PAGE });
        await audit.append([{ chain: SAMPLE_ORG, entry: disclosure(batch, refs, instantOf(nav.now())) }]);
        found.push(...rows);
        after = next;
      }
      return found;
    },
    async judged() {
      await awaitIdle(SAMPLE_ORG);
      while ((await operations.completeLists()).some(({ org }) => org === SAMPLE_ORG)) await sleep(LOOK_MS);
      await awaitIdle(SAMPLE_ORG);
    },
  };
}

/** As the API would have it on record. */
function disclosure(batch: string, subjects: readonly string[], at: IsoInstant): AuditEntry {
  const { kind, name: who, key } = AS_NAV;
  return {
    ...{ at, kind, who, key, capacity: 'ot/nav.read', supplier: null, client: null, token: null },
    ...{ access: 'nav:fetch', operation: 'GET /organisations/{org}/nav/batches/{batch}/rows' },
    ...{ purpose: 'NAV_UTVEKSLING', item: `batch:${batch}`, outcome: 'OK', times: 1, subjects, trace: null },
  };
}
