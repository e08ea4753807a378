import { expect, test } from 'vitest';
import { countyNumber, type OrgId } from '../../../src/core/organisation.ts';
import type { PersonRef } from '../../../src/core/person/reference.ts';
import { defaultPolicy } from '../../../src/core/policy.ts';
import { whilePermitted } from '../../../src/pipeline/publish/disclosure.ts';
import { type HeldParts, releaseHeld } from '../../../src/pipeline/publish/heldMessages.ts';
import type { createMemoryStore } from '../../../src/store/memory/store.ts';
import { createVault } from '../../../src/store/vault.ts';
import { bridgeRecord } from '../../../src/wire/bridgeRecord.ts';
import { agreementOf } from '../../harness/agreement.ts';
import { createTestPipeline } from '../../harness/memoryPipeline.ts';
import { bothSides, consent, followed, matchAlerts } from '../../harness/navMonth.ts';
import { person } from '../../harness/persons.ts';
import { stageOver } from '../../harness/stage.ts';

// An answer that was let through while the agreement held, and is to be published when it holds no longer.

type MemoryStore = ReturnType<typeof createMemoryStore>;

const P02 = person('P02');
const GIVEN = '2026-10-05T08:00:00.000Z';

async function held(youths = [P02]) {
  const pipeline = await createTestPipeline({ county: '46', agreements: [] });
  const stage = stageOver(pipeline, '2026-10-01T06:00:00.000Z');
  await followed(
    stage,
    youths,
    youths.flatMap((each) => bothSides(each, GIVEN)),
  );
  const answer = { batch: 'B-2026-11', maaned: '2026-11', registrert: 'JA', kontor: '4601' } as const;
  for (const { fodselsnummer } of youths) {
    const { ref } = (await pipeline.youth(fodselsnummer))!;
    const { value } = bridgeRecord(pipeline.org, { type: 'nav-svar', ref, ...answer }, null);
    await pipeline.send('bridge', [value], { at: '2026-11-03T09:00:00.000Z' });
  }
  await pipeline.settle();
  const { ref } = (await pipeline.youth(P02.fodselsnummer))!;
  const agreed = async () => {
    await pipeline.store.registerAgreement(agreementOf(pipeline.org, { from: '2026-11-10' }));
    await stage.pass('2026-11-10T09:00:00.000Z');
    await stage.conclude();
  };
  return { pipeline, stage, ref, agreed };
}

test('it is kept, sealed, and published once when an agreement holds', async () => {
  const { pipeline, stage, ref, agreed } = await held();
  expect(await stage.open(P02.fodselsnummer)).toContain('KJENT_HOS_NAV');
  expect(await matchAlerts(stage)).toEqual([]);
  const [kept, ...others] = await pipeline.store.heldMessages(pipeline.org);
  expect([kept?.ref, others]).toEqual([ref, []]);
  expect(kept?.sealed.toString('latin1')).not.toContain('4601');
  await stage.conclude();
  expect(await matchAlerts(stage)).toEqual([]);
  await agreed();
  expect(await matchAlerts(stage)).toEqual(['REIST 4601']);
  await stage.conclude();
  expect(await matchAlerts(stage)).toEqual(['REIST 4601']);
  expect(await pipeline.store.heldMessages(pipeline.org)).toEqual([]);
});

test('it is never published when a consent has gone meanwhile, also when it came back', async () => {
  const { pipeline, stage, agreed } = await held();
  const at = '2026-11-05T08:00:00.000Z';
  await stage.send(at, 'consent', consent(P02, 'B', 'TRUKKET', at));
  const again = '2026-11-06T08:00:00.000Z';
  await stage.send(again, 'consent', consent(P02, 'B', 'SAMTYKKET', again));
  await agreed();
  expect(await matchAlerts(stage)).toEqual(['TRUKKET null']);
  expect(await pipeline.store.heldMessages(pipeline.org)).toEqual([]);
});

test('it is not published to those of a youth whose address was graded meanwhile', async () => {
  const { stage, agreed } = await held();
  await stage.send('2026-11-05T08:00:00.000Z', 'folkeregister', {
    ...{ id: 'fr-1', type: 'adressebeskyttelse', fodselsnummer: P02.fodselsnummer },
    ...{ dato: '2026-11-05', gradering: 'FORTROLIG' },
  });
  await agreed();
  expect(await matchAlerts(stage)).toEqual([]);
});

/** Two are held, and an agreement holds; `between` happens when the first has been published. */
async function twoReleased(
  between: (parts: { org: OrgId; nav: MemoryStore; clock: { now: string } }) => unknown,
) {
  const { pipeline } = await held([P02, person('P14')]);
  const { store: nav, org } = pipeline;
  const agreement = agreementOf(org, { from: '2026-11-10', to: '2026-11-12' });
  await nav.registerAgreement(agreement);
  const clock = { now: '2026-11-12T09:00:00.000Z' };
  const sent: string[] = [];
  const unread: PersonRef[] = [];
  const parts: HeldParts = {
    ...{
      store: nav,
      nav,
      vault: createVault(Buffer.alloc(32, 7)),
      policy: defaultPolicy(countyNumber('46')),
    },
    now: async () => clock.now,
    onUnreadable: (ref) => unread.push(ref),
    prepare: ({ id }) => ({ topic: 'out', key: id, value: null, headers: {} }),
    publisher: {
      async publish(records) {
        sent.push(...records.map(({ key }) => key));
        await between({ org, nav, clock });
      },
    },
  };
  const turn = () => releaseHeld(parts, org);
  return { parts, org, unread, turn, sent, left: async () => (await nav.heldMessages(org)).length };
}

test('an agreement that is revoked between two of a turn stops the second, which is kept', async () => {
  const { turn, sent, left } = await twoReleased(async ({ org, nav, clock }) => {
    const [{ id = '' } = {}] = await nav.agreements(org);
    await nav.revokeAgreement(org, id, { at: clock.now, by: 'a', reason: 'Sagt opp.' });
  });
  expect(await turn()).toBe(1);
  expect(sent).toHaveLength(1);
  expect(await left()).toBe(1);
  expect(await turn()).toBe(0);
});

test('an agreement whose last day ends between two of a turn stops the second', async () => {
  const { turn, left } = await twoReleased(({ clock }) => {
    clock.now = '2026-11-12T23:00:00.000Z';
  });
  expect(await turn()).toBe(1);
  expect(await left()).toBe(1);
});

test('with an agreement that lasts both are published, once each', async () => {
  const { turn, sent, left } = await twoReleased(() => undefined);
  expect(await turn()).toBe(2);
  expect(new Set(sent).size).toBe(2);
  expect([await turn(), await left()]).toEqual([0, 0]);
});

/** The youths of `refs` are stored in a way that this program cannot read. */
function unreadable(store: HeldParts['store'], refs: ReadonlySet<PersonRef>): HeldParts['store'] {
  return {
    withCurrent: (org, asked, publish) =>
      store.withCurrent(org, asked, (youths) =>
        publish(
          youths.map((loaded) => {
            if (!refs.has(loaded.ref)) return loaded;
            const { ref, version, mergedInto, parked, last, tail } = loaded;
            return {
              ...{ ref, version, mergedInto, parked, last, tail },
              get youth(): never {
                throw new Error('stored in another way');
              },
            };
          }),
        ),
      ),
  };
}

test('a youth that cannot be read is named and kept, and the county’s other held answers are published', async () => {
  const { parts, org, unread, sent, left } = await twoReleased(() => undefined);
  const [first] = await parts.nav.heldMessages(org);
  const broken = { ...parts, store: unreadable(parts.store, new Set([first!.ref])) };
  expect(await releaseHeld(broken, org)).toBe(1);
  expect(unread).toEqual([first!.ref]);
  expect([sent.includes(first!.id), sent.length, await left()]).toEqual([false, 1, 1]);
  // When it can be read again it is published as the others were.
  expect(await releaseHeld(parts, org)).toBe(1);
  expect([sent.includes(first!.id), sent.length, await left()]).toEqual([true, 2, 0]);
});

test('a batch about one that cannot be read goes out without it, which is kept', async () => {
  const { parts, org, unread, left } = await twoReleased(() => undefined);
  const held = await parts.nav.heldMessages(org);
  const vault = createVault(Buffer.alloc(32, 7));
  const messages = held.map(({ sealed }) => JSON.parse(vault.open(sealed).toString()));
  for (const { id } of held) await parts.nav.forgetHeld(org, id);
  const leaving: PersonRef[] = [];
  const store = unreadable(parts.store, new Set([messages[0].ref]));
  const disclosing = { ...parts, nav: parts.nav as MemoryStore, store, vault, org };
  await whilePermitted(messages, disclosing, async (permitted) => {
    leaving.push(...[...permitted].map(({ ref }) => ref));
  });
  expect([leaving, unread, await left()]).toEqual([[messages[1].ref], [messages[0].ref], 1]);
});
