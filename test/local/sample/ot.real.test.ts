import { spawn } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { frontView } from '../../../src/api/front/frontView.ts';
import type { ReceiptSchema } from '../../../src/api/schema/receiptSchema.ts';
import { countyNumber, orgId } from '../../../src/core/organisation.ts';
import { reportBytes } from '../../../src/core/report/report.ts';
import { publishedReport } from './publishedReport.ts';

// The command line as a person runs it, against a bridge that answers as the API does.

let bridge: Server;
let url: string;
const asked: string[] = [];

beforeAll(async () => {
  bridge = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      asked.push(`${request.method} ${request.url} ${body}`.trim());
      const { status, value } = answer(request.url ?? '');
      response
        .writeHead(status, { 'content-type': 'application/json' })
        .end(typeof value === 'string' ? value : JSON.stringify(value));
    });
  });
  await new Promise<void>((ready) => void bridge.listen(0, '127.0.0.1', ready));
  url = `http://127.0.0.1:${(bridge.address() as AddressInfo).port}`;
});

afterAll(() => void bridge.close());

describe('ot', () => {
  test('tabeller prints the reports next to the published figures', async () => {
    const { code, out } = await ot(['tabeller']);
    expect(code).toBe(0);
    expect(out).toMatch(/Takket nei til opplæring +347 +\(347\) +338 +\(338\) +mangler +\(321\)/);
  });

  test('tabeller for an unknown organisation says what is wrong and ends with 1', async () => {
    const { code, err } = await ot(['tabeller', 'ukjent-no']);
    expect(code).toBe(1);
    expect(err).toContain('Organisasjonen «ukjent-no» er ikke satt opp her. Velg en av: vtfk-no.');
    expect((await ot(['varsler', 'ukjent-no'])).err).toContain('Ukjent organisasjon. Organisasjonen er ikke');
  });

  test('klokke moves to noon of a date, or to the moment that is given', async () => {
    const { code, out } = await ot(['klokke', 'vtfk-no', '2021-06-20']);
    expect(code).toBe(0);
    expect(asked.at(-1)).toBe('POST /organisations/vtfk-no/clock {"now":"2021-06-20T10:00:00.000Z"}');
    expect(out).toContain('20. juni 2021');
    await ot(['klokke', 'vtfk-no', '2021-07-01T08:00:00+02:00']);
    expect(asked.at(-1)).toContain('{"now":"2021-07-01T06:00:00.000Z"}');
  });

  test('klokke passes on why the bridge refuses', async () => {
    const { code, err } = await ot(['klokke', 'ekte-no', '2021-06-20']);
    expect(code).toBe(1);
    expect(err).toContain(
      'Organisasjonen går på virkelig tid. Bare en eksempel- eller prøveorganisasjon har en klokke',
    );
  });

  test('a date that is none never reaches the bridge', async () => {
    const before = asked.length;
    const { code, err } = await ot(['klokke', 'vtfk-no', '31.06.2021']);
    expect(code).toBe(2);
    expect(err).toContain('er ikke en dato');
    expect(asked.length).toBe(before);
  });

  test('varsler shows each alert with its reason', async () => {
    const { code, out } = await ot(['varsler']);
    expect(code).toBe(0);
    expect(out).toContain('VARSEL 14.06.2021 · Ny tilmelding');
    expect(out).toContain('Hvorfor: En ny tilmelding får OTUK. (R01)');
  });

  test('kvittering shows which row is wrong and what to do', async () => {
    const { code, out } = await ot(['kvittering', 'vtfk-no', ID]);
    expect(code).toBe(0);
    expect(out).toContain('2 rader: 1 godtatt, 1 må rettes.');
    expect(out).toContain('Rad 2, avbruddsarsak («ZZ»): Feltet har en kode som ikke finnes.');
    expect(out).toContain('Gjør dette: Rett koden.');
  });

  test('prov shows what a file would lead to, row by row, and sends nothing but the question', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'ot-bridge-')), 'liste.json');
    await writeFile(file, '[{"type":"ikkesoker"}]');
    const { code, out } = await ot(['prov', 'vtfk-no', 'vigo-intake', file]);
    expect(code).toBe(0);
    expect(asked.at(-1)).toBe('POST /organisations/vtfk-no/feeds/vigo-intake/dry-run [{"type":"ikkesoker"}]');
    expect(out).toContain('Dette er en prøve: ingenting er lagret eller sendt.');
    expect(out).toContain('Rad 1, fodselsnummer: Feltet «fodselsnummer» mangler.');
  });

  test('prov of a file that is not there, or not JSON, ends with 2 and shows nothing of it', async () => {
    expect(await ot(['prov', 'vtfk-no', 'vigo-intake', '/ingen/fil.json'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('Kan ikke lese filen «/ingen/fil.json» (ENOENT).'),
    });
    const { code, err } = await ot(['prov', 'vtfk-no', 'vigo-intake', 'LICENSE']);
    expect(code).toBe(2);
    expect(err).toContain('er ikke gyldig JSON');
    expect(err.length).toBeLessThan(150);
  });

  test('a bridge that does not answer is said plainly, with the cure, and ends with 3', async () => {
    const { code, err } = await ot(['varsler'], 'http://127.0.0.1:1');
    expect(code).toBe(3);
    expect(err).toContain('Får ikke kontakt med OT Bridge på http://127.0.0.1:1. Start den med «npm start»');
  });

  test('an unknown command and missing arguments show what can be written and end with 2', async () => {
    expect(await ot(['statuser'])).toMatchObject({
      code: 2,
      err: expect.stringMatching(/\n {2}tabeller {2,}rapportene som er bygget/),
    });
    expect(await ot(['klokke', 'vtfk-no'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('Bruk: npm run ot -- klokke'),
    });
    expect(await ot(['toString'])).toMatchObject({ code: 2 });
    expect(await ot(['hjelp'])).toMatchObject({ code: 0 });
  });
});

const ID = '3f1f8a4e-52a7-4d8e-8a8c-0d5a2f6b7c11';

function answer(path: string): { status: number; value: unknown } {
  if (path === '/') return { status: 200, value: FRONT };
  if (path.includes('/ukjent-no/')) {
    return refusal(
      404,
      'UNKNOWN_ORGANISATION',
      'Ukjent organisasjon',
      'Organisasjonen er ikke satt opp her.',
    );
  }
  if (path.endsWith('/reports/2020-11-15'))
    return { status: 200, value: new TextDecoder().decode(reportBytes(publishedReport(0))) };
  if (path.endsWith('/reports/2021-02-15')) return { status: 200, value: publishedReport(1) };
  if (path.includes('/reports/'))
    return refusal(404, 'REPORT_NOT_BUILT', 'Rapporten er ikke laget', 'Den lages senere.');
  if (path === '/organisations/ekte-no/clock') {
    return refusal(
      409,
      'REAL_CLOCK',
      'Organisasjonen går på virkelig tid',
      'Bare en eksempel- eller prøveorganisasjon har en klokke som kan stilles.',
    );
  }
  if (path.endsWith('/dry-run')) return { status: 200, value: TRIED };
  if (path.endsWith('/clock')) return { status: 200, value: { now: '2021-06-20T10:00:00.000Z' } };
  if (path.includes('/alerts')) return { status: 200, value: { alerts: [ALERT], next: null } };
  if (path.endsWith(`/receipts/${ID}`)) return { status: 200, value: RECEIPT };
  return refusal(404, 'NOT_FOUND', 'Finnes ikke', 'Sjekk adressen.');
}

function refusal(status: number, code: string, title: string, detail: string) {
  return { status, value: { type: `urn:ot-bridge:${code}`, title, status, detail, problems: [] } };
}

const FRONT = frontView(
  [
    {
      organisation: { id: orgId('vtfk-no'), county: countyNumber('38'), virtualClock: true },
      today: '2021-06-20',
    },
  ],
  false,
);

const ALERT = {
  ref: ID,
  recorded: '2021-06-14T08:00:00.000Z',
  alert: {
    id: 'a',
    state: 'open',
    kind: 'NY_TILMELDING',
    category: 'VARSEL',
    schoolYear: '2020-21',
    county: '38',
    rule: 'R01',
    reason: 'En ny tilmelding får OTUK.',
    ruleSource: 'K, kode 1.1',
    owner: '38200',
    proposed: [],
    viaOt: null,
    minor: 'NEI',
    guardians: 'NEI',
    timeBand: 'A',
    priority: 'HOY',
    evidence: [],
    deadlines: [],
    effective: '2021-06-01',
    feed: 'school-dropout',
    lostRight: false,
    toCounty: null,
    ...{ delivered: null, opened: null, handled: null },
  },
};

const TRIED = {
  feed: 'vigo-intake',
  rows: 1,
  counts: { applied: 0, duplicate: 0, rejected: 0, quarantined: 1, parked: 0 },
  effects: [],
  list: null,
  text: '1 rad: 1 må rettes. Dette er en prøve: ingenting er lagret eller sendt.',
  results: [
    {
      row: 1,
      outcome: 'quarantined',
      repeats: null,
      text: 'Må rettes: raden ville havnet i karantene.',
      effects: [],
      problems: [
        {
          code: 'MISSING_FIELD',
          field: 'fodselsnummer',
          text: 'Feltet «fodselsnummer» mangler.',
          cure: 'Fyll inn feltet og send raden på nytt.',
        },
      ],
    },
  ],
};

const RECEIPT = {
  id: ID,
  feed: 'school-dropout',
  received: '2021-06-14T08:00:00.000Z',
  rows: 2,
  sheetRows: null,
  counts: { applied: 1, duplicate: 0, rejected: 0, quarantined: 1, parked: 0, waiting: 0 },
  notes: [],
  lists: [],
  problems: [
    {
      row: 2,
      problems: [
        {
          code: 'UNKNOWN_CODE',
          field: 'avbruddsarsak',
          text: 'Feltet har en kode som ikke finnes.',
          cure: 'Rett koden.',
          raw: 'ZZ',
        },
      ],
      kept: 'open' as const,
    },
  ],
  resent: 0,
  deadlines: [
    { kind: 'contact' as const, by: 'R42' as const, date: '2021-06-21', figures: null },
    { kind: 'mend' as const, by: 'W28' as const, date: '2021-11-08', figures: '2021-11-15' },
  ],
  helpline: { name: 'OT i fylket', phone: '35 91 70 00' },
  final: true,
  text: '2 rader: 1 godtatt, 1 må rettes.',
} satisfies z.infer<typeof ReceiptSchema>;

function ot(
  args: readonly string[],
  address = url,
): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, ['src/cli/ot.mjs', ...args], {
    env: { ...process.env, OT_BRIDGE_URL: address },
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  return new Promise((done) => void child.on('close', (code) => done({ code, out, err })));
}
