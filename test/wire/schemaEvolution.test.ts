import { createHash } from 'node:crypto';
import avro from 'avsc';
import { describe, expect, test } from 'vitest';
import { OUT_TOPICS } from '../../src/core/messages/messages.ts';
import { ALERT_KINDS } from '../../src/core/youth/youthEvent.ts';
import type { RegisteredSchema } from '../../src/wire/schemaFiles.ts';
import { OUT_SCHEMAS } from '../golden/avro.ts';
import { evolutionBreaks } from './schemaEvolution.ts';

/** Released schemas by id, SHA-256 of their text without white space: a released schema is never edited. */
const RELEASED: Record<number, string> = {
  1001: '5f0dc20a612667fbd15d9ea3eb1912f54ffc5c52d65844ae8c230b58fdda4fbd',
  1002: 'a6c92f7119dec0879dda8a3b306426502001f865ae5254c17b5035fcebc254a9',
  1003: 'b4629d7c7d1afa7f1fe08f5d87840f278b1848e3dc437a637ceb167db776eb6c',
  1004: 'daca6683784a84a0624bb7f5ec3308d06854484272265759940592e080956fe2',
  1005: 'fcded0fa701b9276f7d1ac687430860eae16e20bcf2878396cd9f9ddbdbfedc8',
  1006: '1057f2cd7be5b488e792da1165e21aa19eb7931c910799917609345afd18198a',
};

const version = (n: number, fields: object[]): RegisteredSchema => ({
  id: n,
  subject: 'no.otbridge.ot.Example',
  version: n,
  file: `example.${n}.avsc`,
  schema: JSON.stringify({ type: 'record', name: 'Example', namespace: 'no.otbridge.ot', fields }),
});
const text = { name: 'ref', type: 'string' };
const optional = { name: 'note', type: ['null', 'string'], default: null };
const state = (...symbols: string[]) => ({
  name: 'state',
  type: { type: 'enum', name: 'State', symbols: ['UKJENT_VERDI', ...symbols], default: 'UKJENT_VERDI' },
});

describe('schema evolution, FULL_TRANSITIVE', () => {
  test('every version of an out schema reads every other', () => {
    expect(evolutionBreaks(OUT_SCHEMAS)).toEqual([]);
  });

  test('an optional field and a new enum symbol may come and go', () => {
    const versions = [
      version(1, [text, state('OPEN')]),
      version(2, [text, optional, state('OPEN', 'PAUSED')]),
      version(3, [text, state('OPEN', 'PAUSED')]),
    ];
    expect(evolutionBreaks(versions)).toEqual([]);
  });

  test('a required field, another type and a symbol without a default are breaks, also two versions apart', () => {
    const required = [
      version(1, [text]),
      version(2, [text, optional]),
      version(3, [text, { ...text, name: 'note' }]),
    ];
    expect(evolutionBreaks(required).map((each) => each.split(': ')[1])).toEqual([
      'version 3 cannot read version 1',
      'version 3 cannot read version 2',
    ]);
    expect(evolutionBreaks([version(1, [text]), version(2, [{ name: 'ref', type: 'int' }])])).toHaveLength(2);
    const bare = (...symbols: string[]) => ({ name: 's', type: { type: 'enum', name: 'S', symbols } });
    expect(evolutionBreaks([version(1, [bare('A')]), version(2, [bare('A', 'B')])])).toHaveLength(1);
  });

  test('a reader takes a symbol it does not know as UKJENT_VERDI', () => {
    const old = avro.Type.forSchema(JSON.parse(version(1, [state('OPEN')]).schema));
    const newer = avro.Type.forSchema(JSON.parse(version(2, [state('OPEN', 'PAUSED')]).schema));
    const read = old.fromBuffer(newer.toBuffer({ state: 'PAUSED' }), old.createResolver(newer));
    expect({ ...read }).toEqual({ state: 'UKJENT_VERDI' });
  });
});

describe('out schemas', () => {
  const parsed = OUT_SCHEMAS.map((schema) => ({ ...schema, content: JSON.parse(schema.schema) }));

  test('a released schema is never edited: a change is a new version with a new id', () => {
    const hashes = Object.fromEntries(OUT_SCHEMAS.map(({ id, schema }) => [id, sha256(schema)]));
    expect(hashes).toEqual(RELEASED);
  });

  test('each out topic has one, named after its subject', () => {
    expect(new Set(OUT_SCHEMAS.map(({ file }) => file.split('.')[0]))).toEqual(
      // The alerts of youths in hiding are alerts.
      new Set(OUT_TOPICS.filter((topic) => topic !== 'alert-protected')),
    );
    for (const { subject, content } of parsed) expect(`${content.namespace}.${content.name}`).toBe(subject);
  });

  test('every kind of alert the core raises can be written', () => {
    const alert = parsed.findLast(({ subject }) => subject === 'no.otbridge.ot.Alert');
    const kind = alert?.content.fields.find((field: { name: string }) => field.name === 'kind');
    expect(kind?.type.symbols).toEqual(expect.arrayContaining([...ALERT_KINDS]));
  });

  test('each field is explained, and each enum starts with a default for newer symbols', () => {
    const undocumented: string[] = [];
    const visit = (node: unknown, path: string): void => {
      if (Array.isArray(node)) for (const each of node) visit(each, path);
      if (typeof node !== 'object' || node === null) return;
      const type = new Map(Object.entries(node));
      if (type.get('type') === 'enum') {
        expect(type.get('default'), path).toBe('UKJENT_VERDI');
        expect(type.get('symbols')[0], path).toBe('UKJENT_VERDI');
      }
      for (const field of type.get('fields') ?? []) {
        if (!field.doc) undocumented.push(`${path}.${field.name}`);
        visit(field.type, `${path}.${field.name}`);
      }
      visit(type.get('items'), path);
    };
    for (const { subject, content } of parsed) visit(content, subject);
    expect(undocumented).toEqual([]);
  });

  test('status-group has no code, unit, kind of tilmelding or reason', () => {
    const group = parsed.find(({ subject }) => subject.endsWith('.StatusGroup'));
    const names = group?.content.fields.map(({ name }: { name: string }) => name);
    for (const name of ['code', 'owner', 'tilmeldingskode', 'reason', 'rule', 'viaOt'])
      expect(names).not.toContain(name);
  });
});

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
