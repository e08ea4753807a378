import pg from 'pg';

/** The harness's own look into PostgreSQL, apart from the app's code; outlives restarts of the server. */
export interface Database {
  query<Row extends pg.QueryResultRow>(text: string): Promise<Row[]>;
  close(): Promise<void>;
}

export function openDatabase(url: string): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: 2,
    connectionTimeoutMillis: 5_000,
    application_name: 'fault-harness',
  });
  pool.on('error', () => undefined);
  return {
    query: async (text) => (await pool.query(text)).rows,
    close: () => pool.end(),
  };
}

/** @returns its URL */
export async function createDatabase(serverUrl: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(`create database ${name}`);
  } finally {
    await client.end();
  }
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}
