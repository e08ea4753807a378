import { beforeEach, describe, expect, test } from 'vitest';
import { epochOf } from '../../src/core/time/date.ts';
import type { Typed } from '../../src/desk/forms/checkForm.ts';
import { createForms, type Forms } from '../../src/desk/forms/forms.ts';
import type { UploadCaller } from '../../src/desk/uploads/uploadCaller.ts';
import { partsInMemory } from '../harness/apiInMemory.ts';
import { createTestPipeline, type TestPipeline } from '../harness/memoryPipeline.ts';
import { crowd } from '../harness/schoolDropouts.ts';

const NOW = '2026-10-07T07:12:00.000Z';
const [PERSON = '', OTHER = ''] = crowd(3, 2).map(({ fodselsnummer }) => fodselsnummer);
const LEFT: Typed = {
  ...{ type: 'avbrudd', fodselsnummer: PERSON, skolenummer: '40014' },
  ...{ avbruddsdato: '6. oktober 2026', avbruddsarsak: 'Feilvalg', moteHoldt: 'ja' },
};
const SCHOOL: UploadCaller['permission'] = {
  ...{ reach: { kind: 'institutions', institutions: ['40014'] }, masked: true },
};

let pipeline: TestPipeline;
let parts: ReturnType<typeof partsInMemory>;
let forms: Forms;
let now: number;

beforeEach(async () => {
  pipeline = await createTestPipeline({ county: '40' });
  await pipeline.pass(NOW);
  parts = partsInMemory(pipeline, () => NOW);
  now = epochOf(NOW);
  forms = createForms({ ...parts, now: () => now });
});

function caller(changes: Partial<UploadCaller> = {}): UploadCaller {
  const [organisation] = parts.organisations;
  if (organisation === undefined) throw new Error('no organisation');
  return {
    ...{ organisation, feed: 'school-dropout', from: { sender: 'person:1', institution: '40014' } },
    ...{ permission: SCHOOL, records: pipeline.store, ...changes },
  };
}

async function filled(typed: Typed = LEFT, by = caller()) {
  const filling = await forms.fill(by, typed);
  if (filling.form === null) throw new Error(`${filling.text} ${filling.problems.map(({ text }) => text)}`);
  return filling.form;
}

describe('one report', () => {
  test('is tried as a row of a list, sends nothing before it is sent, and then counts once', async () => {
    const form = await filled();
    expect(form).toMatchObject({ outcome: 'applied', text: 'Ville blitt godtatt.', sent: null });
    expect(pipeline.records()).toEqual([]);
    const [one, other] = await Promise.all([
      forms.send(caller(), form.id, null),
      forms.send(caller(), form.id, null),
    ]);
    await forms.send(caller(), form.id, null);
    expect([one.receiptId, other.receiptId]).toEqual([form.id, form.id]);
    await pipeline.settle();
    expect(pipeline.records()).toHaveLength(1);
    expect(await parts.queries.receipt(pipeline.org, form.id)).toMatchObject({
      ...{ rows: 1, sheetRows: null, institution: '40014', counts: { applied: 1 }, final: true },
    });
    expect(JSON.parse(String(pipeline.records()[0]?.value))).toEqual({
      ...{ type: 'avbrudd', fodselsnummer: PERSON, skolenummer: '40014' },
      ...{ avbruddsdato: '6. oktober 2026', avbruddsarsak: 'Feilvalg', moteHoldt: true },
    });
  });

  test('says what follows to one who may know, and only then', async () => {
    const county = { reach: { kind: 'county' }, masked: false } as const;
    const { text } = await filled(LEFT, caller({ permission: county }));
    expect(text).toMatch(/^Ny tilmelding AVBRUTT for 2026-27 med status OTUK\./);
  });

  test('shows all that is wrong together, by the same sentences as a list, and keeps nothing', async () => {
    const filling = await forms.fill(caller(), {
      ...{ ...LEFT, fodselsnummer: PERSON.slice(0, 10), avbruddsdato: '31.02.2026' },
      ...{ moteHoldt: 'kanskje' },
    });
    expect(filling.form).toBeNull();
    const fields = 'problems' in filling ? filling.problems.map(({ field }) => field) : [];
    // Which codes hold is not known without the date.
    expect(fields.toSorted()).toEqual(['avbruddsdato', 'fodselsnummer', 'moteHoldt']);
    expect(JSON.stringify(filling)).not.toContain(PERSON.slice(0, 10));
  });

  test('about another school is not sent for this one', async () => {
    const filling = await forms.fill(caller(), { ...LEFT, skolenummer: '40001' });
    expect(filling.form).toBeNull();
    expect('problems' in filling && filling.problems.map(({ code }) => code)).toEqual([
      'FOREIGN_INSTITUTION',
    ]);
  });

  test('is its sender’s alone, and forgotten after half an hour', async () => {
    const { id } = await filled();
    const gone = { code: 'UPLOAD_GONE' };
    const stranger = caller({ from: { sender: 'person:2', institution: '40014' } });
    expect(() => forms.show(stranger, id)).toThrow(expect.objectContaining(gone));
    await expect(forms.send(stranger, id, null)).rejects.toMatchObject(gone);
    expect(() => forms.show(caller({ feed: 'lower-secondary' }), id)).toThrow(expect.objectContaining(gone));
    now += 29 * 60_000;
    expect(forms.show(caller(), id).typed.fodselsnummer).toBe(PERSON);
    now += 31 * 60_000;
    expect(() => forms.show(caller(), id)).toThrow(expect.objectContaining(gone));
    expect(pipeline.records()).toEqual([]);
  });

  test('may be sent again as it was when it has been taken back', async () => {
    const send = async (typed: Typed) => {
      const form = await filled(typed);
      await forms.send(caller(), form.id, null);
      now += 60_000;
      await pipeline.pass(new Date(now).toISOString());
      await pipeline.settle();
      return form.id;
    };
    const annulment = {
      ...{ type: 'annullering', fodselsnummer: PERSON, skolenummer: '40014' },
      ...{ annullererType: 'avbrudd', skolear: '2026-27' },
    };
    const first = await send(LEFT);
    await send(annulment);
    expect((await pipeline.youth(PERSON))?.youth.registrations).toEqual([]);
    const again = await send(LEFT);
    expect(again).not.toBe(first);
    expect(pipeline.records()).toHaveLength(3);
  });

  test('that takes back what was never reported says so, and may be sent all the same', async () => {
    const form = await filled({
      ...{ type: 'annullering', fodselsnummer: OTHER, skolenummer: '40014' },
      ...{ annullererType: 'avbrudd', skolear: '2026-27' },
    });
    expect(form.notes.map(({ code }) => code)).toEqual(['ANNULS_NOTHING']);
  });

  test('gets an id where its feed wants one, under which it is corrected', async () => {
    const office = caller({
      ...{ feed: 'apprenticeship', from: { sender: 'person:3', institution: null } },
      permission: { reach: { kind: 'county' }, masked: true },
    });
    const ended = {
      ...{ type: 'heving', fodselsnummer: PERSON, bedriftsnummer: '974603268' },
      ...{ sluttdato: '01.10.2026', sluttaarsak: 'Feilvalg' },
    };
    const form = await filled(ended, office);
    expect(form.typed.id).toBe(`skjema-${form.id}`);
    await forms.send(office, form.id, null);
    await pipeline.settle();
    const corrected = await filled(
      { ...ended, id: `skjema-${form.id}`, version: '2', sluttdato: '14.09.2026' },
      office,
    );
    await forms.send(office, corrected.id, null);
    await pipeline.settle();
    const facts = (await pipeline.youth(PERSON))?.youth.facts ?? [];
    expect(facts.flatMap((fact) => (fact.kind === 'Left' ? [fact.effective] : []))).toEqual(['2026-09-14']);
  });
});
