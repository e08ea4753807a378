import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ADAPTERS } from '../../adapters/index.ts';
import { REFUSALS } from '../../src/api/refusalCodes.ts';
import type { Text } from '../../src/core/language.ts';
import { PROBLEM_CODES, type Problem } from '../../src/core/problem.ts';
import { RULES } from '../../src/core/rules/rules.ts';
import { CURE } from '../../src/core/sentences/cures.ts';
import { PROBLEM_CODE } from '../../src/core/sentences/problemCodes.ts';
import { inNynorsk, judgedIn, problemIn, SENTENCES } from '../../src/text/nynorsk.ts';

const said = (text: Text | undefined, about: readonly string[]) =>
  typeof text === 'function' ? (text as (...parts: readonly string[]) => string)(...about) : (text ?? '');

/** What sentences are made of, as it may look: names, lists with codes' official names, counts with a word. */
const ABOUT = [
  ['fodselsnummer', 'dato', 'skolear'],
  ['elev.avbruddsarsak', 'FV (Feilvalg), BO (Bortvalg)', '2026-27'],
  ['1 rad', '12 rader', '«Ny tilmelding» (OTOV eller OTAR)'],
];

/** Sentences that are the same in both written forms. */
const ALIKE = new Set([
  ...['FIELD.tooLong', 'FIELD.beforeBirth', 'FIELD.beforeStart', 'FIELD.ownCounty'],
  ...['CURE.shorten', 'CURE.sendFlag', 'CURE.grades', 'CURE.bothNumbers', 'CURE.twoGuardians'],
  ...[
    'CELL.tooLongCure',
    'CELL.textCure',
    'LIST.sendManifest',
    'LIST.answersUsed',
    'TRIED.opened',
    'TRIED.alert',
  ],
  ...[
    'ALERT_KIND.NY_TILMELDING',
    'ALERT_KIND.AVKLARINGSSAMTALE',
    'ALERT_KIND.PERMISJON_ELLER_UTVEKSLING',
    'ALERT_KIND.STATUS_AVVIST',
    'ALERT_KIND.STATUS_FORSLAG',
    'ALERT_KIND.AVVIK_MOT_REGISTER',
    'ALERT_KIND.ANNULLERT_ETTER_KONTAKT',
    'ALERT_KIND.KONTAKT_AVVIST',
    'ALERT_KIND.UGYLDIG_SAMTYKKEENDRING',
    'ALERT_KIND.OPPFOLGING_I_TILTAK',
  ],
  ...['REFUSAL.fixThat', 'REFUSAL.fixOne', 'REFUSAL.asTruth', 'REFUSAL.wrongType'],
  ...[
    'REFUSED.INVALID_IDEMPOTENCY_KEY',
    'REFUSED.UNKNOWN_ALERT',
    'REFUSED.UNKNOWN_BULK',
    'REFUSED.BULK_DONE',
    'REFUSED.UNKNOWN_SUBSCRIPTION',
    'REFUSED.LOG_WEEK_SIGNED',
    'REFUSED.NOTHING_PARKED',
    'REFUSED.NOTHING_TO_SEND',
    'GROUND.KOM_I_AKTIVITET',
    'GROUND.FYLKETS_TILTAK',
    'GROUND.LAREPLASS',
    'GROUND.I_ARBEID',
    'GROUND.UTVANDRET',
    'HOLD.HAR_PLASS',
    'HOLD.SEN_SOKNAD',
    'HOLD.BESVART',
    'HOLD.KONTAKT',
    'HOLD.UTVANDRET',
    'OVERRIDE.OVERGANG',
    'PURPOSE.KONTAKT',
    'PURPOSE.BREV',
    'PURPOSE.REGISTER',
    'PURPOSE.INNSYN',
    'REFUSED_REQUEST.NOT_A_LOGOUT_TOKEN',
    'REFUSED_REQUEST.TOKEN_INVALID',
    'GROUND.KOM_I_AKTIVITET',
    'GROUND.FYLKETS_TILTAK',
    'GROUND.LAREPLASS',
    'GROUND.I_ARBEID',
    'GROUND.UTVANDRET',
    'HOLD.HAR_PLASS',
    'HOLD.SEN_SOKNAD',
    'HOLD.BESVART',
    'HOLD.KONTAKT',
    'HOLD.UTVANDRET',
    'OVERRIDE.OVERGANG',
    'PURPOSE.KONTAKT',
    'PURPOSE.BREV',
    'PURPOSE.REGISTER',
    'PURPOSE.INNSYN',
    'REFUSED_REQUEST.NOT_ALIVE',
  ],
  ...['TABLE.row', 'TABLE.result', 'TABLE.duplicate', 'TABLE.duplicateOf', 'TABLE.reference'],
  ...['SUBSCRIPTION.underWay', 'SUBSCRIPTION.answered'],
  ...['WHEEL_TEXT.intake', 'WHEEL_TEXT.otAndNav', 'WHEEL_TEXT.clarification'],
]);

describe.each(Object.entries(SENTENCES))('%s', (name, { nb, nn }) => {
  test.each(Object.keys(nb))(
    '%s is read back from the bokmål that was stored, and said in nynorsk',
    (key) => {
      for (const about of ABOUT) expect(inNynorsk(said(nb[key], about))).toBe(said(nn[key], about));
      const [about = []] = ABOUT;
      expect(said(nb[key], about) === said(nn[key], about)).toBe(ALIKE.has(`${name}.${key}`));
    },
  );
});

test.each(Object.entries(REFUSALS))('the title of %s is said in nynorsk', (_, { title }) => {
  expect(inNynorsk(title)).not.toBeNull();
});

test('a table is said in its own columns, and what a sender wrote is left', () => {
  const table = [
    ['Rad i filen', 'Resultat', 'Resultat', 'Hva er galt', 'Gjør dette'],
    ['3', 'Må rettes', 'Må rettes', 'Feltet «dato» mangler.', 'Fyll inn feltet og send raden på nytt.'],
  ];
  expect(judgedIn('nb', table, 3)).toEqual(table);
  expect(judgedIn('nn', table, 3)).toEqual([
    ['Rad i fila', 'Resultat', 'Resultat', 'Kva er gale', 'Gjer dette'],
    ['3', 'Må rettes', 'Må rettast', 'Feltet «dato» manglar.', 'Fyll inn feltet og send rada på nytt.'],
  ]);
});

test('a date that is wrong is to be written as people write dates, on pages', () => {
  const { dateForm, dateAsWritten } = CURE.nb;
  const problem = { code: 'INVALID_DATE' as const, text: 'Feltet «dato» er ikke en dato.', cure: dateForm };
  expect(problemIn('nb', problem).cure).toBe(dateAsWritten);
  expect(problemIn('nn', problem).cure).toBe(CURE.nn.dateAsWritten);
  expect(problemIn('nn', { ...problem, cure: 'Slik skulle du gjøre.' }).cure).toBe(CURE.nn.dateAsWritten);
  expect(
    judgedIn(
      'nb',
      [
        ['Rad', 'Gjør dette'],
        ['1', dateForm],
      ],
      1,
    )[1],
  ).toEqual(['1', dateAsWritten]);
});

test('sentences that were joined are said one by one', () => {
  expect(
    inNynorsk('Feltet «dato» mangler. Fyll inn feltet og send raden på nytt. 2 er meldt som borte.'),
  ).toBe('Feltet «dato» manglar. Fyll inn feltet og send rada på nytt. 2 er melde som borte.');
  expect(inNynorsk('Varsel «Ny tilmelding». Status OTOV settes for 2026-27.')).toBe(
    'Varsel «Ny tilmelding». Status OTOV blir sett for 2026-27.',
  );
});

test('a sentence that no catalogue has is not guessed at', () => {
  expect(inNynorsk('Feltet «dato» er grønt.')).toBeNull();
  expect(inNynorsk('Feltet «dato» mangler. Feltet «dato» er grønt.')).toBeNull();
});

test('a long text is answered at once, known or not', () => {
  const long = Array.from({ length: 40 }, (_, at) => `Feltet «felt${at}» er grønt.`).join(' ');
  const before = performance.now();
  for (let times = 0; times < 20; times++) expect(inNynorsk(long)).toBeNull();
  expect(performance.now() - before).toBeLessThan(2_000);
});

describe('problems', () => {
  test.each(PROBLEM_CODES)('%s kept in other words is said by its code', (code) => {
    const kept = { code, text: 'Slik sto det før.', cure: 'Slik skulle du gjøre.' };
    expect(problemIn('nb', kept)).toEqual({ text: kept.text, cure: kept.cure });
    const { text, cure } = PROBLEM_CODE.nn[code];
    const written = code === 'INVALID_DATE' ? CURE.nn.dateAsWritten : cure;
    expect(problemIn('nn', kept)).toEqual({ text, cure: written });
  });

  test.each(ADAPTERS.map((adapter) => [adapter.feed, adapter] as const))(
    '%s: all that is wrong with a record is in the catalogues',
    (_, adapter) => {
      const types = adapter.columns?.types.map(({ code }) => code) ?? [
        'svar',
        'status',
        'kontakt',
        'flytting',
      ];
      const context = {
        ...{ county: '46', environment: 'test', activations: [], pseudonym: () => 'x', now: NOW },
        ...{ nameTag: () => 'x', askedRef: () => undefined, numberRef: () => undefined },
      } as unknown as Parameters<typeof adapter.read>[1];
      const found: Problem[] = [];
      for (const value of [5, {}, ...types.flatMap(brokenOf)]) {
        const verdict = adapter.read({ value, received: NOW, envelope: null }, context);
        if (verdict.kind === 'malformed') found.push(...verdict.problems);
      }
      expect(found.length).toBeGreaterThan(0);
      expect(
        found.flatMap(({ text, cure }) => [text, cure]).filter((text) => inNynorsk(text) === null),
      ).toEqual([]);
    },
  );
});

const NOW = '2026-10-07T10:00:00.000Z';

/** A record of the type in which every field is wrong in its own way. */
function brokenOf(type: string): unknown[] {
  const names = [
    'id',
    'dato',
    'skolear',
    'skolenummer',
    'avbruddsarsak',
    'onskestatus',
    'kode',
    'grunnlag',
    'fodselsdato',
  ];
  return ['', 'x y z', 7, '2030-01-01', '1960-01-01', ['x', 1], `${'æ'.repeat(500)}`, 'med\0nul'].map(
    (value) => ({
      type,
      fodselsnummer: value,
      ...Object.fromEntries(names.map((name) => [name, value])),
      ukjent: 1,
    }),
  );
}

test('no room makes a problem of a sentence of its own', () => {
  const own = ['adapters', 'src/core', 'src/wire', 'src/upload', 'src/desk/quarantine', 'src/desk/uploads']
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts') && !name.startsWith('sentences/'))
        .map((name) => `${folder}/${name}`),
    )
    .filter((path) => /\bcure: ['`"][^'`"]/.test(readFileSync(path, 'utf8')));
  expect(own).toEqual([]);
});

describe('rules', () => {
  test.each(RULES.map((rule) => [rule.id, rule] as const))('%s has its sentence in nynorsk', (_, rule) => {
    expect(rule.nynorsk).toMatch(/^\p{Lu}.*\.$/u);
    expect(rule.nynorsk).not.toBe(rule.text);
    expect(inNynorsk(rule.text)).toBe(rule.nynorsk);
    const codes = (text: string) => text.match(/\b(?:OT[A-Z]{2}(?:_IM)?|R\d\d|NAV|VIGO)(?!\p{L})/gu) ?? [];
    expect(new Set(codes(rule.nynorsk))).toEqual(new Set(codes(rule.text)));
  });
});
