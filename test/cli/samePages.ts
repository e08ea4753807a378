import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../architecture/sources.ts';
import type { Acting, SameAct } from './sameActs.ts';

// What a person can see in the console, and where else it is.

const ID = randomUUID();
/** A list as one is sent. */
const LIST = join(ROOT, 'test/cli/liste.csv');
const O = '/organisations/{org}';

/** Pages that ask for something, or lead to what does: nothing is shown there that has another address. */
export const ONLY_FORMS: ReadonlySet<string> = new Set([
  'GET /k/{org}/finn',
  'GET /k/{org}/klokke',
  'GET /k/{org}/lister/ny',
  'GET /k/{org}/lister/ny/{feed}',
  'GET /k/{org}/meld',
  'GET /k/{org}/meld/{feed}',
  'GET /k/{org}/meld/{feed}/{type}',
  'GET /k/{org}/meld/{feed}/{type}/{id}',
  'GET /k/{org}/meld/{feed}/{type}/{id}/endre',
  'GET /k/{org}/prov',
  'GET /k/{org}/prov/{feed}',
  'GET /k/{org}/prov/{feed}/skjema/{type}',
  'GET /k/{org}/samlet/ny',
]);

const DROPOUT = ['fodselsnummer=-', 'skolenummer=40014', 'avbruddsdato=06.10.2026', 'avbruddsarsak=FV'];

/** By the address in the console. */
export const samePages = ({ org, ref, alert }: Acting): Readonly<Record<string, SameAct>> => {
  const meld = ['meld', org, 'school-dropout', 'Avbrudd', ...DROPOUT];
  const check = { api: `GET ${O}/feeds/{feed}/uploads/{id}/check`, ot: meld };
  const report = {
    api: `GET ${O}/reports/{date}/{report}`,
    ot: ['rapport', org, 'flyt', '2026-10-07'],
  };
  const letter = { api: `GET ${O}/letters/{id}`, ot: ['brev', org, 'W24', '2026-27'] };
  const failures = { api: `GET ${O}/bulk-jobs/{id}/failures`, ot: ['samlet', org, ID, 'feil'] };
  const leftOut = { api: `GET ${O}/bulk-jobs/{id}/left-out`, ot: ['samlet', org, ID, 'utenfor'] };
  const trial = {
    api: `POST ${O}/feeds/{feed}/dry-run`,
    ot: ['prov', org, 'school-dropout', 'package.json'],
  };
  const operation = { api: `GET ${O}/operation`, ot: ['drift', org] };
  return {
    'GET /k/{org}/': { api: `GET ${O}/flow`, ot: ['flyt', org] },
    'GET /k/{org}/lister/ny/{feed}/{id}': { ...check, api: `PATCH ${O}/feeds/{feed}/uploads/{id}` },
    'GET /k/{org}/lister/ny/{feed}/{id}/sjekk': check,
    'GET /k/{org}/lister/ny/{feed}/{id}/feilfil': {
      api: `GET ${O}/feeds/{feed}/uploads/{id}/error-file`,
      ot: [
        'send',
        org,
        'school-dropout',
        LIST,
        '--gjelder',
        'Avbrudd',
        '--feilfil',
        join(tmpdir(), `${ID}.csv`),
      ],
    },
    'GET /k/{org}/lister': { api: `GET ${O}/receipts`, ot: ['kvittering', org] },
    'GET /k/{org}/lister/{id}': { api: `GET ${O}/receipts/{id}`, ot: ['kvittering', org, ID] },
    'GET /k/{org}/lister/{id}/regneark': {
      api: `GET ${O}/receipts/{id}`,
      ot: ['kvittering', org, ID],
    },
    'GET /k/{org}/lister/{id}/rad/{row}': {
      api: `GET ${O}/receipts/{id}/rows/{row}`,
      ot: ['rett', org, ID, '1'],
    },
    'GET /k/{org}/flyt': { api: `GET ${O}/flow`, ot: ['flyt', org] },
    'GET /k/{org}/flyt/liste/{list}/{run}': {
      api: `GET ${O}/lists/{list}/{run}`,
      ot: ['liste', org, 'laktiv', 'natt'],
    },
    'GET /k/{org}/mottakere': { api: `GET ${O}/subscriptions`, ot: ['abonnementer', org] },
    'GET /k/{org}/mottakere/{id}': {
      api: `GET ${O}/subscriptions/{id}/deliveries`,
      ot: ['leveringer', org, ID],
    },
    'GET /k/{org}/hjul': { api: `GET ${O}/wheel/{schoolYear}`, ot: ['hjul', org, '2026-27'] },
    'GET /k/{org}/regler': { api: `GET ${O}/rules`, ot: ['regler', org] },
    'GET /k/{org}/regler/{rule}': { api: `GET ${O}/rules/{rule}`, ot: ['regler', org, 'R01'] },
    'GET /k/{org}/regler/kodeverk/{list}': {
      api: `GET ${O}/codelists/{list}`,
      ot: ['kodeverk', org, 'OT-2016-07'],
    },
    'GET /k/{org}/prov/{feed}/resultat/{id}': trial,
    'GET /k/{org}/rapporter': { api: `GET ${O}/reports/{referenceDate}`, ot: ['tabeller', org, '2026-27'] },
    'GET /k/{org}/rapporter/{report}': report,
    'GET /k/{org}/rapporter/{report}/regneark': { ...report, ot: [...report.ot, 'csv'] },
    'GET /k/{org}/varsel/{id}': { api: `GET ${O}/alerts/{id}/why`, ot: ['hvorfor', org, alert] },
    'GET /k/{org}/arbeidsliste': { api: `GET ${O}/worklists`, ot: ['arbeidsliste', org] },
    'GET /k/{org}/arbeidsliste/{id}': {
      api: `GET ${O}/worklists/{id}`,
      ot: ['arbeidsliste', org, 'no-contact'],
    },
    'GET /k/{org}/arbeidsliste/ask-consent/{text}': {
      api: `GET ${O}/worklists/{id}`,
      ot: ['arbeidsliste', org, 'ask-consent'],
    },
    'GET /k/{org}/samlet/se': {
      api: `POST ${O}/bulk-jobs/preview`,
      ot: ['samlet', org, 'no-contact', 'kontakt', '--kanal', 'BREV'],
    },
    'GET /k/{org}/samlet': { api: `GET ${O}/bulk-jobs`, ot: ['samlet', org] },
    'GET /k/{org}/samlet/{id}': { api: `GET ${O}/bulk-jobs/{id}`, ot: ['samlet', org, ID] },
    'GET /k/{org}/samlet/{id}/gikk-ikke': failures,
    'GET /k/{org}/samlet/{id}/gikk-ikke/fil': failures,
    'GET /k/{org}/samlet/{id}/ikke-med': leftOut,
    'GET /k/{org}/samlet/{id}/ikke-med/fil': leftOut,
    'GET /k/{org}/samlet/{id}/kommet-til': {
      api: `GET ${O}/bulk-jobs/{id}/newcomers`,
      ot: ['samlet', org, ID, 'nye'],
    },
    'GET /k/{org}/brev': letter,
    'GET /k/{org}/brev/{id}': letter,
    'GET /k/{org}/brev/{id}/regneark': letter,
    'GET /k/{org}/ungdom/{ref}': { api: `GET ${O}/youths/{ref}/history`, ot: ['ungdom', org, ref] },
    'GET /k/{org}/karantene': { api: `GET ${O}/quarantine/groups`, ot: ['karantene', org] },
    'GET /k/{org}/karantene/gruppe/{group}': {
      api: `GET ${O}/quarantine/groups`,
      ot: ['karantene', org, 'a'.repeat(32)],
    },
    'GET /k/{org}/karantene/post/{id}': { api: `GET ${O}/quarantine/{id}`, ot: ['melding', org, ID] },
    'GET /k/{org}/karantene/arbeid/{id}': { api: `GET ${O}/quarantine/acts/{id}`, ot: ['arbeid', org, ID] },
    'GET /k/{org}/ventende': { api: `GET ${O}/parked/groups`, ot: ['ventende', org] },
    'GET /k/{org}/nav': { api: `GET ${O}/nav/batches`, ot: ['nav', 'status', org] },
    'GET /k/{org}/nav/utlevert/{batch}': {
      api: `GET ${O}/nav/disclosures`,
      ot: ['nav', 'utlevert', org, 'B-2026-11'],
    },
    'GET /k/{org}/personvern': { api: `GET ${O}/log-controls`, ot: ['logg', org] },
    'GET /k/{org}/personvern/logg/{uke}': {
      api: `GET ${O}/log-controls/{week}/lines`,
      ot: ['logg', org, '2026-09-28', 'linjer'],
    },
    'GET /k/{org}/tilgang': { api: `GET ${O}/access`, ot: ['tilgang', org] },
    'GET /k/{org}/drift': operation,
    'GET /k/{org}/drift/stottefil': operation,
  };
};
