import pg from 'pg';

/** Runs a script of psql, statement by statement, with its variable `password`. */
export async function runScript(url: string, script: string, password: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const statements = script
      .replace(/^--.*$/gm, '')
      .replaceAll(":'password'", `'${password}'`)
      .split(';');
    for (const statement of statements) if (statement.trim() !== '') await client.query(statement);
  } finally {
    await client.end();
  }
}
