import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { goldenAvro } from '../avro.ts';
import { goldenOpenApi } from '../openapi.ts';
import { quoted } from '../quoted.ts';
import { ALERT_PICTURE, alertPicture } from './alertPicture.ts';
import { ASYNCAPI, goldenAsyncApi } from './asyncapi.ts';
import { DRIFT, withConfig } from './configTables.ts';
import { LISTS, withLists } from './listTables.ts';
import { NAIS_TOPICS, naisTopics } from './naisTopics.ts';
import { jsonSchema, PROJECTION_SCHEMAS } from './projectionSchemas.ts';
import { INTEGRATION, README, withQuotes } from './quotes.ts';
import { lockedSql, RELEASED, releasedSql } from './releasedSql.ts';
import { goldenRights, RIGHTS_FILE } from './rights.ts';
import { RULES_PAGE, rulesPage } from './rules.ts';
import { RULE_TESTS_FILE, ruleTestsFile } from './ruleTests.ts';
import { WEBHOOK_SCHEMA, webhookSchema } from './webhookSchema.ts';

// `npm run golden`: writes again every file that is generated from the code and held by a test. Read the diff before
// it is committed: each line of it is something others see.

const AVRO = new URL('../avro/', import.meta.url);
const OPENAPI = new URL('../../../schemas/openapi.json', import.meta.url);

const avro = goldenAvro();
const readme = readFileSync(README, 'utf8');
const { readme: inReadme, integration, screen } = await quoted(readme);
for (const name of readdirSync(AVRO)) if (!avro.has(name)) rmSync(new URL(name, AVRO));

const written: [URL, string | Buffer][] = [
  ...[...avro].map(([name, bytes]): [URL, Buffer] => [new URL(name, AVRO), bytes]),
  [OPENAPI, goldenOpenApi()],
  [ASYNCAPI, goldenAsyncApi()],
  [README, withQuotes(readme, inReadme)],
  [INTEGRATION, withQuotes(readFileSync(INTEGRATION, 'utf8'), integration)],
  [DRIFT, withConfig(readFileSync(DRIFT, 'utf8'))],
  [LISTS, withLists(readFileSync(LISTS, 'utf8'))],
  [ALERT_PICTURE, alertPicture(screen)],
  [RELEASED, lockedSql(releasedSql())],
  [RULES_PAGE, rulesPage()],
  [RULE_TESTS_FILE, ruleTestsFile()],
  [RIGHTS_FILE, goldenRights()],
  [NAIS_TOPICS, naisTopics()],
  [WEBHOOK_SCHEMA, webhookSchema()],
  ...PROJECTION_SCHEMAS.map(([file, schema]): [URL, string] => [file, jsonSchema(schema)]),
];
for (const [file, content] of written) {
  const before = readOrNothing(file);
  if (before?.equals(Buffer.from(content))) continue;
  writeFileSync(file, content);
  console.log(`${before ? 'changed' : 'new'}: ${fileURLToPath(file)}`);
}

function readOrNothing(file: URL): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined; // a golden file that is new
  }
}
