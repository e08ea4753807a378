import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { canariesIn } from '../harness/canary.ts';
import type { Fetch } from '../harness/ownFetch.ts';
import type { ProxiedInstances } from '../harness/proxiedInstances.ts';

/** What a place holds, and whether something is in it that may be there for none. */
export interface SearchedPlace {
  /** E.g. `log`, `table audit_entry`. */
  place: string;
  bytes: number;
  /** Each found once. */
  found: string[];
}

export interface Secrets {
  /** Numbers and names. */
  persons: readonly string[];
  /** Tokens, and what logins under way are recognised by. */
  doors: readonly string[];
}

/**
 * Searches all that outlives a request, and all that was answered.
 * @param shown every answer of the installation and of its issuer
 */
export async function searchPlaces(
  two: ProxiedInstances,
  ask: Fetch,
  { persons, doors }: Secrets,
  shown: readonly { url: string; answer: Response }[],
): Promise<SearchedPlace[]> {
  const ours = shown.filter(({ url }) => !url.startsWith(two.people.issuer)).map(({ answer }) => answer);
  const cookies = ours.flatMap((answer) =>
    answer.headers.getSetCookie().map((cookie) => /^[^=]+=([^;]*)/.exec(cookie)?.[1] ?? ''),
  );
  const codes = shown.map(({ url }) => new URL(url).searchParams.get('code') ?? '');
  const opening = [...doors, ...cookies, ...codes].filter((each) => each !== '');
  const all = new Set([...persons, ...opening]);
  const locations = ours.map(({ headers }) => headers.get('location') ?? '').join('\n');
  const metrics = two.direct.map(async (url) => (await ask(`${url}/internal/metrics`)).text());
  const bodies = await Promise.all(ours.map((answer) => answer.text()));
  const places: Record<string, string> = {
    log: two.written(),
    metrics: (await Promise.all(metrics)).join('\n'),
    checkpoints: readdirSync(two.checkpoints)
      .map((name) => readFileSync(join(two.checkpoints, name), 'utf8'))
      .join('\n'),
    // The cookie itself is for the browser alone.
    heads: JSON.stringify(
      ours.map(({ headers }) =>
        [...headers].filter(([name]) => name !== 'set-cookie' && name !== 'location'),
      ),
    ),
    challenges: ours.map(({ headers }) => headers.get('www-authenticate') ?? '').join('\n'),
    bodies: bodies.join('\n'),
    ...(await tables(two.database.url)),
  };
  const searched = Object.entries(places).map(([place, text]) => ({
    place,
    bytes: text.length,
    found: canariesIn(text, [...all]),
  }));
  // The state is on its way to the issuer and back; nothing else may be.
  const inAddresses = canariesIn(
    locations,
    [...persons, ...cookies, ...codes].filter((each) => each !== ''),
  );
  return [...searched, { place: 'addresses', bytes: locations.length, found: [...new Set(inAddresses)] }];
}

/** Each table of the database as text. */
async function tables(url: string): Promise<Record<string, string>> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query(
      "select quote_ident(tablename) as name from pg_tables where schemaname = 'public' order by 1",
    );
    const found: Record<string, string> = {};
    for (const { name } of rows) {
      const content = await client.query(
        `select coalesce(string_agg(t::text, E'\\n'), '') as text from ${name} t`,
      );
      found[`table ${name}`] = content.rows[0].text;
    }
    return found;
  } finally {
    await client.end();
  }
}
