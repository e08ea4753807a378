import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RealPipeline, startRealPipeline } from '../harness/realPipeline.ts';
import { crowd, dropout } from '../harness/schoolDropouts.ts';
import { testedVersions } from '../harness/sharedParts.ts';

const TRACE = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

describe.each(testedVersions())('what others put on a feed, on PostgreSQL %s', (version) => {
  let pipeline: RealPipeline;
  beforeAll(async () => {
    pipeline = await startRealPipeline({ version });
  });
  afterAll(() => pipeline?.stop());

  test('case E5: of over-large records position, size and digest are kept, and what follows them flows', async () => {
    const [before, after] = crowd(51, 2);
    if (before === undefined || after === undefined) throw new Error('no such youth');
    const junk = Array.from({ length: 40 }, (_, at) => Buffer.alloc(900_000, `junk-${at} `));
    const key = 'en-nokkel';
    await pipeline.send('school-dropout', [dropout(before, 'for-1')], { key });
    for (const each of junk) await pipeline.send('school-dropout', [each], { key });
    await pipeline.send('school-dropout', [dropout(after, 'etter-1')], { key });
    await pipeline.settle();
    for (const { fodselsnummer } of [before, after])
      expect(await pipeline.registrations(fodselsnummer)).toEqual(['AVBRUTT OTUK 2026-27']);
    const { items } = await pipeline.json('quarantine?limit=500');
    expect(items).toHaveLength(40);
    const texts = new Set(items.map(({ problems }: { problems: { text: string }[] }) => problems[0]?.text));
    expect([...texts]).toEqual(['Raden er større enn 64 KiB: den er på 879 KiB.']);
    const [kept] = await pipeline.query<{ size: number }>(
      'select max(length(sealed)) as size from quarantine',
    );
    expect(kept?.size).toBeLessThan(1_000);
    const refused = await pipeline.post(`quarantine/${items[0].id}/replay`, { reason: 'Prøver igjen.' });
    expect(refused.status).toBe(409);
    expect(JSON.parse(await refused.text()).detail).toMatch(/kan ikke sendes på nytt herfra/);
  });

  test('case E4: a traceparent in W3C form is passed on, any other text and every foreign header is not', async () => {
    const people = crowd(52, 3);
    const headers: Record<string, string>[] = [
      { traceparent: TRACE },
      { traceparent: 'Aktsom Fjellrev 14830989960', navn: 'Fjellrev' },
      { traceparent: `01${TRACE.slice(2)}-Fjellrev`, tracestate: 'navn=Fjellrev' },
    ];
    for (const [at, person] of people.entries()) {
      await pipeline.send('school-dropout', [dropout(person, `spor-${at}`)], { headers: headers[at] ?? {} });
    }
    await pipeline.settle();
    const seen = await Promise.all(
      people.map(async ({ fodselsnummer }) =>
        (await pipeline.out('status', fodselsnummer)).map((out) => out.headers.traceparent),
      ),
    );
    expect(seen).toEqual([[TRACE], [undefined], [TRACE]]);
    const all = await Promise.all(people.map(({ fodselsnummer }) => pipeline.out('alert', fodselsnummer)));
    expect(JSON.stringify(all.flat().map((out) => out.headers))).not.toMatch(/Fjellrev|14830989960/);
  });
});
