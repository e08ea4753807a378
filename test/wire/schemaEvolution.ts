import avro from 'avsc';
import type { RegisteredSchema } from '../../src/wire/schemaFiles.ts';

/** What keeps readers of one version from reading another, for each ordered pair of versions of a subject. */
export function evolutionBreaks(schemas: readonly RegisteredSchema[]): string[] {
  const breaks: string[] = [];
  for (const reader of schemas) {
    for (const writer of schemas) {
      if (reader.subject !== writer.subject || reader.version === writer.version) continue;
      try {
        avro.Type.forSchema(JSON.parse(reader.schema)).createResolver(
          avro.Type.forSchema(JSON.parse(writer.schema)),
        );
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        breaks.push(
          `${reader.subject}: version ${reader.version} cannot read version ${writer.version}: ${why}`,
        );
      }
    }
  }
  return breaks;
}
