import { describe, expect, test } from 'vitest';
import { appOf, dropout, ORG, PERSON, problemOf, sent, streamed, testParts } from './parts.ts';

const FEED = `/organisations/${ORG}/feeds/school-dropout`;
const MB = 1024 * 1024;

async function refused(body: string | Buffer, headers: Record<string, string> = {}) {
  const parts = testParts();
  const response = await appOf(parts).app.request(FEED, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  expect(sent(parts.publisher, 'school-dropout')).toEqual([]);
  return { status: response.status, ...(await problemOf(response)) };
}

/** What a growing answer costs: highest resident set while it ran, over the one before. */
async function growth(run: () => Promise<void>): Promise<number> {
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  let highest = before;
  const timer = setInterval(() => {
    highest = Math.max(highest, process.memoryUsage.rss());
  }, 5);
  await run();
  clearInterval(timer);
  return Math.max(highest, process.memoryUsage.rss()) - before;
}

describe('malformed JSON', () => {
  const cases: [string, string, number][] = [
    ['a missing value', '{"a":}', 6],
    ['a single quote', "{'a':1}", 2],
    ['a comma too many', '[{"a":1},]', 10],
    ['a comma too few', '[{"a":1}{"b":2}]', 9],
    ['something after the end', '{"a":1} x', 9],
    ['a body cut off', '[{"a":1},{"b":', 15],
    ['an empty body', '', 1],
    ['a raw NUL', '{"a":"\u0000"}', 7],
    ['a wrong row among right ones', '[{"a":1},\n{"b":nei}]', 16],
    ['a wrong letter after æ', '["æ", x]', 8],
  ];
  test.each(cases)('%s is 400 with the position', async (_what, body, position) => {
    const problem = await refused(body);
    expect(problem.status).toBe(400);
    expect(problem.type).toBe('urn:ot-bridge:NOT_JSON');
    expect(problem.detail).toContain(`byte ${position}.`);
  });

  test('names the row it is in', async () => {
    expect((await refused('[{"a":1},{"b":nei}]')).detail).toMatch(/^Rad 2: /);
  });

  test('in Windows-1252 is refused with the advice to send UTF-8', async () => {
    expect((await refused(Buffer.from('{"navn":"Bjørk"}', 'latin1'))).detail).toContain('UTF-8');
  });

  test('is never quoted back', async () => {
    const problem = await refused(`[{"fodselsnummer":"${PERSON}" "navn":"AKTSOM FJELLREV"}]`);
    expect(JSON.stringify(problem)).not.toMatch(/14830989960|AKTSOM|fodselsnummer/);
  });
});

describe('odd but whole input', () => {
  test('with a byte order mark is read', async () => {
    const { post } = appOf(testParts());
    expect((await post(FEED, `\uFEFF${JSON.stringify(dropout())}`)).status).toBe(202);
  });

  test('with \\u0000 inside a text goes to the pipeline, which quarantines it', async () => {
    const parts = testParts();
    expect((await appOf(parts).post(FEED, dropout({ merknad: '\u0000' }))).status).toBe(202);
    expect(sent(parts.publisher, 'school-dropout')).toHaveLength(1);
  });

  test.each(['5', '"tekst"', 'null', 'true'])('that is neither record nor list (%s) is 400', async (body) => {
    expect(await refused(body)).toMatchObject({ status: 400, type: 'urn:ot-bridge:NOT_AN_OBJECT' });
  });

  test.each([100, 10_000, 1_000_000])('nested %i deep is 400', async (depth) => {
    const nested = `${'['.repeat(depth)}${']'.repeat(depth)}`;
    for (const body of [`[{"a":${nested}}]`, `{"a":${nested}}`, nested]) {
      expect((await refused(body)).type).toMatch(/TOO_DEEP|TOO_LARGE/);
    }
  });
});

describe('content type and encoding', () => {
  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/json; charset=iso-8859-1',
    'multipart/form-data',
  ])('%s is 415', async (type) => {
    expect(await refused('{}', { 'content-type': type })).toMatchObject({ status: 415 });
  });

  test('a missing type is 415: a web page can post without one', async () => {
    const response = await appOf(testParts()).app.request(FEED, { method: 'POST', body: Buffer.from('{}') });
    expect(response.status).toBe(415);
  });

  test.each(['gzip', 'deflate', 'br'])('%s is 415 and is not unpacked', async (encoding) => {
    expect(await refused('{}', { 'content-encoding': encoding })).toMatchObject({
      status: 415,
      type: 'urn:ot-bridge:UNSUPPORTED_ENCODING',
    });
  });

  test('Avro without the frame, or larger than a record, is refused', async () => {
    const type = { 'content-type': 'application/avro' };
    expect(await refused(Buffer.from('Obj\u0001avro.schema'), type)).toMatchObject({
      type: 'urn:ot-bridge:NOT_AVRO',
    });
    expect(await refused(Buffer.alloc(70_000), type)).toMatchObject({ status: 413 });
  });
});

describe('size', () => {
  test('a row of more than 64 kB is 413 and is named', async () => {
    const problem = await refused(JSON.stringify([dropout(), dropout({ merknad: 'x'.repeat(65_536) })]));
    expect(problem).toMatchObject({ status: 413, type: 'urn:ot-bridge:TOO_LARGE' });
    expect(problem.detail).toMatch(/^Rad 2 er større enn 64 kB/);
  });

  test('a Content-Length over 50 MB is refused before a byte is read', async () => {
    let read = 0;
    const parts = testParts();
    const response = await appOf(parts).app.request(FEED, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': String(50 * MB + 1) },
      body: streamed(
        (function* () {
          read += 1;
          yield Buffer.from('[');
        })(),
      ),
      duplex: 'half',
    } as RequestInit);
    expect(response.status).toBe(413);
    // The stream itself fetches one piece ahead.
    expect(read).toBeLessThanOrEqual(1);
  });

  test('a chunked body over 50 MB is 413, no more than as much again is taken, and memory stays bounded', async () => {
    let given = 0;
    function* pieces() {
      yield Buffer.from('[');
      const row = Buffer.from(`${JSON.stringify(dropout({ merknad: 'x'.repeat(60_000) }))},`);
      for (; given < 200 * MB; given += row.length) yield row;
    }
    let status = 0;
    const grown = await growth(async () => {
      const response = await appOf(testParts()).app.request(FEED, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: streamed(pieces()),
        duplex: 'half',
      } as RequestInit);
      status = response.status;
      expect((await problemOf(response)).detail).toContain('50 MB');
    });
    expect(status).toBe(413);
    expect(given).toBeLessThan(102 * MB);
    expect(grown).toBeLessThan(300 * MB);
  });

  test('1,000,000 tiny rows are 413 at row 100,001 with the cure', async () => {
    let rows = 0;
    function* pieces() {
      yield Buffer.from('[{}');
      for (; rows < 1_000_000; rows += 1_000) yield Buffer.from(',{}'.repeat(1_000));
      yield Buffer.from(']');
    }
    const grown = await growth(async () => {
      const response = await appOf(testParts()).app.request(FEED, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: streamed(pieces()),
        duplex: 'half',
      } as RequestInit);
      expect(response.status).toBe(413);
      expect(await problemOf(response)).toMatchObject({
        type: 'urn:ot-bridge:TOO_MANY_ROWS',
        detail: expect.stringContaining('Del listen'),
      });
    });
    expect(grown).toBeLessThan(300 * MB);
  });

  test('a document of a million empty values is refused before it is parsed into memory', async () => {
    const parts = testParts();
    const body = Buffer.from(`{"antall":1,"kontrakter":[${'{},'.repeat(2_500_000)}{}]}`);
    const response = await appOf(parts).app.request(`/organisations/${ORG}/feeds/apprenticeship`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(response.status).toBe(413);
  });

  test('too many large bodies at the same time are 503 with Retry-After, and the room is given back', async () => {
    const parts = testParts();
    const { app, post } = appOf(parts);
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const large = () => {
      const row = Buffer.from(`${JSON.stringify(dropout({ merknad: 'x'.repeat(60_000) }))},`);
      let left = 700;
      return new ReadableStream<Uint8Array>({
        async pull(controller) {
          if (left === 700) controller.enqueue(new TextEncoder().encode('['));
          left -= 1;
          if (left > 0) controller.enqueue(new Uint8Array(row));
          else {
            await gate;
            controller.enqueue(new TextEncoder().encode('{}]'));
            controller.close();
          }
        },
      });
    };
    const send = () =>
      app.request(FEED, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: large(),
        duplex: 'half',
      } as RequestInit);
    const running = Array.from({ length: 4 }, send);
    const first = await Promise.race(running);
    expect(first.status).toBe(503);
    expect(first.headers.get('retry-after')).not.toBeNull();
    release();
    const statuses = (await Promise.all(running)).map(({ status }) => status).sort();
    expect(statuses).toEqual([202, 202, 503, 503]);
    expect((await post(FEED, dropout())).status).toBe(202);
  });
});
