import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { isNavDisclosure, type NavDisclosure, toMessages } from '../../src/core/messages/messages.ts';
import type { PersonRef } from '../../src/core/person/reference.ts';
import { createDeliveries } from '../../src/jobs/nav/answers.ts';
import { whilePermitted } from '../../src/pipeline/publish/disclosure.ts';
import { releaseHeld } from '../../src/pipeline/publish/heldMessages.ts';
import { createLaneOrder } from '../../src/pipeline/publish/laneOrder.ts';
import { createPublishWindow } from '../../src/pipeline/publish/publishWindow.ts';
import { createPostgresNav } from '../../src/store/postgres/nav.ts';
import { organisationIds } from '../../src/store/postgres/organisation.ts';
import { createPool } from '../../src/store/postgres/pool.ts';
import { createReaders } from '../../src/store/postgres/readers.ts';
import { createPostgresStore } from '../../src/store/postgres/store.ts';
import { createVault } from '../../src/store/vault.ts';
import { createTestDatabase } from '../harness/sharedParts.ts';
import { newRef } from './commits.ts';
import { type County, countyWith, EXTRACTED, LIST, NOW, POLICY, withdrawAll, youths } from './navCounty.ts';

// What NAV has answered, against the withdrawal of the consent to know it: when the answer is received, and when what it led
// to is published. `navRaces.real.test.ts` has the lists, `relayRaces.real.test.ts` the calls.

/** Withdrawals that are raced; 10,000 in the long tier. */
const RACES = Number(process.env.CONSENT_RACES ?? 1_000);
/** Messages of a batch, as one record of the lanes leads to few. */
const TOGETHER = 5;

describe('answers of NAV on PostgreSQL', async () => {
  const database = await createTestDatabase();
  const pool = createPool({ databaseUrl: database.url, size: 24, onIdleError: () => undefined });
  const store = createPostgresStore(pool);
  await store.migrate();
  const readers = createReaders(pool);
  const nav = createPostgresNav(organisationIds(pool), readers, readers);
  const vault = createVault(Buffer.alloc(32, 7));
  afterAll(async () => {
    await store.close();
    await database.drop();
  });

  /** Asked about, all of them: each with its disclosure. */
  async function listed(first: 'permitted' | 'answered'): Promise<County> {
    const written = youths({ answers: first === 'answered' });
    const refs = Array.from({ length: RACES }, newRef).sort();
    const county = await countyWith({ store, nav }, refs, { written, first: written[first] });
    const { org } = county;
    for (let judged: number | null = 1; judged !== 0; )
      judged = await nav.extractPage(org, LIST, 500, ({ ref }) => ({
        ...{ matchId: ref, ref, decision: randomUUID(), consentVersion: 'v1' },
      }));
    await nav.finishBatch(org, LIST, {
      at: EXTRACTED,
      hash: Buffer.alloc(32),
      csvHash: Buffer.alloc(32),
      leaveOut: [],
    });
    return county;
  }

  /** In another order than that in which they are withdrawn. */
  function chunks(refs: readonly PersonRef[], size: number): PersonRef[][] {
    const mixed = refs.toSorted((one, other) => (one.slice(-6) < other.slice(-6) ? -1 : 1));
    return Array.from({ length: Math.ceil(mixed.length / size) }, (_, n) =>
      mixed.slice(n * size, (n + 1) * size),
    );
  }

  /** Of these youths: rows without a decision, a basis, consents or a recipient. */
  async function orphans({ org, recipient }: County, refs: readonly PersonRef[]): Promise<number> {
    const { rows } = await pool.query<{ whole: number }>(
      `select count(distinct r.ref)::int as whole from nav_batch_row r join nav_disclosure d on d.decision = r.decision
       where r.org_id = (select id from organisation where name = $1) and r.ref = any ($2::uuid[]) and r.decision is not null
         and d.recipient = $3 and d.legal_basis = 'SAMTYKKE' and d.consent_version <> ''`,
      [org, refs, recipient],
    );
    return new Set(refs).size - (rows[0]?.whole ?? 0);
  }

  test('no answer is read once the withdrawal of its consent is committed', async () => {
    const county = await listed('permitted');
    const { org, refs, shares, written } = county;
    const gone = new Set<PersonRef>();
    const late: PersonRef[] = [];
    const read: PersonRef[] = [];
    const deliveries = createDeliveries({
      ...{ nav, operations: { virtualNow: async () => NOW }, vault, policyFor: () => POLICY },
      ...{ load: (of, about) => store.load(of, about), now: () => NOW, onHeld: () => undefined },
    });
    const receive = async (parts: PersonRef[][]) => {
      for (const about of parts) {
        const before = new Set(gone);
        const list = { org, run: LIST, refs: about } as Parameters<typeof deliveries.open>[0];
        const delivery = await deliveries.open(list);
        for (const ref of about) {
          if (!delivery?.mayUse(ref)) continue;
          read.push(ref);
          if (before.has(ref)) late.push(ref);
        }
        await setImmediate();
      }
    };
    const parts = chunks(refs, 20);
    await Promise.all([
      receive(parts.filter((_, n) => n % 2 === 0)),
      receive(parts.filter((_, n) => n % 2 === 1)),
      ...shares.map((share) =>
        withdrawAll(store, share, share.refs, {
          withdrawn: written.withdrawn,
          gone(ref) {
            gone.add(ref);
            return setImmediate();
          },
        }),
      ),
    ]);
    console.log(
      `${RACES} races of receipt: ${read.length} read before their withdrawal, ${late.length} after`,
    );
    expect(late).toEqual([]);
    expect(gone.size).toBe(RACES);
    expect(read.length).toBeGreaterThan(0);
    expect(read.length).toBeLessThan(RACES);
    expect(await orphans(county, read)).toBe(0);
    const after = await deliveries.open({ org, run: LIST, refs } as Parameters<typeof deliveries.open>[0]);
    expect(refs.filter((ref) => after?.mayUse(ref))).toEqual([]);
  }, 600_000);

  test('no answer is published once the withdrawal of its consent is committed, held before or not', async () => {
    const county = await listed('answered');
    const { org, refs, shares, written } = county;
    const gone = new Set<PersonRef>();
    const late: PersonRef[] = [];
    const published: PersonRef[] = [];
    const disclosing = { store, nav, vault, org, policy: POLICY, now: async () => NOW, onUnreadable };
    /** As Kafka: what is handed over is there when it has ended. */
    const arrive = async (about: readonly PersonRef[]) => {
      const before = about.filter((ref) => gone.has(ref));
      await setImmediate();
      late.push(...before, ...about.filter((ref) => gone.has(ref)));
      published.push(...about);
    };
    const parts = chunks(refs, TOGETHER);
    const isHeld = (n: number) => n % 4 === 0;
    for (const ref of parts.filter((_, n) => isHeld(n)).flat()) {
      const message = answerOf(org, ref, written.answered);
      const sealed = vault.seal(Buffer.from(JSON.stringify(message)));
      await nav.holdMessage(org, { id: message.id, ref, sealed, held: NOW });
    }
    const publish = async (batches: PersonRef[][], worker: number) => {
      const { lane } = shares[worker]!;
      const window = createPublishWindow(
        {
          sink: {
            promises: { order: 'per-person', delivery: 'at-least-once', takeover: 'fenced', replay: 'none' },
            prepare: ({ ref }) => ref,
            prepareRejection: () => undefined,
            deliver: (items) => arrive(items as PersonRef[]),
          },
          order: createLaneOrder(async () => 0n),
          feed: 'bridge',
          publishRefused: async () => undefined,
          whilePermitted: (messages, send) => whilePermitted(messages, disclosing, send),
          holds: async () => true,
        },
        lane,
      );
      for (const [n, about] of batches.entries()) {
        await window.room();
        const outgoing = about.map((ref) => ({
          item: ref,
          disclosure: answerOf(org, ref, written.answered),
        }));
        await window.add(BigInt(n), { outgoing, quarantined: [], behind: [] });
      }
      await window.settled();
    };
    const release = async () => {
      const held = {
        ...disclosing,
        prepare: ({ ref }: { ref: PersonRef }) => ({ topic: 'alert', key: ref, value: null, headers: {} }),
        publisher: {
          publish: (records: readonly { key: string | Buffer | null }[]) =>
            arrive(records.map(({ key }) => key as PersonRef)),
        },
      };
      while ((await nav.heldMessages(org)).length > 0) await releaseHeld(held, org);
    };
    const direct = parts.filter((_, n) => !isHeld(n));
    await Promise.all([
      release(),
      ...[0, 1, 2].map((worker) =>
        publish(
          direct.filter((_, n) => n % 3 === worker),
          worker,
        ),
      ),
      ...shares.map((share) =>
        withdrawAll(store, share, share.refs, {
          withdrawn: written.withdrawn,
          gone(ref) {
            gone.add(ref);
            return setImmediate();
          },
        }),
      ),
    ]);
    console.log(
      `${RACES} races of publishing: ${published.length} published before their withdrawal, ${late.length} after`,
    );
    expect(late).toEqual([]);
    expect(gone.size).toBe(RACES);
    expect(published.length).toBeGreaterThan(0);
    expect(published.length).toBeLessThan(RACES);
    expect(new Set(published).size).toBe(published.length);
    expect(await orphans(county, published)).toBe(0);
    expect(await nav.heldMessages(org)).toEqual([]);
  }, 600_000);

  test('no answer is published once the revocation of its agreement is committed', async () => {
    const county = await listed('answered');
    const { org, refs, written, agreement } = county;
    await nav.revokeAgreement(org, agreement.id, { at: NOW, by: 'a', reason: 'Sagt opp.' });
    const disclosing = { store, nav, vault, org, policy: POLICY, now: async () => NOW, onUnreadable };
    const rounds = Math.min(300, refs.length);
    const late: PersonRef[] = [];
    let published = 0;
    for (let round = 0; round < rounds; round += 1) {
      const id = randomUUID();
      await nav.registerAgreement({ ...agreement, id });
      const ref = refs[round]!;
      let revoked = false;
      const publish = whilePermitted(
        [answerOf(org, ref, written.answered)],
        disclosing,
        async (permitted) => {
          if (permitted.size === 0) return;
          if (revoked) late.push(ref);
          await setImmediate();
          if (revoked) late.push(ref);
          published += 1;
        },
      );
      // Now the one is early and now the other.
      for (let turn = round % 12; turn > 0; turn -= 1) await setImmediate();
      const revoke = nav.revokeAgreement(org, id, { at: NOW, by: 'a', reason: 'Sagt opp.' }).then((done) => {
        revoked = done;
      });
      await Promise.all([publish, revoke]);
    }
    console.log(`${rounds} races with a revocation: ${published} published before it, ${late.length} after`);
    expect(late).toEqual([]);
    expect(published).toBeGreaterThan(rounds / 50);
    expect(rounds - published).toBeGreaterThan(rounds / 50);
    // What came after is kept until an agreement holds.
    expect(await nav.heldMessages(org)).toHaveLength(rounds - published);
  }, 600_000);
});

function onUnreadable(ref: PersonRef): never {
  throw new Error(`${ref} cannot be read`);
}

/** What is published of an answer, as the decision made it. */
function answerOf(org: County['org'], ref: PersonRef, youth: County['written']['answered']): NavDisclosure {
  const alert = youth.alerts.find(({ kind }) => kind === 'KJENT_HOS_NAV');
  if (alert === undefined) throw new Error('NAV has not answered about the youth');
  const meta = { org, ref, version: 1, recorded: NOW, position: `${org}.ot.event.bridge/0/${ref}` };
  const [message] = toMessages([{ type: 'AlertRaised', alert }], youth, meta).filter(isNavDisclosure);
  if (message === undefined) throw new Error('the alert discloses nothing');
  return message;
}
