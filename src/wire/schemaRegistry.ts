import type { RegisteredSchema } from './schemaFiles.ts';

// The read half of Confluent's Schema Registry API, so that any Confluent client can decode our topics
// without a registry of its own: https://docs.confluent.io/platform/current/schema-registry/develop/api.html

export interface RegistryAnswer {
  status: number;
  body: unknown;
}

/** @param path below the mount point, with or without a query, e.g. `/schemas/ids/1001`. */
export type SchemaRegistry = (path: string) => RegistryAnswer;

export function createSchemaRegistry(parts: {
  out: readonly RegisteredSchema[];
  /** What producers write with; ids must not collide with those of `out`. */
  in?: readonly RegisteredSchema[];
}): SchemaRegistry {
  const all = [...parts.out, ...(parts.in ?? [])];
  const byId = new Map(all.map((schema) => [schema.id, schema]));
  if (byId.size !== all.length) throw new Error('two schemas have the same id');
  const subjects = new Map<string, RegisteredSchema[]>();
  for (const schema of all) subjects.set(schema.subject, [...(subjects.get(schema.subject) ?? []), schema]);
  for (const versions of subjects.values()) versions.sort((a, b) => a.version - b.version);

  const answerId = (id: string, rest: readonly string[]): RegistryAnswer => {
    const schema = /^\d{1,9}$/.test(id) ? byId.get(Number(id)) : undefined;
    if (schema === undefined) return notFound(40403, 'Schema not found');
    const [view, more] = rest;
    if (view === undefined) return found({ schema: schema.schema });
    if (more !== undefined) return notFound(404, 'HTTP 404 Not Found');
    if (view === 'schema') return found(JSON.parse(schema.schema));
    if (view === 'subjects') return found([schema.subject]);
    if (view === 'versions') return found([{ subject: schema.subject, version: schema.version }]);
    return notFound(404, 'HTTP 404 Not Found');
  };

  const answerSubject = (subject: string, rest: readonly string[]): RegistryAnswer => {
    const [versionsWord, wanted, view, more] = rest;
    if (versionsWord !== 'versions' || more !== undefined) return notFound(404, 'HTTP 404 Not Found');
    const versions = subjects.get(subject);
    if (versions === undefined) return notFound(40401, `Subject '${subject}' not found.`);
    if (wanted === undefined) return found(versions.map(({ version }) => version));
    // Confluent takes -1 for «latest» too.
    const latest = wanted === 'latest' || wanted === '-1';
    if (!latest && !/^[1-9]\d{0,8}$/.test(wanted)) {
      const message = `The specified version '${wanted}' is not a valid version id.`;
      return { status: 422, body: { error_code: 42202, message } };
    }
    const schema = latest ? versions.at(-1) : versions.find(({ version }) => version === Number(wanted));
    if (schema === undefined) return notFound(40402, `Version ${wanted} not found.`);
    if (view === 'schema') return found(JSON.parse(schema.schema));
    if (view !== undefined) return notFound(404, 'HTTP 404 Not Found');
    return found({ subject, version: schema.version, id: schema.id, schema: schema.schema });
  };

  return (path) => {
    const segments = segmentsOf(path);
    const [first, second, third, ...rest] = segments ?? [];
    if (first === 'schemas' && second === 'types' && third === undefined) return found(['AVRO']);
    if (first === 'schemas' && second === 'ids' && third !== undefined) return answerId(third, rest);
    if (first === 'subjects' && second === undefined) return found([...subjects.keys()].sort());
    if (first === 'subjects' && second !== undefined) {
      return answerSubject(second, third === undefined ? [] : [third, ...rest]);
    }
    // The rule that the tests hold every pair of versions to.
    if (first === 'config' && third === undefined) return found({ compatibilityLevel: 'FULL_TRANSITIVE' });
    return notFound(404, 'HTTP 404 Not Found');
  };
}

/** `undefined` when the path is not properly escaped. */
function segmentsOf(path: string): string[] | undefined {
  const [plain = ''] = path.split('?', 1);
  try {
    return plain.split('/').filter(Boolean).map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

function found(body: unknown): RegistryAnswer {
  return { status: 200, body };
}

function notFound(error_code: number, message: string): RegistryAnswer {
  return { status: 404, body: { error_code, message } };
}
