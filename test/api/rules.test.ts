import { describe, expect, test } from 'vitest';
import { CodeListSchema, CodeListsSchema, RuleSchema, RulesSchema } from '../../src/api/schema/ruleSchema.ts';
import type { Ask } from '../../src/cli/ask.ts';
import { COMMANDS } from '../../src/cli/commands.ts';
import { appOf, ORG, problemOf, testParts } from './parts.ts';

const ROOT = `/organisations/${ORG}`;

function ot(name: string, ...args: string[]): Promise<string> {
  const { get } = appOf(testParts());
  const ask: Ask = async (path) => {
    const response = await get(path);
    return { status: response.status, value: await response.json() };
  };
  const command = COMMANDS[name];
  if (command === undefined) throw new Error(`no command ${name}`);
  return command.run(ask, args);
}

describe('rules over HTTP', () => {
  test('each has its sentence, sources with their edition, what follows by name, and the tests that hold it', async () => {
    const { get } = appOf(testParts());
    const rule = RuleSchema.parse(await (await get(`${ROOT}/rules/R27`)).json());
    expect(rule).toMatchObject({
      id: 'R27',
      act: 'AVGJOR',
      since: '2016-07-01',
      sources: [{ reference: 'K, kode 4.1', publisher: 'Utdanningsdirektoratet' }],
      leadsTo: [{ what: 'VARSEL', code: 'TILBUD_PA_NYTT' }],
    });
    expect(rule.tests[0]).toMatchObject({ file: 'scenarios/adviser.ts' });
    const all = RulesSchema.parse(await (await get(`${ROOT}/rules`)).json());
    expect(all.rules[0]?.id).toBe('R01');
    expect(all.rules.find(({ id }) => id === 'R27')).toEqual(rule);
  });

  test('what the county has decided is with the rule it is about', async () => {
    const { get } = appOf(testParts());
    const { settings } = RuleSchema.parse(await (await get(`${ROOT}/rules/Q6`)).json());
    expect(settings).toEqual([
      { name: 'noShowCode', text: 'Tilmeldingskode for ikkemøtte (Q6).', value: 'ANDRE_GRUNNER' },
    ]);
  });

  test('the answers of a rule that judges say whether a choice may stand', async () => {
    const { get } = appOf(testParts());
    const { answers } = RuleSchema.parse(await (await get(`${ROOT}/rules/R24`)).json());
    expect(answers[0]).toEqual({
      answer: 'AVSLAG',
      mayStand: false,
      proposed: [{ code: 'OTUK', name: 'Ukjent aktivitet' }],
    });
  });

  test('code lists have their days, and their codes come page by page with official names', async () => {
    const { get } = appOf(testParts());
    const { lists } = CodeListsSchema.parse(await (await get(`${ROOT}/codelists`)).json());
    const page = async (query: string) =>
      CodeListSchema.parse(await (await get(`${ROOT}/codelists/kommuner?${query}`)).json());
    expect(lists.find(({ id }) => id === 'OT-2011-01')).toMatchObject({ to: '2011-09-14' });
    const first = await page('limit=2');
    expect(first.codes).toHaveLength(2);
    const second = await page(`limit=2&after=${first.next}`);
    expect(second.codes[0]).not.toEqual(first.codes[1]);
    const last = await page(`after=${first.total - 1}`);
    expect([last.codes.length, last.next]).toEqual([1, null]);
  });

  test('what is not there is said to be unknown', async () => {
    const { get } = appOf(testParts());
    expect((await problemOf(await get(`${ROOT}/rules/R99`))).type).toBe('urn:ot-bridge:UNKNOWN_RULE');
    expect((await problemOf(await get(`${ROOT}/codelists/B99`))).type).toBe(
      'urn:ot-bridge:UNKNOWN_CODE_LIST',
    );
  });
});

describe('rules on the command line', () => {
  test('regler lists them, shows one with where it is from, and gives the same as JSON', async () => {
    expect(await ot('regler', ORG)).toMatch(/^R01 {2}En ny tilmelding får OTUK/m);
    const text = await ot('regler', ORG, 'R42');
    expect(text).toContain('KONTAKT: kontakt');
    expect(text).toContain('Å, uke 36–37: Årshjul for oppfølgingstjenesten');
    expect(text).toContain('Dager fra mottak til frist for kontakt');
    expect(JSON.parse(await ot('regler', ORG, 'R42', '--json'))).toMatchObject({ id: 'R42' });
    expect(JSON.parse(await ot('regler', ORG, '--json')).rules.length).toBeGreaterThan(80);
  });

  test('kodeverk lists the lists, and prints all the codes of one', async () => {
    expect(await ot('kodeverk', ORG)).toMatch(/^B06-2022-05 +Sluttårsak, skole: 11 koder, fra 05\.05\.2022/m);
    const text = await ot('kodeverk', ORG, 'OT-2016-07');
    expect(text).toMatch(/^OTUK +.*hovedgruppe 1: Ukjent aktivitet; i målgruppen/m);
    const counties = JSON.parse(await ot('kodeverk', ORG, 'kommuner', '--json'));
    expect(counties.codes).toHaveLength(counties.total);
  });
});
