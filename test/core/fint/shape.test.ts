import { describe, expect, test } from 'vitest';
import { FINT_MODEL, type FintClass } from '../../../src/core/fint/model.ts';
import { otEnhet } from '../../../src/core/fint/otEnhet.ts';
import { otStatuses, statusId } from '../../../src/core/fint/otStatus.ts';
import { otUngdom } from '../../../src/core/fint/otUngdom.ts';
import { type FintAddress, relativeAddress } from '../../../src/core/fint/resource.ts';
import { fintStanding } from '../../../src/core/fint/standing.ts';
import { countyNumber } from '../../../src/core/organisation.ts';
import { story } from '../../harness/story.ts';

const COUNTY = countyNumber('40');
const absolute: FintAddress = (resource, id) => `https://ot.example.no/${resource}/systemid/${id}`;
const classNamed = (name: FintClass['name']) => {
  const found = FINT_MODEL.find((each) => each.name === name);
  if (found === undefined) throw new Error(name);
  return found;
};

/** What of a resource is not as FINT's model has it: unknown fields, links that are none, mandatory ones that lack. */
function faults(model: FintClass, resource: object): string[] {
  const { _links: links = {}, ...fields } = resource as Record<string, unknown> & {
    _links?: Record<string, { href: string }[]>;
  };
  const of = (relation: boolean) =>
    new Map(model.fields.filter((each) => each.relation === relation).map((each) => [each.name, each]));
  const [attributes, relations] = [of(false), of(true)];
  return [
    ...Object.keys(fields)
      .filter((name) => !attributes.has(name))
      .map((name) => `${name} is no field`),
    ...Object.keys(links)
      .filter((name) => name !== 'self' && !relations.has(name))
      .map((name) => `${name} is no relation`),
    ...Object.entries(fields)
      .filter(([name, value]) => !fits(attributes.get(name)?.type ?? '', value))
      .map(([name]) => `${name} is of another type`),
    ...model.fields
      .filter(
        ({ cardinality, relation, name, difference }) =>
          cardinality === '1' &&
          !difference?.startsWith('N') &&
          (relation ? links : fields)[name] === undefined,
      )
      .map(({ name }) => `${name} lacks`),
    ...Object.entries(links)
      .filter(([, list]) => !Array.isArray(list) || list.length !== 1)
      .map(([name]) => `${name} is not one link`),
    ...(links.self?.[0]?.href.endsWith(
      `systemid/${(fields.systemId as { identifikatorverdi: string }).identifikatorverdi}`,
    )
      ? []
      : ['self is another']),
  ];
}

function fits(type: string, value: unknown): boolean {
  if (type === 'Identifikator')
    return /^[A-Za-z0-9._~-]+$/.test((value as { identifikatorverdi: string }).identifikatorverdi);
  if (type === 'Periode')
    return Object.values(value as object).every((at) => /^\d{4}-\d\d-\d\dT12:00:00Z$/.test(at));
  return typeof value === type;
}

function dropout(county = '40') {
  const youth = story();
  youth.when(
    '2026-10-07T07:12:00.000Z',
    {
      kind: 'Left',
      training: 'school',
      institution: '40014',
      reason: 'AF',
      list: 'B06-2024',
      lostRight: false,
    },
    { effective: '2026-10-05', county },
  );
  return youth;
}

describe('the shape of FINT', () => {
  test('holds for a youth, every status code and a unit', () => {
    const standing = fintStanding(dropout().youth(), { county: COUNTY, from: '2025-26' });
    expect(standing).toEqual({ status: 'OTUK', unit: '40200' });
    if (standing === null) return;
    for (const to of [absolute, relativeAddress]) {
      expect(faults(classNamed('OtUngdom'), otUngdom('6f1c0e9d', standing, to))).toEqual([]);
      expect(
        faults(
          classNamed('OtEnhet'),
          otEnhet('40200', true, (id) => to('otenhet', id)),
        ),
      ).toEqual([]);
      for (const status of otStatuses((id) => to('otstatus', id)))
        expect(faults(classNamed('OtStatus'), status)).toEqual([]);
    }
  });

  test('names a difference for every mandatory field that is not sent', () => {
    const unsent = FINT_MODEL.flatMap(({ name, fields }) =>
      fields
        .filter(({ difference, cardinality }) => cardinality === '1' && difference?.startsWith('N'))
        .map((field) => `${name}.${field.name}`),
    );
    expect(unsent).toEqual(['OtUngdom.person', 'OtEnhet.kommune']);
  });
});

describe('status codes', () => {
  test('have one id each; those of older lists are passive and never confused with a code in use', () => {
    const all = otStatuses((id) => id);
    expect(new Set(all.map(({ systemId }) => systemId.identifikatorverdi)).size).toBe(all.length);
    const [now, before] = [
      statusId({ list: 'OT-2016-07', code: 'OTFA' }),
      statusId({ list: 'OT-2011-01', code: 'OTFA' }),
    ];
    expect(now).not.toBe(before);
    expect(all.find(({ systemId }) => systemId.identifikatorverdi === before)).toMatchObject({
      passiv: true,
      kode: 'OTFA',
    });
    expect(all.find(({ kode, passiv }) => kode === 'OTUK' && !passiv)).toMatchObject({
      systemId: { identifikatorverdi: 'OTUK' },
      type: 'O',
      gyldighetsperiode: { start: '2016-07-01T12:00:00Z' },
    });
  });
});

describe('whether a youth is in FINT', () => {
  const at = { county: COUNTY, from: '2025-26' };

  test('no, before it is registered, in another county, and after two school years', () => {
    expect(fintStanding(story().youth(), at)).toBeNull();
    expect(fintStanding(dropout().youth(), { ...at, county: countyNumber('39') })).toBeNull();
    expect(fintStanding(dropout().youth(), { ...at, from: '2027-28' })).toBeNull();
  });

  test('no, from the moment that its address is protected; yes when it no longer is', () => {
    const youth = dropout();
    const protect = (
      moment: string,
      version: number,
      grade: 'STRENGT_FORTROLIG' | 'FORTROLIG' | 'UGRADERT',
    ) =>
      youth.when(
        moment,
        { kind: 'Protection', grade },
        { id: `p-${version}`, effective: moment.slice(0, 10), feed: 'folkeregister' },
      );
    protect('2026-10-08T07:00:00.000Z', 1, 'STRENGT_FORTROLIG');
    expect(fintStanding(youth.youth(), at)).toBeNull();
    protect('2026-10-12T07:00:00.000Z', 2, 'FORTROLIG');
    expect(fintStanding(youth.youth(), at)).toBeNull();
    protect('2026-10-20T07:00:00.000Z', 3, 'UGRADERT');
    expect(fintStanding(youth.youth(), at)).not.toBeNull();
  });
});

test('several registrations are shown as the newest school year of the county', () => {
  const youth = dropout().youth();
  const [one] = youth.registrations;
  if (one === undefined) throw new Error('no registration');
  const older = { ...one, schoolYear: '2025-26', owner: '40201' };
  const elsewhere = { ...one, schoolYear: '2027-28', county: countyNumber('39'), owner: '39200' };
  const both = { ...youth, registrations: [older, one, elsewhere] };
  expect(fintStanding(both, { county: COUNTY, from: '2025-26' })).toEqual({ status: 'OTUK', unit: '40200' });
});
