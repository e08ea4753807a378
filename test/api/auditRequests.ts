import { randomUUID } from 'node:crypto';
import type { PersonRef } from '../../src/core/person/reference.ts';
import { dropout, ORG, PERSON, SAMPLE } from './parts.ts';

export const ROOT = `/organisations/${ORG}`;
export const REASON = { reason: 'Feilen er rettet.' };
export const AGREED = { reason: 'Etter avtale.', to: '2027-08-01T00:00:00Z' };

const BULK = {
  filter: { list: 'no-contact' },
  act: { type: 'contact', date: '2026-10-06', channel: 'BREV' },
};

/** A youth with an alert, something in quarantine and something parked. */
export interface Seed {
  ref: PersonRef;
  item: string;
  discarded: string;
}

/** Of all but what follows. */
const EACH: Record<string, (seed: Seed) => [path: string, body?: unknown]> = {
  'GET /internal/lanes': () => ['/internal/lanes'],
  'GET /organisations/{org}/access': () => [`${ROOT}/access`],
  'GET /organisations/{org}/alerts': () => [`${ROOT}/alerts`],
  'GET /organisations/{org}/alerts/{id}': () => [`${ROOT}/alerts/none`],
  'GET /organisations/{org}/alerts/{id}/why': () => [`${ROOT}/alerts/none/why`],
  'GET /organisations/{org}/fint/utdanning/kodeverk/otenhet': () => [
    `${ROOT}/fint/utdanning/kodeverk/otenhet`,
  ],
  'GET /organisations/{org}/fint/utdanning/kodeverk/otenhet/systemid/{id}': () => [
    `${ROOT}/fint/utdanning/kodeverk/otenhet/systemid/40200`,
  ],
  'GET /organisations/{org}/fint/utdanning/kodeverk/otstatus': () => [
    `${ROOT}/fint/utdanning/kodeverk/otstatus`,
  ],
  'GET /organisations/{org}/fint/utdanning/kodeverk/otstatus/systemid/{id}': () => [
    `${ROOT}/fint/utdanning/kodeverk/otstatus/systemid/OTUK`,
  ],
  'GET /organisations/{org}/fint/utdanning/ot/otungdom': () => [`${ROOT}/fint/utdanning/ot/otungdom`],
  'GET /organisations/{org}/fint/utdanning/ot/otungdom/cache/size': () => [
    `${ROOT}/fint/utdanning/ot/otungdom/cache/size`,
  ],
  'GET /organisations/{org}/fint/utdanning/ot/otungdom/last-updated': () => [
    `${ROOT}/fint/utdanning/ot/otungdom/last-updated`,
  ],
  'GET /organisations/{org}/fint/utdanning/ot/otungdom/systemid/{id}': ({ ref }) => [
    `${ROOT}/fint/utdanning/ot/otungdom/systemid/${ref}`,
  ],
  'GET /organisations/{org}/bulk-jobs': () => [`${ROOT}/bulk-jobs`],
  'GET /organisations/{org}/bulk-jobs/{id}': () => [`${ROOT}/bulk-jobs/${randomUUID()}`],
  'GET /organisations/{org}/bulk-jobs/{id}/failures': () => [`${ROOT}/bulk-jobs/${randomUUID()}/failures`],
  'GET /organisations/{org}/bulk-jobs/{id}/left-out': () => [`${ROOT}/bulk-jobs/${randomUUID()}/left-out`],
  'GET /organisations/{org}/bulk-jobs/{id}/newcomers': () => [`${ROOT}/bulk-jobs/${randomUUID()}/newcomers`],
  'POST /organisations/{org}/bulk-jobs/preview': () => [`${ROOT}/bulk-jobs/preview`, BULK],
  'POST /organisations/{org}/bulk-jobs': () => [
    `${ROOT}/bulk-jobs`,
    { ...BULK, ...REASON, position: 'x', youths: 1 },
  ],
  'POST /organisations/{org}/bulk-jobs/{id}/start': () => [`${ROOT}/bulk-jobs/${randomUUID()}/start`, {}],
  'POST /organisations/{org}/bulk-jobs/{id}/stop': () => [`${ROOT}/bulk-jobs/${randomUUID()}/stop`, {}],
  'GET /organisations/{org}/letters/{id}': () => [`${ROOT}/letters/W24?schoolYear=2026-27`],
  'GET /organisations/{org}/lists': () => [`${ROOT}/lists`],
  'GET /organisations/{org}/lists/{list}/{run}': () => [`${ROOT}/lists/laktiv/night`],
  'GET /organisations/{org}/parked': () => [`${ROOT}/parked`],
  'GET /organisations/{org}/quarantine': () => [`${ROOT}/quarantine`],
  'GET /organisations/{org}/quarantine/groups': () => [`${ROOT}/quarantine/groups`],
  'GET /organisations/{org}/quarantine/acts/{id}': () => [`${ROOT}/quarantine/acts/${randomUUID()}`],
  'GET /organisations/{org}/parked/groups': () => [`${ROOT}/parked/groups`],
  'GET /organisations/{org}/quarantine/{id}': ({ item }) => [`${ROOT}/quarantine/${item}`],
  'GET /organisations/{org}/receipts': () => [`${ROOT}/receipts`],
  'GET /organisations/{org}/receipts/{id}': () => [`${ROOT}/receipts/${randomUUID()}`],
  'GET /organisations/{org}/receipts/{id}/rows/{row}': () => [`${ROOT}/receipts/${randomUUID()}/rows/1`],
  'GET /organisations/{org}/reports/{date}/{report}': () => [`${ROOT}/reports/2026-10-07/overrides`],
  'GET /organisations/{org}/reports/{referenceDate}': () => [`${ROOT}/reports/2026-11-15`],
  'GET /organisations/{org}/wheel/{schoolYear}': () => [`${ROOT}/wheel/2026-27`],
  'GET /organisations/{org}/rules': () => [`${ROOT}/rules`],
  'GET /organisations/{org}/rules/{rule}': () => [`${ROOT}/rules/R27`],
  'GET /organisations/{org}/codelists': () => [`${ROOT}/codelists`],
  'GET /organisations/{org}/codelists/{list}': () => [`${ROOT}/codelists/OT-2016-07`],
  'GET /organisations/{org}/operation': () => [`${ROOT}/operation`],
  'GET /organisations/{org}/operation/support': () => [`${ROOT}/operation/support`],
  'POST /organisations/{org}/operation/checks': () => [`${ROOT}/operation/checks`, {}],
  'GET /organisations/{org}/flow': () => [`${ROOT}/flow`],
  'GET /organisations/{org}/worklists': () => [`${ROOT}/worklists`],
  'GET /organisations/{org}/vigo/status': () => [`${ROOT}/vigo/status`],
  'GET /organisations/{org}/nav/disclosures': () => [`${ROOT}/nav/disclosures`],
  'GET /organisations/{org}/nav/deliveries': () => [`${ROOT}/nav/deliveries`],
  'GET /organisations/{org}/nav/agreements': () => [`${ROOT}/nav/agreements`],
  'GET /organisations/{org}/nav/batches': () => [`${ROOT}/nav/batches`],
  'GET /organisations/{org}/nav/batches/{batch}': () => [`${ROOT}/nav/batches/B-2026-10`],
  'GET /organisations/{org}/nav/batches/{batch}/rows': () => [`${ROOT}/nav/batches/B-2026-10/rows`],
  'GET /organisations/{org}/nav/batches/{batch}/withdrawals': () => [
    `${ROOT}/nav/batches/B-2026-10/withdrawals`,
  ],
  'POST /organisations/{org}/nav/agreements': () => [
    `${ROOT}/nav/agreements`,
    {
      ...{ party: '889640782', purpose: 'NAV_UTVEKSLING', legalBasis: 'SAMTYKKE', reference: '24/01234' },
      ...{ from: '2024-01-01', to: '2027-01-31', ...REASON },
    },
  ],
  'POST /organisations/{org}/nav/agreements/{id}/approve': () => [
    `${ROOT}/nav/agreements/${randomUUID()}/approve`,
    {},
  ],
  'POST /organisations/{org}/nav/agreements/{id}/turn-down': () => [
    `${ROOT}/nav/agreements/${randomUUID()}/turn-down`,
    {},
  ],
  'POST /organisations/{org}/nav/agreements/{id}/revoke': () => [
    `${ROOT}/nav/agreements/${randomUUID()}/revoke`,
    REASON,
  ],
  'POST /organisations/{org}/nav/extracts': () => [`${ROOT}/nav/extracts`, { month: '2026-10' }],
  'POST /organisations/{org}/fint/full': () => [`${ROOT}/fint/full`, {}],
  'POST /organisations/{org}/vigo/files': () => [`${ROOT}/vigo/files`, {}],
  'GET /organisations/{org}/vigo/files/{file}': () => [`${ROOT}/vigo/files/${randomUUID()}`],
  'POST /organisations/{org}/vigo/files/{file}/withdraw': () => [
    `${ROOT}/vigo/files/${randomUUID()}/withdraw`,
    {},
  ],
  'POST /organisations/{org}/vigo/receipts': () => [`${ROOT}/vigo/receipts`, { content: 'x' }],
  'GET /organisations/{org}/worklists/{id}': () => [`${ROOT}/worklists/no-contact`],
  'GET /organisations/{org}/youths/{ref}': ({ ref }) => [`${ROOT}/youths/${ref}`],
  'GET /organisations/{org}/youths/{ref}/as-known': ({ ref }) => [
    `${ROOT}/youths/${ref}/as-known?at=2026-10-01T00:00:00Z`,
  ],
  'POST /organisations/{org}/youths/{ref}/reports': ({ ref }) => [
    `${ROOT}/youths/${ref}/reports`,
    { type: 'kontaktforsok', dato: '2026-10-06', kanal: 'TELEFON', besvart: false },
  ],
  'GET /organisations/{org}/youths/{ref}/history': ({ ref }) => [`${ROOT}/youths/${ref}/history`],
  'GET /organisations/{org}/youths/{ref}/identity-lookups': ({ ref }) => [
    `${ROOT}/youths/${ref}/identity-lookups`,
  ],
  'GET /organisations/{org}/youths/{ref}/disclosures': ({ ref }) => [`${ROOT}/youths/${ref}/disclosures`],
  'GET /organisations/{org}/log-controls': () => [`${ROOT}/log-controls`],
  'GET /organisations/{org}/log-controls/{week}': () => [`${ROOT}/log-controls/2026-09-28`],
  'GET /organisations/{org}/log-controls/{week}/lines': () => [`${ROOT}/log-controls/2026-09-28/lines`],
  'POST /organisations/{org}/log-controls/{week}/sign': () => [
    `${ROOT}/log-controls/2026-09-28/sign`,
    { found: 'INGEN_AVVIK' },
  ],
  'GET /organisations/{org}/youths/{ref}/seen-by': ({ ref }) => [`${ROOT}/youths/${ref}/seen-by`],
  'POST /feeds/{feed}': () => ['/feeds/school-dropout', dropout()],
  'POST /feeds/{feed}/dry-run': () => ['/feeds/school-dropout/dry-run', dropout()],
  'POST /internal/lanes/{topic}/{partition}/go-on': () => [
    `/internal/lanes/${ORG}.ot.event.nav-match/0/go-on`,
    REASON,
  ],
  'POST /organisations/{org}/access/grants': () => [
    `${ROOT}/access/grants`,
    { orgnr: '889640782', scope: 'ot/feeds/school-dropout.write', ...AGREED },
  ],
  'POST /organisations/{org}/access/roles': () => [
    `${ROOT}/access/roles`,
    { assignee: { group: 'g' }, role: 'inntak', ...AGREED },
  ],
  'POST /organisations/{org}/access/{id}/approve': () => [`${ROOT}/access/${randomUUID()}/approve`, {}],
  'POST /organisations/{org}/access/{id}/revoke': () => [`${ROOT}/access/${randomUUID()}/revoke`, REASON],
  'POST /organisations/{org}/access/{id}/turn-down': () => [
    `${ROOT}/access/${randomUUID()}/turn-down`,
    REASON,
  ],
  'POST /organisations/{org}/clock': () => [
    `/organisations/${SAMPLE}/clock`,
    { now: '2021-02-15T08:00:00Z' },
  ],
  'POST /organisations/{org}/feeds/{feed}': () => [`${ROOT}/feeds/school-dropout`, dropout()],
  'POST /organisations/{org}/feeds/{feed}/altinn': () => [
    `${ROOT}/feeds/consent/altinn`,
    { fodselsnummer: PERSON, part: 'UNGDOM', token: 'x' },
  ],
  'POST /organisations/{org}/feeds/{feed}/dry-run': () => [`${ROOT}/feeds/school-dropout/dry-run`, dropout()],
  'POST /organisations/{org}/identities': ({ ref }) => [
    `${ROOT}/identities`,
    { purpose: 'BREV', refs: [ref] },
  ],
  'POST /organisations/{org}/lists/{list}/{run}/confirm': () => [
    `${ROOT}/lists/laktiv/night/confirm`,
    REASON,
  ],
  'POST /organisations/{org}/lists/{list}/{run}/settle': () => [
    `${ROOT}/lists/laktiv/night/settle`,
    { ...REASON, how: 'drop' },
  ],
  'POST /organisations/{org}/parked/{ref}/release': ({ ref }) => [`${ROOT}/parked/${ref}/release`, REASON],
  'POST /organisations/{org}/quarantine/{id}/discard': ({ discarded }) => [
    `${ROOT}/quarantine/${discarded}/discard`,
    REASON,
  ],
  'POST /organisations/{org}/receipts/{id}/rows/{row}': () => [
    `${ROOT}/receipts/${randomUUID()}/rows/1`,
    { fields: { avbruddsarsak: 'FV' }, send: true },
  ],
  'POST /organisations/{org}/quarantine/groups/{group}/acts': () => [
    `${ROOT}/quarantine/groups/${randomUUID()}/acts`,
    { act: 'replay', items: 1, ...REASON },
  ],
  'POST /organisations/{org}/quarantine/acts/{id}/stop': () => [
    `${ROOT}/quarantine/acts/${randomUUID()}/stop`,
    {},
  ],
  'POST /organisations/{org}/quarantine/{id}/mend': ({ item }) => [
    `${ROOT}/quarantine/${item}/mend`,
    { fields: { avbruddsarsak: 'FV' }, ...REASON },
  ],
  'POST /organisations/{org}/quarantine/{id}/replay': ({ item }) => [
    `${ROOT}/quarantine/${item}/replay`,
    REASON,
  ],
  'POST /organisations/{org}/youths/search': () => [`${ROOT}/youths/search`, { fodselsnummer: PERSON }],
  'POST /organisations/{org}/youths/{ref}/identity': ({ ref }) => [
    `${ROOT}/youths/${ref}/identity`,
    { purpose: 'KONTAKT' },
  ],
};

const SUBSCRIPTION = `${ROOT}/subscriptions/${randomUUID()}`;
const REPLAY = `${SUBSCRIPTION}/replays/${randomUUID()}`;

/** Of subscriptions, and of changes. */
const OF_SUBSCRIPTIONS: typeof EACH = {
  'DELETE /organisations/{org}/subscriptions/{id}': () => [SUBSCRIPTION],
  'GET /organisations/{org}/changes': () => [`${ROOT}/changes?from=now`],
  'GET /organisations/{org}/groups/changes': () => [`${ROOT}/groups/changes?from=now`],
  'GET /organisations/{org}/groups/{ref}': ({ ref }) => [`${ROOT}/groups/${ref}`],
  'GET /organisations/{org}/subscriptions': () => [`${ROOT}/subscriptions`],
  'GET /organisations/{org}/subscriptions/{id}': () => [SUBSCRIPTION],
  'GET /organisations/{org}/subscriptions/{id}/deliveries': () => [`${SUBSCRIPTION}/deliveries`],
  'GET /organisations/{org}/subscriptions/{id}/deliveries/{delivery}': () => [`${SUBSCRIPTION}/deliveries/1`],
  'GET /organisations/{org}/subscriptions/{id}/replays': () => [`${SUBSCRIPTION}/replays`],
  'GET /organisations/{org}/subscriptions/{id}/replays/{replay}': () => [REPLAY],
  'GET /organisations/{org}/subscriptions/{id}/replays/{replay}/failures': () => [`${REPLAY}/failures`],
  'PATCH /organisations/{org}/subscriptions/{id}': () => [SUBSCRIPTION, { name: 'Nytt navn' }],
  'POST /organisations/{org}/alerts/{id}/progress': () => [
    `${ROOT}/alerts/none/progress`,
    { state: 'opened' },
  ],
  'POST /organisations/{org}/subscriptions': () => [
    `${ROOT}/subscriptions`,
    { url: 'https://ot.example.no/webhook', begins: 'now' },
  ],
  'POST /organisations/{org}/subscriptions/{id}/enable': () => [`${SUBSCRIPTION}/enable`, { from: 'all' }],
  'POST /organisations/{org}/subscriptions/{id}/pause': () => [`${SUBSCRIPTION}/pause`, {}],
  'POST /organisations/{org}/subscriptions/{id}/replays': () => [
    `${SUBSCRIPTION}/replays`,
    { ...REASON, code: 'exhausted' },
  ],
  'POST /organisations/{org}/subscriptions/{id}/replays/{replay}/start': () => [`${REPLAY}/start`, {}],
  'POST /organisations/{org}/subscriptions/{id}/replays/{replay}/stop': () => [`${REPLAY}/stop`, {}],
  'POST /organisations/{org}/subscriptions/{id}/rotate': () => [`${SUBSCRIPTION}/rotate`, {}],
  'POST /organisations/{org}/subscriptions/{id}/test': () => [`${SUBSCRIPTION}/test`, {}],
  'POST /organisations/{org}/subscriptions/{id}/verify': () => [`${SUBSCRIPTION}/verify`, {}],
};

const UPLOAD = `${ROOT}/feeds/school-dropout/uploads/${randomUUID()}`;
const UPLOAD_AT = '/organisations/{org}/feeds/{feed}/uploads/{id}';

/** Of lists from a spreadsheet. */
const OF_UPLOADS: typeof EACH = {
  'GET /organisations/{org}/feeds/{feed}/template': () => [`${ROOT}/feeds/school-dropout/template`],
  'POST /organisations/{org}/feeds/{feed}/uploads': () => [`${ROOT}/feeds/school-dropout/uploads`, {}],
  [`GET ${UPLOAD_AT}`]: () => [UPLOAD],
  [`PATCH ${UPLOAD_AT}`]: () => [UPLOAD, {}],
  [`DELETE ${UPLOAD_AT}`]: () => [UPLOAD],
  [`GET ${UPLOAD_AT}/check`]: () => [`${UPLOAD}/check`],
  [`GET ${UPLOAD_AT}/error-file`]: () => [`${UPLOAD}/error-file`],
  [`PATCH ${UPLOAD_AT}/rows/{row}`]: () => [`${UPLOAD}/rows/17`, { fields: {} }],
  [`POST ${UPLOAD_AT}/send`]: () => [`${UPLOAD}/send`, {}],
};

/** A request of each recorded operation. */
export const REQUESTS: typeof EACH = { ...EACH, ...OF_SUBSCRIPTIONS, ...OF_UPLOADS };
