import type { OrgId } from '../../src/core/organisation.ts';
import { CAUSE, type Kind, NAV_LIST, type Thing } from './world.ts';

/** When all that is planted had come. */
const KNOWN_AT = '2026-10-07T07:12:00Z';

/** A request that reads, and the kinds of things that its answer may show. */
export interface Reading {
  /** As in the description. */
  operation: string;
  method: 'GET' | 'POST';
  path: string;
  body?: unknown;
  shows: readonly Kind[];
}

/** Of nothing that is. */
const NOBODY = '00000000-0000-4000-8000-000000000000';
const DATE = '2026-10-07';

const BULK = {
  filter: { list: 'no-contact' },
  act: { type: 'contact', date: '2026-10-06', channel: 'BREV' },
};

/** Every request that reads persons, lists or receipts: of the lists of an organisation, and of each thing by its name,
 *  also of things that the organisation does not have. @param nameOf what a youth is called to the caller */
export function readings(
  org: OrgId,
  things: readonly Thing[],
  nameOf: (ref: string) => string = (ref) => ref,
): Reading[] {
  const at = `/organisations/${org}`;
  const get = (operation: string, path: string, shows: readonly Kind[]): Reading => ({
    ...{ operation: `GET /organisations/{org}${operation}`, method: 'GET', path: `${at}${path}`, shows },
  });
  const post = (operation: string, path: string, body: unknown, shows: readonly Kind[]): Reading => ({
    ...{
      operation: `POST /organisations/{org}${operation}`,
      method: 'POST',
      path: `${at}${path}`,
      body,
      shows,
    },
  });
  const of = (kind: Kind) => things.filter((thing) => thing.kind === kind);
  const refs = of('youth').map(({ mark }) => mark);
  const purpose = 'KONTAKT';
  return [
    get('/alerts', '/alerts', ['youth']),
    get('/worklists/{id}', '/worklists/no-contact', ['youth']),
    get('/letters/{id}', '/letters/W24?schoolYear=2026-27', ['youth']),
    get('/reports/{date}/{report}', `/reports/${DATE}/checks`, ['youth']),
    get('/reports/{date}/{report}', `/reports/${DATE}/reconciliation`, ['youth']),
    get('/reports/{date}/{report}', `/reports/${DATE}/school-lag`, ['youth']),
    get('/reports/{referenceDate}', '/reports/2026-11-15', ['snapshot']),
    get('/quarantine', '/quarantine?limit=500', ['quarantine', 'row']),
    get('/quarantine/groups', '/quarantine/groups', ['row', 'quarantine']),
    get('/quarantine/acts/{id}', `/quarantine/acts/${NOBODY}`, []),
    get('/parked/groups', '/parked/groups', []),
    post('/bulk-jobs/preview', '/bulk-jobs/preview', BULK, ['youth']),
    get('/bulk-jobs', '/bulk-jobs', []),
    ...['', '/failures', '/left-out', '/newcomers'].map((page) =>
      get(`/bulk-jobs/{id}${page}`, `/bulk-jobs/${NOBODY}${page}`, []),
    ),
    get('/changes', '/changes?from=all', ['youth']),
    get('/groups/changes', '/groups/changes?from=all', ['youth']),
    get('/vigo/status', '/vigo/status?days=0', ['vigo', 'youth']),
    post('/vigo/files', '/vigo/files', {}, ['number']),
    ...['', '?size=1&offset=1'].map((page) =>
      get('/fint/utdanning/ot/otungdom', `/fint/utdanning/ot/otungdom${page}`, ['youth']),
    ),
    get('/fint/utdanning/ot/otungdom/last-updated', '/fint/utdanning/ot/otungdom/last-updated', []),
    get('/fint/utdanning/ot/otungdom/cache/size', '/fint/utdanning/ot/otungdom/cache/size', []),
    ...['otstatus', 'otenhet'].flatMap((list) => [
      get(`/fint/utdanning/kodeverk/${list}`, `/fint/utdanning/kodeverk/${list}`, []),
      get(
        `/fint/utdanning/kodeverk/${list}/systemid/{id}`,
        `/fint/utdanning/kodeverk/${list}/systemid/OTUK`,
        [],
      ),
    ]),
    get('/parked', '/parked', ['parked', 'youth']),
    ...['', `?batch=${NAV_LIST}`].map((query) =>
      get('/nav/disclosures', `/nav/disclosures${query}`, ['youth', 'disclosure']),
    ),
    get('/lists', '/lists', ['list']),
    get('/receipts', '/receipts', ['receipt']),
    get('/receipts', '/receipts?limit=1&feed=school-dropout', ['receipt']),
    post('/identities', '/identities', { purpose, refs }, ['youth', 'number']),
    post('/identities', '/identities', { purpose, worklist: { id: 'no-contact' } }, ['youth', 'number']),
    ...of('youth').flatMap(({ mark, number }) => [
      get('/alerts/{id}', `/alerts/${CAUSE}-${mark}`, ['youth']),
      get('/alerts/{id}/why', `/alerts/${CAUSE}-${mark}/why`, ['youth']),
      get('/youths/{ref}', `/youths/${mark}`, ['youth']),
      get(
        '/fint/utdanning/ot/otungdom/systemid/{id}',
        `/fint/utdanning/ot/otungdom/systemid/${nameOf(mark)}`,
        ['youth'],
      ),
      get('/groups/{ref}', `/groups/${mark}`, ['youth']),
      get('/youths/{ref}/history', `/youths/${mark}/history`, ['youth']),
      get('/youths/{ref}/as-known', `/youths/${mark}/as-known?at=${KNOWN_AT}`, ['youth']),
      get('/youths/{ref}/identity-lookups', `/youths/${mark}/identity-lookups`, ['youth', 'lookup']),
      get('/youths/{ref}/disclosures', `/youths/${mark}/disclosures`, ['youth', 'disclosure']),
      get('/youths/{ref}/seen-by', `/youths/${mark}/seen-by`, ['youth', 'lookup']),
      post('/youths/{ref}/identity', `/youths/${mark}/identity`, { purpose }, ['youth', 'number']),
      post('/youths/search', '/youths/search', { fodselsnummer: number }, ['youth']),
    ]),
    ...of('vigo').map(({ file }) => get('/vigo/files/{file}', `/vigo/files/${file}`, ['vigo', 'number'])),
    ...of('receipt').map(({ mark }) => get('/receipts/{id}', `/receipts/${mark}`, ['receipt'])),
    ...of('row').map(({ receipt }) =>
      get('/receipts/{id}/rows/{row}', `/receipts/${receipt}/rows/1`, ['row']),
    ),
    ...of('quarantine').map(({ mark }) => get('/quarantine/{id}', `/quarantine/${mark}`, ['quarantine'])),
    ...of('list').map(({ mark, institution }) =>
      get('/lists/{list}/{run}', `/lists/private-school:${institution}/${mark}`, ['list']),
    ),
  ];
}
