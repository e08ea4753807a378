import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Feed } from '../../src/core/youth/statusEvent.ts';
import { loadSchemas } from '../../src/wire/schemaFiles.ts';
import { type Fixture, fixturesOf, readFixture } from './fixtures.ts';

// The adapters of NAV's registers read NAV's own field names: each is found in what NAV has published, and what is not to be
// read is not even looked at.

const FOLDER = new URL('../../../shared/reference/navikt/', import.meta.url);
const PERIODS = new URL('veilarboppfolging/', FOLDER);
const published = (name: string): unknown => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'));

/** Paths of the fields an adapter has looked at, over all fixtures of its feed. */
function readBy(feed: Feed): string[] {
  const paths = new Set<string>();
  for (const fixture of fixturesOf(feed).values()) {
    const watched: Fixture = { ...fixture, value: watch(fixture.value, '', paths) };
    readFixture(feed, watched);
  }
  return [...paths].sort();
}

function watch(value: unknown, path: string, paths: Set<string>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return new Proxy(value, {
    get(object, name, receiver) {
      const content: unknown = Reflect.get(object, name, receiver);
      if (typeof name !== 'string' || Array.isArray(object)) return content;
      const at = `${path}${name}`;
      if (typeof content !== 'object' || content === null) paths.add(at);
      return watch(content, `${at}.`, paths);
    },
  });
}

function leaves(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [path];
  return Object.entries(value).flatMap(([name, content]) =>
    leaves(content, path === '' ? name : `${path}.${name}`),
  );
}

/** Without prose and what only Java reads. */
function shapeOf(schema: unknown): unknown {
  return JSON.parse(JSON.stringify(schema), function (this: unknown, name: string, value: unknown) {
    return name === 'doc' || name === 'avro.java.string' ? undefined : value;
  });
}

interface AvroField {
  name: string;
  type: unknown;
}

/** All paths of an Avro record, with records by name. */
function avroPaths(type: unknown, path = '', named = new Map<string, unknown>()): string[] {
  if (Array.isArray(type)) return [...new Set(type.flatMap((each) => avroPaths(each, path, named)))];
  if (typeof type === 'string') {
    const known = named.get(type.split('.').at(-1) ?? '');
    return known === undefined ? [path] : avroPaths(known, path, named);
  }
  const { type: kind, name, fields } = type as { type: unknown; name: string; fields?: AvroField[] };
  if (kind !== 'record' || fields === undefined) return [path];
  named.set(name, type);
  return fields.flatMap((field) =>
    avroPaths(field.type, path === '' ? field.name : `${path}.${field.name}`, named),
  );
}

describe.skipIf(!existsSync(FOLDER))('nav-arbeidssoker', () => {
  const schemas = loadSchemas(fileURLToPath(new URL('../../schemas/avro/in', import.meta.url)));
  const registered = schemas.filter(({ subject }) => subject.endsWith('.v1.Periode'));

  test('is registered with the names and types of NAV’s two schemas', () => {
    expect(registered.map(({ schema }) => shapeOf(JSON.parse(schema)))).toEqual([
      shapeOf(published('paw-periode.avsc')),
      shapeOf(published('paw-periode-v1-2026-06.avsc')),
    ]);
  });

  test('reads fields of NAV’s schema, and nothing of who acted, with what or why', () => {
    const read = readBy('nav-arbeidssoker');
    // An object that is missing is looked for under its own name.
    const known = [...avroPaths(published('paw-periode-v1-2026-06.avsc'))];
    const within = (path: string) => known.some((each) => each === path || each.startsWith(`${path}.`));
    expect(read.filter((path) => !within(path))).toEqual([]);
    expect(read).toEqual(
      expect.arrayContaining(['id', 'identitetsnummer', 'startet.tidspunkt', 'avsluttet.tidspunkt']),
    );
    expect(read.filter((path) => /utfoertAv|kilde$|aarsak|avslutningsInfo/.test(path))).toEqual([]);
  });

  test('knows only deviations that the schema has', () => {
    const text = JSON.stringify(published('paw-periode-v1-2026-06.avsc'));
    for (const deviation of ['FORSINKELSE', 'TIDSPUNKT_KORRIGERT', 'SLETTET', 'RETTING'])
      expect(text).toContain(`"${deviation}"`);
  });
});

describe.skipIf(!existsSync(FOLDER))('nav-oppfolging', () => {
  test('reads fields of version 3, and nothing of why the period began', () => {
    const known = readdirSync(PERIODS)
      .filter((name) => name.startsWith('oppfolgingsperiode.v3.'))
      .flatMap((name) => Object.keys(parse(readFileSync(new URL(name, PERIODS), 'utf8')).properties));
    const read = readBy('nav-oppfolging');
    const names = read.map((path) => path.replace(/^kontor\.(?=kontor)/, ''));
    expect(names.filter((name) => !known.includes(name))).toEqual([]);
    expect(read).toEqual(expect.arrayContaining(['oppfolgingsperiodeUuid', 'ident', 'kontor.kontorId']));
    expect(read.filter((path) => /aktorId|kontorNavn|[aA]arsak|sisteEndringsType/.test(path))).toEqual([]);
  });
});

describe.skipIf(!existsSync(FOLDER))('nav-deltaker', () => {
  /** The unit came in 2026; NAV's topic names no measure, so the sender adds it; the last says what a tombstone says. */
  const MORE = ['navVeileder', 'navVeileder.enhetsnummer', 'tiltakskode', 'slettet'];

  test('reads fields of NAV’s sample, and nothing of reason, content, extent or adviser', () => {
    const known = [...leaves(published('amt/deltaker-ekstern-v1.example.json')), 'status', ...MORE];
    const read = readBy('nav-deltaker');
    expect(read.filter((path) => !known.includes(path))).toEqual([]);
    expect(read).toEqual(expect.arrayContaining(['id', 'personIdent', 'status.type', 'endretTidspunkt']));
    expect(read.filter((path) => /aarsak|tekst|innhold|mengde|navIdent/.test(path))).toEqual([]);
  });
});
