import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Principal } from '../../src/core/access/principal.ts';
import { orgId } from '../../src/core/organisation.ts';
import { type PersonRef, personRef } from '../../src/core/person/reference.ts';
import { fold } from '../../src/core/youth/evolve.ts';
import { UNKNOWN_YOUTH } from '../../src/core/youth/youth.ts';
import type { YouthEvent } from '../../src/core/youth/youthEvent.ts';
import { appliedRecord, youthWrite } from '../../src/pipeline/writes.ts';
import { controlOf, grant, machine } from '../access/callers.ts';
import { CONSUMER, STRANGER } from '../access/world.ts';
import { batch } from '../store/commits.ts';
import { appOf, bodyOf, ORG, problemOf, SAMPLE, testParts } from './parts.ts';
import { ALERT, EVENTS, FACT, RECORDED } from './seed.ts';

const CAUSE = '5a1cf3b07e9d2468';
const RAISED = EVENTS.map((event) =>
  event.type === 'AlertRaised' ? { ...event, alert: { ...ALERT, id: CAUSE } } : event,
);
const MOVED: YouthEvent[] = [{ type: 'AlertChanged', alert: { ...ALERT, id: CAUSE, timeBand: 'B' } }];
const PROTECTION = { ...FACT, kind: 'Protection' as const, grade: 'STRENGT_FORTROLIG' as const, id: 'p' };
const HIDES: YouthEvent[] = [
  { type: 'FactRecorded', fact: PROTECTION },
  { type: 'ProtectionChanged', from: 'UGRADERT', to: 'STRENGT_FORTROLIG', rule: 'R44' as never },
];
const AT = `/organisations/${ORG}/changes`;
const READS = [grant('ot/registrations.read', ORG)];

interface Change {
  type: string;
  timestamp: string;
  data: { org: string; ref: string; version: number; id: string; href: string };
}

function caller(orgnr = CONSUMER, grants = READS): Principal {
  return machine(grants, { consumer: orgnr as never, name: `0192:${orgnr}`, key: `0192:${orgnr}` });
}

function setUp() {
  const stopping = new AbortController();
  let heads = 0;
  const base = testParts({ stopping: stopping.signal });
  const queries = {
    ...base.queries,
    heads: () => {
      heads += 1;
      return base.memory.heads();
    },
  };
  const parts = { ...base, queries };
  const histories = new Map<
    PersonRef,
    { version: number; events: YouthEvent[]; last: { lane: number; offset: bigint } }
  >();
  /** One record of one youth, on a feed of its own. */
  const record = async (
    ref: PersonRef,
    events: YouthEvent[],
    feed = 'school-dropout',
    recorded = RECORDED,
  ) => {
    const lane = await base.memory.claim({ org: ORG, topic: `${ORG}.ot.event.${feed}`, partition: 0 });
    const before = histories.get(ref);
    const version = (before?.version ?? 0) + 1;
    const all = [...(before?.events ?? []), ...events];
    const offset = lane.nextOffset;
    const youth = fold(UNKNOWN_YOUTH, all);
    const committed = await base.memory.commit(
      batch(lane, offset + 1n, {
        applied: [appliedRecord({ offset, ref, version, previous: before?.last ?? null, recorded, events })],
        youths: [youthWrite({ ref, expectedVersion: version - 1, version, youth })],
      }),
    );
    expect(committed).toBe('committed');
    histories.set(ref, { version, events: all, last: { lane: lane.id, offset } });
    return youth;
  };
  const as = (principal: Principal) => appOf({ ...parts, access: controlOf(principal) });
  return { parts, record, as, ...as(caller()), stopping, asked: () => heads };
}

const newYouth = () => personRef(randomUUID());
const kinds = (changes: Change[]) => changes.map(({ type }) => type.split('.')[3]);

describe('the changes of an organisation', () => {
  test('are what calls would be, by the reader’s own names, and lead to the youth', async () => {
    const { parts, record, get } = setUp();
    const ref = newYouth();
    await record(ref, RAISED);
    const response = await get(`${AT}?from=all`);
    const text = await response.text();
    const { changes, next, more } = JSON.parse(text) as { changes: Change[]; next: string; more: boolean };
    const names = parts.vault.pairwise(ORG, `0192:${CONSUMER}`);
    const data = { org: ORG, ref: names.of(ref), version: 1 };
    expect(changes).toMatchObject([
      { type: 'no.otbridge.ot.status.v1', timestamp: RECORDED, data },
      { type: 'no.otbridge.ot.alert.v1', timestamp: RECORDED, data },
    ]);
    for (const { data } of changes) expect(data.id).toMatch(/^msg_[a-z2-7]{26}$/);
    expect(text).not.toMatch(new RegExp(`${ref}|${CAUSE}|school-dropout`));
    expect(more).toBe(false);
    for (const { data } of changes) expect((await get(new URL(data.href).pathname)).status).toBe(200);
    expect(await bodyOf(await get(`${AT}?after=${next}`))).toMatchObject({ changes: [], more: false });
    const seen = await parts.memory.seenBy(ORG, ref, { access: 'change:read', before: null, limit: 5 });
    expect(seen.map(({ operation }) => operation)).toEqual(['GET /organisations/{org}/changes']);
  });

  test('come page by page across feeds, each youth’s in order, each once, with the same ids for who reads again', async () => {
    const { record, get } = setUp();
    const youths = [newYouth(), newYouth(), newYouth()];
    for (let round = 0; round < 4; round += 1)
      for (const [at, ref] of youths.entries())
        await record(
          ref,
          round === 0 ? RAISED : MOVED,
          ['vigo-intake', 'school-dropout', 'ot-adviser'][(round * 2 + at) % 3],
        );
    const read = async (limit: number) => {
      const all: Change[] = [];
      let query = 'from=all';
      for (;;) {
        const page = await bodyOf(await get(`${AT}?${query}&limit=${limit}`));
        all.push(...page.changes);
        query = `after=${page.next}`;
        if (!page.more) return all;
      }
    };
    const all = await read(100);
    expect(all).toHaveLength(3 * (2 + 3));
    expect(new Set(all.map(({ data }) => data.id)).size).toBe(all.length);
    for (const limit of [1, 3, 4]) {
      const again = await read(limit);
      expect(new Set(again.map(({ data }) => data.id))).toEqual(new Set(all.map(({ data }) => data.id)));
      expect(again).toHaveLength(all.length);
      for (const of of Map.groupBy(again, ({ data }) => data.ref).values()) {
        const versions = of.map(({ data }) => data.version);
        expect(versions).toEqual(versions.toSorted((a, b) => a - b));
      }
    }
  });

  test('begin where the reader says, and without it not at all', async () => {
    const { record, get } = setUp();
    await record(newYouth(), RAISED, 'school-dropout', '2026-07-31T21:59:59.000Z');
    await record(newYouth(), RAISED, 'school-dropout', '2026-07-31T22:00:00.000Z');
    const refused = await problemOf(await get(AT));
    expect(refused).toMatchObject({ type: 'urn:ot-bridge:INVALID_REQUEST', problems: [{ field: 'from' }] });
    expect((await bodyOf(await get(`${AT}?from=all`))).changes).toHaveLength(4);
    const year = await bodyOf(await get(`${AT}?from=school-year`));
    expect(year.changes).toHaveLength(2);
    const now = await bodyOf(await get(`${AT}?from=now`));
    expect(now.changes).toEqual([]);
    // A feed that is new since begins with its first record.
    await record(newYouth(), RAISED, 'ot-adviser');
    expect((await bodyOf(await get(`${AT}?after=${now.next}`))).changes).toHaveLength(2);
  });

  test('are filtered by kind and by unit', async () => {
    const { record, get } = setUp();
    await record(newYouth(), RAISED);
    const only = async (query: string) => kinds((await bodyOf(await get(`${AT}?from=all&${query}`))).changes);
    expect(await only('kinds=alert')).toEqual(['alert']);
    expect(await only('kinds=status,alert')).toEqual(['status', 'alert']);
    expect(await only('owner=40200')).toEqual(['status', 'alert']);
    expect(await only('owner=40300')).toEqual([]);
    for (const wrong of ['receipt', 'status-group', 'alert,', 'KJENT_HOS_NAV'])
      expect((await get(`${AT}?from=all&kinds=${wrong}`)).status).toBe(400);
  });

  test('a cursor is its reader’s own: changed, cut or another’s it is refused, and it shows no offset', async () => {
    const { record, as, get } = setUp();
    await record(newYouth(), RAISED);
    const { next } = await bodyOf(await get(`${AT}?from=all`));
    expect(Buffer.from(next, 'base64url').toString('latin1')).not.toMatch(/1:1|0192|changes|telemark/);
    const changed = `${next.slice(0, 20)}${next[20] === 'A' ? 'B' : 'A'}${next.slice(21)}`;
    for (const wrong of ['x', changed, next.slice(0, -8)]) {
      const refused = await problemOf(await get(`${AT}?after=${wrong}`));
      expect(refused.problems).toEqual([expect.objectContaining({ field: 'after' })]);
      expect(refused.detail).not.toContain(wrong.slice(0, 12).padEnd(12));
    }
    expect((await as(caller(STRANGER)).get(`${AT}?after=${next}`)).status).toBe(400);
    const groups = as(caller(CONSUMER, [grant('ot/groups.read', ORG)]));
    expect((await groups.get(`/organisations/${ORG}/groups/changes?after=${next}`)).status).toBe(400);
  });

  test('two readers’ changes have no name in common', async () => {
    const { record, as } = setUp();
    await record(newYouth(), RAISED);
    const tokens = async (orgnr: string) => {
      const text = await (await as(caller(orgnr)).get(`${AT}?from=all`)).text();
      return text.match(/pw_[a-z2-7]{26}|msg_[a-z2-7]{26}|\b[0-9a-f]{16}\b/g) ?? [];
    };
    const [mine, theirs] = [await tokens(CONSUMER), new Set(await tokens(STRANGER))];
    expect(mine.length).toBeGreaterThanOrEqual(6);
    expect(mine.filter((each) => theirs.has(each))).toEqual([]);
  });

  test('of a youth that has gone into hiding are its being taken back, and nothing from before or after', async () => {
    const { record, as, get } = setUp();
    const ref = newYouth();
    await record(ref, RAISED);
    await record(ref, HIDES, 'folkeregister');
    await record(ref, MOVED);
    const { changes } = await bodyOf(await get(`${AT}?from=all`));
    expect(changes.map(({ data }: Change) => data.version)).toEqual([2, 2]);
    expect((await get(new URL(changes[0].data.href).pathname)).status).toBe(404);
    const named = as(caller(CONSUMER, [grant('ot/registrations.read', ORG, { protectedYouths: true })]));
    const heard: Change[] = (await bodyOf(await named.get(`${AT}?from=all`))).changes;
    expect(new Set(heard.map(({ data }) => data.version))).toEqual(new Set([1, 2, 3]));
  });

  test('are for who has a grant, of its own organisation alone', async () => {
    const { record, as } = setUp();
    await record(newYouth(), RAISED);
    expect((await as(caller(CONSUMER, [grant('ot/groups.read', ORG)])).get(`${AT}?from=all`)).status).toBe(
      403,
    );
    expect((await as(caller()).get(`/organisations/${SAMPLE}/changes?from=all`)).status).toBe(403);
    const other = as(caller(CONSUMER, [grant('ot/registrations.read', SAMPLE)]));
    expect((await bodyOf(await other.get(`/organisations/${SAMPLE}/changes?from=all`))).changes).toEqual([]);
  });
});

describe('main groups alone', () => {
  const GROUPS = `/organisations/${ORG}/groups`;
  const outside = caller(CONSUMER, [grant('ot/groups.read', ORG)]);

  test('are followed and read by who may know nothing else', async () => {
    const { record, as } = setUp();
    await record(newYouth(), RAISED);
    const { get } = as(outside);
    const { changes } = await bodyOf(await get(`${GROUPS}/changes?from=all`));
    expect(kinds(changes)).toEqual(['status-group']);
    const { pathname } = new URL(changes[0].data.href);
    expect(pathname).toBe(`${GROUPS}/${changes[0].data.ref}`);
    const shown = await bodyOf(await get(pathname));
    expect(Object.keys(shown.groups[0]).sort()).toEqual([
      'county',
      'effective',
      'group',
      'groupLabel',
      'list',
      'schoolYear',
      'targetGroup',
    ]);
    expect(JSON.stringify(shown)).not.toMatch(/OTUK|AVBRUTT|40200/);
    expect((await get(pathname.replace('/groups/', '/youths/'))).status).toBe(403);
  });

  test('of a youth in hiding are forgotten: it is not there, whatever the grant', async () => {
    const { record, as } = setUp();
    const ref = newYouth();
    await record(ref, RAISED);
    await record(ref, HIDES);
    const { get } = as(caller(CONSUMER, [grant('ot/groups.read', ORG, { protectedYouths: true })]));
    const { changes } = await bodyOf(await as(outside).get(`${GROUPS}/changes?from=all`));
    expect(changes.map(({ data }: Change) => data.version)).toEqual([2]);
    expect((await problemOf(await get(`${GROUPS}/${ref}`))).type).toBe('urn:ot-bridge:UNKNOWN_YOUTH');
    expect((await get(`${GROUPS}/${randomUUID()}`)).status).toBe(404);
  });
});

describe('who waits', () => {
  test('is answered when a change is committed, and the database is asked for all who wait together', async () => {
    const { record, get, asked } = setUp();
    await record(newYouth(), RAISED);
    const { next } = await bodyOf(await get(`${AT}?from=now`));
    const before = asked();
    const began = performance.now();
    const waiting = Array.from({ length: 5 }, () => get(`${AT}?after=${next}&wait=20`));
    setTimeout(() => void record(newYouth(), RAISED), 700);
    for (const response of await Promise.all(waiting))
      expect((await bodyOf(response)).changes).toHaveLength(2);
    const ms = performance.now() - began;
    expect(ms).toBeLessThan(5_000);
    expect(asked() - before).toBeLessThanOrEqual(Math.ceil(ms / 500));
  });

  test('is not woken again and again by records that no youth hears of', async () => {
    const { parts, get, asked } = setUp();
    const lane = await parts.memory.claim({ org: ORG, topic: `${ORG}.ot.event.ot-adviser`, partition: 0 });
    const { next } = await bodyOf(await get(`${AT}?from=now`));
    await parts.memory.commit(batch(lane, 5n, {}));
    let read = 0;
    const counted = {
      ...parts.queries,
      committed: (...given: Parameters<typeof parts.queries.committed>) => {
        read += 1;
        return parts.memory.committed(...given);
      },
    };
    const app = appOf({ ...parts, queries: counted, access: controlOf(caller()) });
    expect((await bodyOf(await app.get(`${AT}?after=${next}&wait=2`))).changes).toEqual([]);
    expect(asked()).toBeGreaterThanOrEqual(2);
    expect(read).toBeLessThanOrEqual(3);
  });

  test('is refused when it has too many connections already, and waits for no more than half a minute', async () => {
    const { get, stopping } = setUp();
    const { next } = await bodyOf(await get(`${AT}?from=now`));
    expect((await get(`${AT}?after=${next}&wait=31`)).status).toBe(400);
    const waiting = Array.from({ length: 5 }, () => get(`${AT}?after=${next}&wait=20`));
    await Promise.resolve();
    const refused = await get(`${AT}?after=${next}&wait=20`);
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('5');
    expect((await get(`${AT}?after=${next}`)).status).toBe(200);
    stopping.abort();
    for (const response of await Promise.all(waiting)) expect(response.status).toBe(200);
  });

  test('hears no more once its grant is revoked, though it has waited since before', async () => {
    const { parts, record } = setUp();
    let principal = caller();
    const access = { ...controlOf(principal), principalOf: () => principal };
    const { get } = appOf({ ...parts, access });
    const { next } = await bodyOf(await get(`${AT}?from=now`));
    const waiting = get(`${AT}?after=${next}&wait=20`);
    setTimeout(() => {
      principal = caller(CONSUMER, []);
      void record(newYouth(), RAISED);
    }, 100);
    expect((await waiting).status).toBe(403);
  });
});

describe('a stream of events', () => {
  const events = { accept: 'text/event-stream' };

  async function read(response: Response, upto: number) {
    const reader = response.body?.getReader();
    let text = '';
    while (reader !== undefined && (text.match(/^data: /gm) ?? []).length < upto) {
      const { done, value } = await reader.read();
      if (done) break;
      text += Buffer.from(value).toString();
    }
    return { text, cancel: () => reader?.cancel() };
  }

  test('gives what comes, each part on record first, and goes on where it was cut off', async () => {
    const { parts, record, app } = setUp();
    const ref = newYouth();
    await record(ref, RAISED);
    const response = await app.request(`${AT}?from=all`, { headers: events });
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    const first = await read(response, 2);
    const seen = await parts.memory.seenBy(ORG, ref, { access: 'change:read', before: null, limit: 5 });
    expect(seen).toHaveLength(1);
    await record(newYouth(), RAISED);
    await first.cancel();
    const ids = [...first.text.matchAll(/^id: (.*)$/gm)].map(([, id = '']) => id);
    const again = await app.request(`${AT}?from=all`, {
      headers: { ...events, 'last-event-id': ids.at(-1) ?? '' },
    });
    const second = await read(again, 2);
    await second.cancel();
    const told = (text: string) =>
      [...text.matchAll(/^data: (.*)$/gm)].map(([, json = '']) => JSON.parse(json).data.id);
    expect(told(first.text)).toHaveLength(2);
    expect(told(second.text)).toHaveLength(2);
    expect(told(first.text).filter((id) => told(second.text).includes(id))).toEqual([]);
    expect((await app.request(AT, { headers: { ...events, 'last-event-id': 'x' } })).status).toBe(400);
  });

  test('ends at shutdown, and when its grant is revoked', async () => {
    const { parts, stopping } = setUp();
    for (const how of ['revoked', 'stopped']) {
      let principal = caller();
      const access = { ...controlOf(principal), principalOf: () => principal };
      const { app, get } = appOf({ ...parts, access });
      const response = await app.request(`${AT}?from=now`, { headers: events });
      const rest = response.text();
      await get(`${AT}?from=now`);
      if (how === 'stopped') stopping.abort();
      else {
        principal = caller(CONSUMER, []);
        await parts.memory.commit(
          batch(
            await parts.memory.claim({ org: ORG, topic: `${ORG}.ot.event.ot-adviser`, partition: 0 }),
            1n,
            {},
          ),
        );
      }
      expect(await rest, how).not.toContain('data:');
    }
  });
});

test('an organisation that is not set up has no changes to follow', async () => {
  const { get } = setUp();
  expect((await get(`/organisations/${orgId('nowhere-no')}/changes?from=all`)).status).toBe(404);
});
