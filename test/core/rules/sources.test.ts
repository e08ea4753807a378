import { describe, expect, it } from 'vitest';
import { PUBLISHED_LISTS } from '../../../src/core/codelists/published.ts';
import { RULE_TESTS } from '../../../src/core/rules/data/ruleTests.ts';
import { outcomesOf } from '../../../src/core/rules/outcomes.ts';
import { RULES, rulesInOrder } from '../../../src/core/rules/rules.ts';
import { sourcesOf } from '../../../src/core/rules/sources.ts';
import { holds } from '../../golden/make/ruleTests.ts';

describe('where a rule is from', () => {
  it('every rule names documents that are known, in the order it has them', () => {
    for (const { id, source } of RULES) {
      const cited = sourcesOf(source);
      expect(cited.map(({ reference }) => reference).join('; '), id).toBe(source);
      for (const { name, publisher, version } of cited) expect([name, publisher, version]).not.toContain('');
    }
    expect(() => sourcesOf('X, kode 1')).toThrow('no source is known as «X»');
  });

  it('the code list holds from July 2016, and what quotes the old law says where the law is now', () => {
    expect(sourcesOf('K, kode 4.1')[0]).toMatchObject({ from: '2016-07-01', law: null });
    expect(sourcesOf('V, § 13-3 a')[0]?.law).toContain('opplæringslova § 9-4');
  });

  it('the rules are in the order of their numbers, numbered ones first', () => {
    const ids = rulesInOrder().map(({ id }) => id);
    expect(ids.slice(0, 3)).toEqual(['R01', 'R02', 'R03']);
    expect(ids.indexOf('Q7')).toBeLessThan(ids.indexOf('Q11'));
    expect(new Set(ids)).toEqual(new Set(RULES.map(({ id }) => id)));
  });

  it('what follows is official codes, kinds of alerts and deadlines, each with what it is', () => {
    const rule = RULES.find(({ id }) => id === 'R42');
    expect(rule && outcomesOf(rule)).toEqual([
      { what: 'FRIST', code: 'KONTAKT' },
      { what: 'FRIST', code: 'VEILEDNINGSTIME' },
    ]);
    expect(outcomesOf({ leadsTo: { set: 'OTUK', by: 'ADVISER' } })).toEqual([
      { what: 'STATUS', code: 'OTUK' },
    ]);
  });
});

describe('the tests that a rule is shown with', () => {
  it('are there, and name it', () => {
    const gone = Object.entries(RULE_TESTS).flatMap(([id, tests]) =>
      tests.filter((test) => !holds(id, test)).map(({ title, file }) => `${id}: ${file} ${title}`),
    );
    // Run `npm run golden` after a test has got another name.
    expect(gone).toEqual([]);
  });

  it('are there for each rule by which something is computed', () => {
    const bare = RULES.filter(({ id, kind }) => kind !== 'informs' && (RULE_TESTS[id] ?? []).length === 0);
    expect(bare.map(({ id }) => id)).toEqual([]);
  });
});

describe('the published code lists', () => {
  it('every edition has an id of its own, codes with names, and each code once', () => {
    const ids = PUBLISHED_LISTS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id, codes } of PUBLISHED_LISTS) {
      expect(new Set(codes.map(({ code }) => code)).size, id).toBe(codes.length);
      for (const { code, text } of codes) expect(text, `${id} ${code}`).not.toBe('');
    }
  });

  it('an edition holds until the day before the next one', () => {
    const days = PUBLISHED_LISTS.filter(({ subject }) => subject === 'SLUTTARSAK_SKOLE').map(
      ({ id, from, to }) => [id, from, to],
    );
    expect(days).toEqual([
      ['B06-2023-05', '2023-05-02', null],
      ['B06-2022-05', '2022-05-05', '2023-05-01'],
      ['B06-2010-05', '2010-05-31', '2022-05-04'],
    ]);
  });

  it('a number of a county holds to its last day', () => {
    const counties = PUBLISHED_LISTS.find(({ id }) => id === 'fylker')?.codes ?? [];
    expect(counties.find(({ code }) => code === '38')).toMatchObject({
      text: 'Vestfold og Telemark',
      from: '2020-01-01',
      to: '2023-12-31',
    });
  });
});
