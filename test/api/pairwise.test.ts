import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { PersonRef } from '../../src/core/person/reference.ts';
import type { YouthEvent } from '../../src/core/youth/youthEvent.ts';
import { controlOf, grant, machine } from '../access/callers.ts';
import { CONSUMER, STRANGER } from '../access/world.ts';
import { appOf, bodyOf, ORG, PERSON, problemOf, SAMPLE, testParts } from './parts.ts';
import { ALERT, EVENTS, seedYouth } from './seed.ts';

// A subscriber reads by the names it was called with, and learns no others.

const CAUSE = ALERT.evidence[0] ?? '';
const SURVIVOR = '7b1c2d3e-0000-4000-8000-000000000001';
const RAISED: YouthEvent[] = [
  ...EVENTS.filter(({ type }) => type !== 'AlertRaised'),
  { type: 'AlertRaised', alert: { ...ALERT, id: CAUSE } },
  { type: 'MergedInto', survivor: SURVIVOR as PersonRef, rule: 'R01' },
];

async function setUp() {
  const parts = testParts();
  const ref = await seedYouth(parts, PERSON, RAISED);
  const of = (orgnr: string) => {
    const names = parts.vault.pairwise(ORG, `0192:${orgnr}`);
    const consumer = { consumer: orgnr as never, name: `0192:${orgnr}`, key: `0192:${orgnr}` };
    const caller = machine([grant('ot/registrations.read', ORG)], consumer);
    return { names, ...appOf({ ...parts, access: controlOf(caller) }) };
  };
  return { parts, ref, one: of(CONSUMER), other: of(STRANGER) };
}

/** The addresses of the calls about the youth. */
function addresses({ names }: Awaited<ReturnType<typeof setUp>>['one'], ref: PersonRef): string[] {
  const youth = `/organisations/${ORG}/youths/${names.of(ref)}`;
  return [youth, `${youth}/history`, `/organisations/${ORG}/alerts/${names.alertId(CAUSE, ref)}`];
}

describe('what a subscriber asks for by its own names', () => {
  test('is answered, with its own names everywhere and no others', async () => {
    const { ref, one } = await setUp();
    for (const address of addresses(one, ref)) {
      const response = await one.get(address);
      expect(response.status, address).toBe(200);
      const text = await response.text();
      expect(text).toContain(one.names.of(ref));
      for (const plain of [ref, CAUSE, SURVIVOR]) expect(text, address).not.toContain(plain);
    }
    const [youth = '', history = '', alert = ''] = addresses(one, ref);
    expect(await bodyOf(await one.get(alert))).toMatchObject({
      ref: one.names.of(ref),
      alert: { id: one.names.alertId(CAUSE, ref), evidence: [one.names.tag(CAUSE)], kind: 'NY_TILMELDING' },
    });
    expect((await bodyOf(await one.get(youth))).alerts[0].evidence).toEqual([one.names.tag(CAUSE)]);
    const { entries } = await bodyOf(await one.get(history));
    expect(entries.at(-1).codes).toEqual({ slattSammenMed: one.names.of(SURVIVOR as PersonRef) });
  });

  test('is recorded about the youth itself', async () => {
    const { parts, ref, one } = await setUp();
    for (const address of addresses(one, ref)) await one.get(address);
    const seen = await parts.memory.seenBy(ORG, ref, { access: null, before: null, limit: 10 });
    expect(seen.filter(({ outcome }) => outcome === 'OK')).toHaveLength(3);
    // As the caller wrote them, the tokens are in no entry.
    expect(JSON.stringify(seen)).not.toContain('pw_');
  });

  test('has no name in common with what another subscriber is answered about the same youth', async () => {
    const { ref, one, other } = await setUp();
    const tokens = async (who: typeof one) => {
      const answers = await Promise.all(
        addresses(who, ref).map(async (each) => (await who.get(each)).text()),
      );
      return new Set(answers.join(' ').match(/[0-9a-f]{8}-[0-9a-f-]{27}|pw_[a-z2-7]+|\b[0-9a-f]{16}\b/g));
    };
    const [mine, theirs] = [await tokens(one), await tokens(other)];
    expect(mine.size).toBeGreaterThanOrEqual(4);
    expect(theirs.size).toBe(mine.size);
    expect([...mine].filter((each) => theirs.has(each))).toEqual([]);
  });

  test('is unknown to another subscriber, in the very words of a youth that does not exist', async () => {
    const { ref, one, other } = await setUp();
    const unknown = await problemOf(await other.get(`/organisations/${ORG}/youths/${randomUUID()}`));
    const [youth = '', history = '', alert = ''] = addresses(one, ref);
    expect(await problemOf(await other.get(youth))).toEqual(unknown);
    expect(await problemOf(await other.get(history))).toEqual(unknown);
    const noAlert = `/organisations/${ORG}/alerts/${CAUSE}-${randomUUID()}`;
    expect(await problemOf(await other.get(alert))).toEqual(await problemOf(await other.get(noAlert)));
    // The cause as topics have it is another name.
    const mixed = `/organisations/${ORG}/alerts/${CAUSE}-${one.names.of(ref)}`;
    expect((await one.get(mixed)).status).toBe(404);
  });

  test('by the reference of topics, is answered as before', async () => {
    const { ref, one } = await setUp();
    const answer = await bodyOf(await one.get(`/organisations/${ORG}/alerts/${CAUSE}-${ref}`));
    expect(answer).toMatchObject({ ref, alert: { id: `${CAUSE}-${ref}`, evidence: ALERT.evidence } });
  });
});

test('another organisation makes nothing of the token', async () => {
  const { parts, ref, one } = await setUp();
  const local = appOf(parts);
  expect((await local.get(`/organisations/${SAMPLE}/youths/${one.names.of(ref)}`)).status).toBe(404);
});
