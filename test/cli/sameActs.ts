import { randomUUID } from 'node:crypto';
import type { PersonRef } from '../../src/core/person/reference.ts';

// What a person can do in the console, and the same act in the API and on the command line: one row each.

/** An organisation with a youth and an alert about it. */
export interface Acting {
  org: string;
  ref: PersonRef;
  alert: string;
}

/** One act. */
export interface SameAct {
  /** Operation of the API that the act is. */
  api: string;
  /** How it is done on the command line. */
  ot: readonly string[];
}

const ID = randomUUID();
const O = '/organisations/{org}';
const DROPOUT = ['fodselsnummer=-', 'skolenummer=40014', 'avbruddsdato=06.10.2026', 'avbruddsarsak=FV'];
const ANNULMENT = [...['fodselsnummer=-', 'skolenummer=40014', 'annullererType=Avbrudd'], 'skolear=2026-27'];

/** By the address in the console. */
export const sameActs = ({
  org: ORG,
  ref: REF,
  alert: ALERT,
}: Acting): Readonly<Record<string, SameAct>> => ({
  'POST /k/{org}/lister/ny/{feed}': {
    api: `POST ${O}/feeds/{feed}/uploads`,
    ot: ['meld', ORG, 'school-dropout', 'Avbrudd', ...DROPOUT],
  },
  'POST /k/{org}/lister/ny/{feed}/{id}': {
    api: `PATCH ${O}/feeds/{feed}/uploads/{id}`,
    ot: ['meld', ORG, 'school-dropout', 'Avbrudd', ...DROPOUT],
  },
  'POST /k/{org}/lister/ny/{feed}/{id}/sjekk': {
    api: `GET ${O}/feeds/{feed}/uploads/{id}/check`,
    ot: ['meld', ORG, 'school-dropout', 'Avbrudd', ...DROPOUT],
  },
  'POST /k/{org}/lister/ny/{feed}/{id}/send': {
    api: `POST ${O}/feeds/{feed}/uploads/{id}/send`,
    ot: ['meld', ORG, 'school-dropout', 'Avbrudd', ...DROPOUT, '--kjør'],
  },
  'POST /k/{org}/meld/{feed}/{type}': {
    api: `GET ${O}/feeds/{feed}/uploads/{id}/check`,
    ot: ['meld', ORG, 'school-dropout', 'Annullering', ...ANNULMENT],
  },
  'POST /k/{org}/meld/{feed}/{type}/{id}': {
    api: `POST ${O}/feeds/{feed}/uploads/{id}/send`,
    ot: ['meld', ORG, 'school-dropout', 'Annullering', ...ANNULMENT, '--kjør'],
  },
  'POST /k/{org}/flyt/liste/{list}/{run}': {
    api: `POST ${O}/lists/{list}/{run}/confirm`,
    ot: ['liste', ORG, 'laktiv', 'natt', 'bekreft', 'Bedriften er lagt ned.'],
  },
  'POST /k/{org}/nav/leveranse/{run}': {
    api: `POST ${O}/lists/{list}/{run}/settle`,
    ot: ['liste', ORG, 'nav', 'B-2026-11', 'bruk', 'NAV sender ikke mer.'],
  },
  'POST /k/{org}/lister/{id}/rad/{row}': {
    api: `POST ${O}/receipts/{id}/rows/{row}`,
    ot: ['rett', ORG, ID, '1', 'avbruddsarsak=FV', '--kjør'],
  },
  'POST /k/{org}/mottakere/{id}/bekreft': {
    api: `POST ${O}/subscriptions/{id}/verify`,
    ot: ['bekreft', ORG, ID],
  },
  'POST /k/{org}/mottakere/{id}/prove': {
    api: `POST ${O}/subscriptions/{id}/test`,
    ot: ['provekall', ORG, ID],
  },
  'POST /k/{org}/mottakere/{id}/pause': { api: `POST ${O}/subscriptions/{id}/pause`, ot: ['pause', ORG, ID] },
  'POST /k/{org}/mottakere/{id}/aktiver': {
    api: `POST ${O}/subscriptions/{id}/enable`,
    ot: ['aktiver', ORG, ID, 'alt'],
  },
  'POST /k/{org}/mottakere/{id}/nye-nokler': {
    api: `POST ${O}/subscriptions/{id}/rotate`,
    ot: ['nye-nokler', ORG, ID],
  },
  'POST /k/{org}/mottakere/{id}/send-igjen': {
    api: `POST ${O}/subscriptions/{id}/replays`,
    ot: ['omsending', ORG, ID, 'ny', 'Mottakeren er rettet.'],
  },
  'POST /k/{org}/mottakere/{id}/omsending/{replay}/start': {
    api: `POST ${O}/subscriptions/{id}/replays/{replay}/start`,
    ot: ['omsending', ORG, ID, ID, 'start'],
  },
  'POST /k/{org}/mottakere/{id}/omsending/{replay}/stopp': {
    api: `POST ${O}/subscriptions/{id}/replays/{replay}/stop`,
    ot: ['omsending', ORG, ID, ID, 'stopp'],
  },
  'POST /k/{org}/prov/{feed}': {
    api: `POST ${O}/feeds/{feed}/dry-run`,
    ot: ['prov', ORG, 'school-dropout', 'package.json'],
  },
  'POST /k/{org}/prov/{feed}/skjema/{type}': {
    api: `POST ${O}/feeds/{feed}/dry-run`,
    ot: ['prov', ORG, 'school-dropout', 'package.json'],
  },
  'POST /k/{org}/varsel/{id}/kontakt': {
    api: `POST ${O}/youths/{ref}/reports`,
    ot: ['kontakt', ORG, ALERT, 'ungdom', 'telefon'],
  },
  'POST /k/{org}/varsel/{id}/status': {
    api: `POST ${O}/youths/{ref}/reports`,
    ot: ['status', ORG, ALERT, 'OTOV'],
  },
  'POST /k/{org}/samlet': {
    api: `POST ${O}/bulk-jobs`,
    ot: [
      'samlet',
      ORG,
      'deadlines',
      'kontakt',
      '--kanal',
      'BREV',
      '--antall',
      '1',
      '--grunn',
      'Felles brev.',
    ],
  },
  'POST /k/{org}/samlet/{id}/start': {
    api: `POST ${O}/bulk-jobs/{id}/start`,
    ot: ['samlet', ORG, ID, 'start'],
  },
  'POST /k/{org}/samlet/{id}/stopp': {
    api: `POST ${O}/bulk-jobs/{id}/stop`,
    ot: ['samlet', ORG, ID, 'stopp'],
  },
  'POST /k/{org}/ungdom/{ref}/kontakt': {
    api: `POST ${O}/youths/{ref}/reports`,
    ot: ['kontakt', ORG, REF, 'ingen', 'sms'],
  },
  'POST /k/{org}/ungdom/{ref}/vis': {
    api: `POST ${O}/youths/{ref}/identity`,
    ot: ['hvem', ORG, REF, 'KONTAKT'],
  },
  'POST /k/{org}/finn': { api: `POST ${O}/youths/search`, ot: ['finn', ORG, '-', 'KONTAKT'] },
  'POST /k/{org}/karantene/gruppe/{group}': {
    api: `POST ${O}/quarantine/groups/{group}/acts`,
    ot: ['karantene', ORG, 'g', 'forkast', '1', 'Sendt på nytt.'],
  },
  'POST /k/{org}/karantene/post/{id}': {
    api: `POST ${O}/quarantine/{id}/mend`,
    ot: ['melding', ORG, ID, 'rett', 'Feil kode.', 'avbruddsarsak=FV', '--kjør'],
  },
  'POST /k/{org}/karantene/arbeid/{id}': {
    api: `POST ${O}/quarantine/acts/{id}/stop`,
    ot: ['arbeid', ORG, ID, 'stopp'],
  },
  'POST /k/{org}/ventende': {
    api: `POST ${O}/parked/{ref}/release`,
    ot: ['ventende', ORG, 'slipp', REF, 'Rettet.'],
  },
  'POST /k/{org}/nav/avtale': {
    api: `POST ${O}/nav/agreements`,
    ot: [
      ...(['nav', 'avtale', ORG, 'registrer', '--motpart', '889640782', '--grunnlag', 'SAMTYKKE'] as const),
      ...['--fra', '2026-11-01', '--til', '2027-11-01', '--referanse', '26/1', '--begrunnelse', 'Avtalt.'],
    ],
  },
  'POST /k/{org}/nav/avtale/{id}/godkjenn': {
    api: `POST ${O}/nav/agreements/{id}/approve`,
    ot: ['nav', 'avtale', ORG, 'godkjenn', ID],
  },
  'POST /k/{org}/nav/avtale/{id}/avslag': {
    api: `POST ${O}/nav/agreements/{id}/turn-down`,
    ot: ['nav', 'avtale', ORG, 'avslå', ID],
  },
  'POST /k/{org}/nav/trekk': {
    api: `POST ${O}/nav/agreements/{id}/revoke`,
    ot: ['nav', 'avtale', ORG, 'trekk', ID, 'Avtalen er sagt opp.'],
  },
  'POST /k/{org}/nav/uttrekk': { api: `POST ${O}/nav/extracts`, ot: ['nav', 'uttrekk', ORG, '2026-11'] },
  'POST /k/{org}/personvern/logg/{uke}/signer': {
    api: `POST ${O}/log-controls/{week}/sign`,
    ot: ['logg', ORG, '2026-09-28', 'signer', 'ingen-avvik'],
  },
  'POST /k/{org}/tilgang/rolle': {
    api: `POST ${O}/access/roles`,
    ot: ['tilgang', ORG, 'foreslå', '--gruppe', 'ot', '--rolle', 'leder', '--begrunnelse', 'Ny leder.'],
  },
  'POST /k/{org}/tilgang/trekk': {
    api: `POST ${O}/access/{id}/revoke`,
    ot: ['tilgang', ORG, 'trekk', ID, 'Har sluttet.'],
  },
  'POST /k/{org}/tilgang/{id}/godkjenn': {
    api: `POST ${O}/access/{id}/approve`,
    ot: ['tilgang', ORG, 'godkjenn', ID, 'Avtalt.'],
  },
  'POST /k/{org}/tilgang/{id}/avslag': {
    api: `POST ${O}/access/{id}/turn-down`,
    ot: ['tilgang', ORG, 'avslå', ID, 'Trengs ikke.'],
  },
  // The API counts for each who asks.
  'POST /k/{org}/rapporter/{report}/lag': {
    api: `GET ${O}/reports/{date}/{report}`,
    ot: ['rapport', ORG, 'flyt', '2026-10-07'],
  },
  'POST /k/{org}/drift/kontroller': {
    api: `POST ${O}/operation/checks`,
    ot: ['drift', ORG, '--kontroller'],
  },
  'POST /k/{org}/klokke': { api: `POST ${O}/clock`, ot: ['klokke', ORG, '2026-11-01'] },
});
