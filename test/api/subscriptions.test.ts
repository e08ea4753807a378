import { createPublicKey } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Principal } from '../../src/core/access/principal.ts';
import { assignment, controlOf, grant, machine, person } from '../access/callers.ts';
import { CONSUMER, STRANGER } from '../access/world.ts';
import { agreementOf } from '../harness/agreement.ts';
import { appOf, bodyOf, NOW, ORG, problemOf, SAMPLE, testParts } from './parts.ts';

const AT = `/organisations/${ORG}/subscriptions`;
const WANTED = { url: 'https://ot.example.no/webhook', begins: 'now' };
const HOUR = 3_600_000;

function caller(orgnr: string, changes: Parameters<typeof machine>[1] = {}): Principal {
  const consumer = { consumer: orgnr as never, name: `0192:${orgnr}`, key: `0192:${orgnr}` };
  return machine([grant('ot/subscriptions.write', ORG)], { ...consumer, tokenId: 'token-1', ...changes });
}

async function setUp(scopes: readonly string[] = ['ot/registrations.read']) {
  let now = NOW;
  const parts = testParts({ now: () => now });
  for (const [at, scope] of scopes.entries()) {
    const id = `00000000-0000-4000-8000-00000000000${at}`;
    await parts.memory.propose({
      ...{ id, org: ORG, reason: 'avtale', from: '2026-01-01T00:00:00.000Z', to: null },
      wanted: { kind: 'grant', orgnr: CONSUMER as never, scope, institution: null, protectedYouths: false },
      ...{ proposed: '2026-01-01T00:00:00.000Z', proposedBy: 'a', proposedKey: 'a' },
      ...{ grantedBy: 'b', grantedKey: 'b' },
    });
    await parts.memory.settleProposal(ORG, id, { grantedBy: 'b', approvedBy: 'c' });
  }
  const as = (principal: Principal) => appOf({ ...parts, access: controlOf(principal) });
  const pass = (ms: number) => {
    now += ms;
  };
  return { parts, as, owner: as(caller(CONSUMER)), pass };
}

async function added(owner: ReturnType<typeof appOf>, changes: Record<string, unknown> = {}) {
  const response = await owner.post(AT, { ...WANTED, ...changes });
  expect(response.status).toBe(201);
  return (await bodyOf(response)) as {
    subscription: { id: string };
    secret: string;
    publicKeys: { kid: string }[];
  };
}

describe('a new subscription', () => {
  test('waits for its receiver to be proven, and shows its secret this one time', async () => {
    const { parts, owner } = await setUp();
    const { subscription, secret, publicKeys } = await added(owner);
    expect(subscription).toMatchObject({
      ...{ state: 'pending', reason: 'NEW', name: 'ot.example.no', orgnr: CONSUMER, begins: 'now' },
      ...{ kinds: ['status', 'alert'], owners: null, protectedYouths: false, wantedUrl: null },
    });
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(publicKeys).toHaveLength(1);
    for (const path of [AT, `${AT}/${subscription.id}`])
      expect(await (await owner.get(path)).text()).not.toContain('whsec_');
    expect(parts.logged).toEqual([
      { event: 'subscriptionActed', org: ORG, act: 'add', access: subscription.id },
    ]);
    expect(parts.relay.called).toEqual([]);
  });

  test('states where it begins: there is no default, and «this school year» is the organisation’s own', async () => {
    const { parts, owner } = await setUp();
    const refused = await problemOf(await owner.post(AT, { url: WANTED.url }));
    expect(refused.problems).toEqual([
      expect.objectContaining({ field: 'begins', cure: 'Bruk en av disse: now, school-year, all.' }),
    ]);
    const begins = async (text: string) =>
      parts.subscriptions.made.get((await added(owner, { begins: text })).subscription.id)?.beginsAt;
    expect(await begins('school-year')).toBe('2026-07-31T22:00:00.000Z');
    expect(await begins('all')).toBeNull();
    expect(await begins('now')).toBeNull();
  });

  test('asks for no more than its grants cover, and says what is missing', async () => {
    const { owner } = await setUp(['ot/registrations.read']);
    const refused = await problemOf(
      await owner.post(AT, { ...WANTED, kinds: ['alert', 'status-group', 'receipt'], protectedYouths: true }),
    );
    expect(refused.problems).toEqual([
      expect.objectContaining({ field: 'kinds', text: 'Ingen avtale dekker status-group.' }),
      expect.objectContaining({ field: 'kinds', text: 'Ingen avtale dekker receipt.' }),
      expect.objectContaining({ field: 'protectedYouths' }),
    ]);
    const wider = await setUp(['ot/groups.read', 'ot/feeds/school-dropout.write']);
    await added(wider.owner, { kinds: ['status-group', 'receipt'] });
  });

  test('hears of withdrawals only as the party of an agreement that holds now, and with access to the lists', async () => {
    const wanted = { ...WANTED, kinds: ['nav-withdrawal'] };
    const refusedTo = async ({ owner }: Awaited<ReturnType<typeof setUp>>) =>
      (await problemOf(await owner.post(AT, wanted))).problems;
    const NOT_NAV = expect.objectContaining({
      field: 'kinds',
      text: 'Bare NAV kan høre om rader som er trukket tilbake: den som fylket har avtale med nå.',
    });
    const stranger = await setUp(['ot/nav.read']);
    expect(await refusedTo(stranger)).toEqual([NOT_NAV]);
    const own = { ...agreementOf(ORG), party: CONSUMER as never };
    await stranger.parts.memory.registerAgreement({ ...own, to: '2026-01-31' });
    expect(await refusedTo(stranger)).toEqual([NOT_NAV]);
    const nav = await setUp(['ot/nav.read']);
    await nav.parts.memory.registerAgreement(own);
    const { subscription } = await added(nav.owner, { kinds: ['nav-withdrawal'] });
    expect(nav.parts.subscriptions.made.get(subscription.id)).toMatchObject({ orgnr: CONSUMER });
    const { id } = subscription;
    await nav.parts.memory.revokeAgreement(ORG, own.id, {
      ...{ at: '2026-01-01T00:00:00.000Z', by: 'a', reason: 'Sagt opp.' },
    });
    expect((await nav.owner.send('PATCH', `${AT}/${id}`, { kinds: ['nav-withdrawal'] })).status).toBe(400);
    const unread = await setUp(['ot/registrations.read']);
    await unread.parts.memory.registerAgreement(own);
    expect(await refusedTo(unread)).toEqual([
      expect.objectContaining({ text: 'Ingen avtale dekker nav-withdrawal.' }),
    ]);
  });

  test('is refused for an address that may not be called, with what to do', async () => {
    const { owner } = await setUp();
    const refused = await problemOf(await owner.post(AT, { ...WANTED, url: 'http://ot.example.no' }));
    expect(refused.problems).toEqual([expect.objectContaining({ field: 'url', cure: 'Bruk https.' })]);
  });

  test('is made by a person for a system, by its number, and by none for an unnamed one', async () => {
    const { parts, as } = await setUp();
    const operator = as(person([assignment('drift', ORG)]));
    expect((await problemOf(await operator.post(AT, WANTED))).problems).toEqual([
      expect.objectContaining({ field: 'orgnr' }),
    ]);
    const { subscription } = await added(operator, { orgnr: CONSUMER });
    expect(parts.subscriptions.made.get(subscription.id)).toMatchObject({ subscriber: `0192:${CONSUMER}` });
    const foreign = await problemOf(await as(caller(STRANGER)).post(AT, { ...WANTED, orgnr: CONSUMER }));
    expect(foreign.problems).toEqual([expect.objectContaining({ field: 'orgnr' })]);
  });

  test('is the twentieth at most', async () => {
    const { owner } = await setUp();
    for (let made = 0; made < 20; made += 1) await added(owner);
    expect((await problemOf(await owner.post(AT, WANTED))).type).toBe('urn:ot-bridge:TOO_MANY_SUBSCRIPTIONS');
  });
});

test('another system’s subscription is unknown, whatever is asked of it; people with the role see all', async () => {
  const { as, owner } = await setUp();
  const { id } = (await added(owner)).subscription;
  const stranger = as(caller(STRANGER));
  expect((await bodyOf(await stranger.get(AT))).subscriptions).toEqual([]);
  const nowhere = '00000000-0000-4000-8000-00000000dead';
  const uuid = '00000000-0000-4000-8000-00000000beef';
  const asked = (of: string) => [
    () => stranger.get(`${AT}/${of}`),
    () => stranger.send('PATCH', `${AT}/${of}`, { name: 'x' }),
    () => stranger.send('DELETE', `${AT}/${of}`),
    ...['verify', 'test', 'pause'].map((act) => () => stranger.send('POST', `${AT}/${of}/${act}`)),
    () => stranger.post(`${AT}/${of}/enable`, { from: 'all' }),
    () => stranger.post(`${AT}/${of}/rotate`, {}),
    () => stranger.get(`${AT}/${of}/deliveries`),
    () => stranger.get(`${AT}/${of}/deliveries/1`),
    () => stranger.get(`${AT}/${of}/replays`),
    () => stranger.post(`${AT}/${of}/replays`, { code: 'exhausted', reason: 'prøve' }),
    () => stranger.get(`${AT}/${of}/replays/${uuid}`),
    () => stranger.get(`${AT}/${of}/replays/${uuid}/failures`),
    ...['start', 'stop'].map((act) => () => stranger.send('POST', `${AT}/${of}/replays/${uuid}/${act}`)),
  ];
  const unknown = asked(nowhere);
  for (const [at, ask] of asked(id).entries()) {
    const problem = await problemOf(await ask());
    expect(problem).toEqual(await problemOf(await (unknown[at] ?? ask)()));
    expect(problem.type).toBe('urn:ot-bridge:UNKNOWN_SUBSCRIPTION');
  }
  const operator = as(person([assignment('drift', ORG)]));
  expect((await bodyOf(await operator.get(AT))).subscriptions).toHaveLength(1);
  expect((await as(person([assignment('radgiver', ORG)])).get(AT)).status).toBe(403);
  // At another organisation it is as if it were not.
  const local = appOf({ ...(await setUp()).parts });
  expect((await local.get(`/organisations/${SAMPLE}/subscriptions/${id}`)).status).toBe(404);
});

describe('a receiver', () => {
  test('is proven before anything is sent, and what it answers is never shown', async () => {
    const { parts, owner } = await setUp();
    const { id } = (await added(owner)).subscription;
    expect((await problemOf(await owner.send('POST', `${AT}/${id}/test`))).type).toBe(
      'urn:ot-bridge:SUBSCRIPTION_STATE',
    );
    parts.relay.outcome = 'not-proven';
    const refused = await problemOf(await owner.send('POST', `${AT}/${id}/verify`));
    expect(refused.type).toBe('urn:ot-bridge:RECEIVER_NOT_PROVEN');
    expect(refused.detail).toContain('HTTP 404');
    expect((await bodyOf(await owner.get(`${AT}/${id}`))).state).toBe('pending');
    parts.relay.outcome = 'delivered';
    const proven = await bodyOf(await owner.send('POST', `${AT}/${id}/verify`));
    expect(proven).toMatchObject({
      subscription: { state: 'active', reason: null },
      answer: { httpStatus: 200 },
    });
    expect(Object.keys(proven.answer)).toEqual(['at', 'outcome', 'httpStatus', 'ms']);
    const tested = await bodyOf(await owner.send('POST', `${AT}/${id}/test`));
    expect(tested.answer.outcome).toBe('delivered');
    expect(parts.relay.called.map(({ act }) => act)).toEqual(['prove', 'prove', 'test']);
  });

  test('is moved by two tokens an hour apart; the old address is in use meanwhile', async () => {
    const { parts, as, owner, pass } = await setUp();
    const { id } = (await added(owner)).subscription;
    await owner.send('POST', `${AT}/${id}/verify`);
    const url = 'https://new.example.no/webhook';
    const move = (principal: Principal) => as(principal).send('PATCH', `${AT}/${id}`, { url });
    const first = await bodyOf(await move(caller(CONSUMER)));
    expect(first).toMatchObject({ url: WANTED.url, state: 'active', wantedUrl: { url } });
    pass(HOUR - 1);
    expect((await problemOf(await move(caller(CONSUMER, { tokenId: 'token-2' })))).type).toBe(
      'urn:ot-bridge:URL_NEEDS_ANOTHER',
    );
    pass(1);
    // The same token, or one that cannot be distinguished from it, is the same caller however long it waits.
    for (const tokenId of ['token-1', null])
      expect((await move(caller(CONSUMER, { tokenId }))).status).toBe(409);
    expect(parts.subscriptions.made.get(id)?.url).toBe(WANTED.url);
    // Another address begins from the start.
    parts.relay.outcome = 'timeout';
    expect((await problemOf(await move(caller(CONSUMER, { tokenId: 'token-2' })))).type).toBe(
      'urn:ot-bridge:RECEIVER_NOT_PROVEN',
    );
    expect(parts.subscriptions.made.get(id)).toMatchObject({ url: WANTED.url, wantedUrl: { url } });
    parts.relay.outcome = 'delivered';
    const moved = await bodyOf(await move(caller(CONSUMER, { tokenId: 'token-2' })));
    expect(moved).toMatchObject({ url, state: 'active', wantedUrl: null });
    expect(parts.relay.called.at(-1)).toEqual({ act: 'prove', url });
  });

  test('is moved by an operator as the second caller, and by no operator alone', async () => {
    const { as, owner } = await setUp();
    const { id } = (await added(owner)).subscription;
    await owner.send('POST', `${AT}/${id}/verify`);
    const url = 'https://new.example.no/webhook';
    const operator = as(person([assignment('drift', ORG)]));
    expect((await bodyOf(await operator.send('PATCH', `${AT}/${id}`, { url }))).url).toBe(WANTED.url);
    expect((await operator.send('PATCH', `${AT}/${id}`, { url })).status).toBe(409);
    expect((await bodyOf(await owner.send('PATCH', `${AT}/${id}`, { url }))).url).toBe(url);
  });

  test('that was never proven is moved immediately: nothing has been sent to it', async () => {
    const { owner } = await setUp();
    const { id } = (await added(owner)).subscription;
    const url = 'https://new.example.no/webhook';
    expect(await bodyOf(await owner.send('PATCH', `${AT}/${id}`, { url }))).toMatchObject({
      url,
      state: 'pending',
    });
  });
});

describe('a subscription', () => {
  test('is paused and enabled, and what is skipped is counted and has a reason', async () => {
    const { owner } = await setUp();
    const { id } = (await added(owner)).subscription;
    const enable = (body: unknown) => owner.post(`${AT}/${id}/enable`, body);
    expect((await problemOf(await enable({ from: 'all' }))).detail).toContain('/verify');
    await owner.send('POST', `${AT}/${id}/verify`);
    expect((await problemOf(await enable({ from: 'all' }))).type).toBe('urn:ot-bridge:SUBSCRIPTION_STATE');
    for (const _again of [1, 2])
      expect(await bodyOf(await owner.send('POST', `${AT}/${id}/pause`))).toMatchObject({
        state: 'paused',
        reason: 'OWNER',
      });
    for (const from of ['latest', 'now'])
      expect((await problemOf(await enable({ from }))).problems).toEqual([
        expect.objectContaining({ field: 'reason' }),
      ]);
    const enabled = await bodyOf(await enable({ from: 'latest', reason: 'etter feil hos oss' }));
    expect(enabled).toMatchObject({ subscription: { state: 'active' }, backlog: { all: 0, latest: 0 } });
  });

  test('gets new keys, which sign together with the old ones for a day at least', async () => {
    const { owner, pass } = await setUp();
    const { subscription, secret, publicKeys } = await added(owner);
    const path = `${AT}/${subscription.id}/rotate`;
    expect((await owner.post(path, { overlapHours: 23 })).status).toBe(400);
    const rotated = await bodyOf(await owner.post(path, { overlapHours: 24 }));
    expect(rotated.secret).not.toBe(secret);
    expect(rotated.publicKeys.map(({ kid }: { kid: string }) => kid)).toContain(publicKeys[0]?.kid);
    expect(rotated.publicKeys).toHaveLength(2);
    pass(24 * HOUR);
    expect((await bodyOf(await owner.get(`${AT}/${subscription.id}`))).publicKeys).toHaveLength(1);
    for (let more = 0; more < 3; more += 1) await owner.post(path, {});
    expect((await problemOf(await owner.post(path, {}))).type).toBe('urn:ot-bridge:TOO_MANY_KEYS');
  });

  test('is changed by name, kinds and units, within its grants, and ended', async () => {
    const { owner } = await setUp();
    const { id } = (await added(owner)).subscription;
    const changed = await bodyOf(
      await owner.send('PATCH', `${AT}/${id}`, { name: 'Nytt navn', kinds: ['alert'], owners: ['40200'] }),
    );
    expect(changed).toMatchObject({ name: 'Nytt navn', kinds: ['alert'], owners: ['40200'], version: 2 });
    expect((await owner.send('PATCH', `${AT}/${id}`, { kinds: ['receipt'] })).status).toBe(400);
    expect((await owner.send('DELETE', `${AT}/${id}`)).status).toBe(204);
    expect((await owner.get(`${AT}/${id}`)).status).toBe(404);
  });

  test('is not changed by one who saw it as it was before', async () => {
    const { parts, owner } = await setUp();
    const { id } = (await added(owner)).subscription;
    const stale = { ...parts.subscriptions, changeSubscription: async () => false };
    const late = appOf({ ...parts, subscriptions: stale, access: controlOf(caller(CONSUMER)) });
    expect((await problemOf(await late.send('PATCH', `${AT}/${id}`, { name: 'x' }))).type).toBe(
      'urn:ot-bridge:SUBSCRIPTION_CHANGED',
    );
  });

  test('has a name without persons: a number is refused, wherever it is written', async () => {
    const { owner } = await setUp();
    for (const change of [{ name: 'elev 14830989960' }, { url: 'https://ot.example.no/14830989960' }])
      expect((await owner.post(AT, { ...WANTED, ...change })).status).toBe(400);
  });
});

test('the public keys are there for all, as JWKs that verify', async () => {
  const { parts, owner } = await setUp();
  const { publicKeys } = await added(owner);
  const anonymous = appOf({ ...parts, access: controlOf(undefined) });
  const { keys } = await bodyOf(await anonymous.get('/.well-known/webhook-keys'));
  expect(keys).toHaveLength(1);
  expect(keys[0]).toMatchObject({ kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', kid: publicKeys[0]?.kid });
  expect(Object.keys(keys[0]).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x']);
  expect(createPublicKey({ key: keys[0], format: 'jwk' }).asymmetricKeyType).toBe('ed25519');
});

test('every act is on record before and after, without the secret', async () => {
  const { parts, as } = await setUp();
  const entries: { operation: string; outcome: string; item: string | null }[] = [];
  const audit = {
    append: async (given: Parameters<typeof parts.audit.append>[0]) =>
      void entries.push(...given.map(({ entry }) => entry)),
  };
  const recording = { ...parts, audit: { ...parts.audit, ...audit }, access: controlOf(caller(CONSUMER)) };
  const { subscription, secret } = await added(appOf(recording) as ReturnType<typeof as>);
  expect(entries.map(({ outcome }) => outcome)).toEqual(['STARTED', 'OK']);
  expect(entries[1]).toMatchObject({
    operation: 'POST /organisations/{org}/subscriptions',
    item: `subscription:${subscription.id}`,
  });
  expect(JSON.stringify(entries)).not.toContain(secret);
});
