import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { OrganisationNumber, PersonKey } from '../../src/core/access/principal.ts';
import type { Sessions, StoredSession } from '../../src/store/sessionsPort.ts';

const AT = '2026-10-07T07:00:00.000Z';
const LATER = '2026-10-07T07:10:00.000Z';
const END = '2026-10-07T15:00:00.000Z';

function session(changes: Partial<StoredSession> = {}): StoredSession {
  return {
    hash: randomBytes(32),
    issuer: 'https://login.example',
    person: randomBytes(32).toString('hex') as PersonKey,
    subject: randomBytes(32),
    sid: randomBytes(32),
    orgnrs: ['889640782' as OrganisationNumber],
    groups: ['group-1'],
    acr: 'high',
    high: true,
    authenticated: AT,
    created: AT,
    seen: AT,
    expires: END,
    ...changes,
  };
}

/** What every store of sessions promises. */
export function sessionsContract(create: () => Promise<Sessions>): void {
  describe('the store of sessions', () => {
    test('gives a session back as it was stored, and no other', async () => {
      const store = await create();
      const full = session();
      const bare = session({ sid: null, acr: null, orgnrs: [], groups: [], high: false });
      await store.addSession(full);
      await store.addSession(bare);
      expect(await store.sessionOf(full.hash)).toEqual(full);
      expect(await store.sessionOf(bare.hash)).toEqual(bare);
      expect(await store.sessionOf(randomBytes(32))).toBeUndefined();
    });

    test('gives a login under way to one caller only', async () => {
      const store = await create();
      const attempt = { hash: randomBytes(32), sealed: randomBytes(40), expires: LATER };
      await store.addAttempt(attempt);
      const taken = await Promise.all([store.takeAttempt(attempt.hash), store.takeAttempt(attempt.hash)]);
      expect(taken.filter((each) => each !== undefined)).toEqual([attempt]);
    });

    test('notes when a session was used last, and never moves it back', async () => {
      const store = await create();
      const stored = session();
      await store.addSession(stored);
      await store.sessionSeen(stored.hash, LATER);
      await store.sessionSeen(stored.hash, AT);
      expect((await store.sessionOf(stored.hash))?.seen).toBe(LATER);
    });

    test('removes one session once', async () => {
      const store = await create();
      const [stored, other] = [session(), session()];
      await store.addSession(stored);
      await store.addSession(other);
      expect(await store.removeSession(stored.hash)).toBe(true);
      expect(await store.removeSession(stored.hash)).toBe(false);
      expect(await store.sessionOf(other.hash)).toEqual(other);
    });

    test('removes the sessions of a subject, of a session of the issuer, or of both; never all', async () => {
      const store = await create();
      const subject = randomBytes(32);
      const [one, two, three] = [session({ subject }), session({ subject }), session({ subject, sid: null })];
      for (const each of [one, two, three]) await store.addSession(each);
      expect(await store.removeSessions({})).toBe(0);
      expect(await store.removeSessions({ subject: randomBytes(32) })).toBe(0);
      expect(await store.removeSessions({ subject: randomBytes(32), ...(one.sid && { sid: one.sid }) })).toBe(
        0,
      );
      expect(await store.removeSessions({ ...(one.sid && { sid: one.sid }) })).toBe(1);
      expect(await store.sessionOf(two.hash)).toEqual(two);
      expect(await store.removeSessions({ subject })).toBe(2);
    });

    test('notes a logout token once', async () => {
      const store = await create();
      const hash = randomBytes(32);
      const noted = await Promise.all([
        store.noteLogoutToken(hash, LATER),
        store.noteLogoutToken(hash, LATER),
      ]);
      expect(noted.sort()).toEqual([false, true]);
    });

    test('forgets what has expired and what is unused, and keeps the rest', async () => {
      const store = await create();
      const used = session({ seen: LATER });
      const unused = session({ seen: AT });
      const over = session({ seen: LATER, expires: LATER });
      for (const each of [used, unused, over]) await store.addSession(each);
      const attempt = { hash: randomBytes(32), sealed: randomBytes(40), expires: LATER };
      await store.addAttempt(attempt);
      const token = randomBytes(32);
      await store.noteLogoutToken(token, LATER);
      await store.removeExpired(LATER, AT);
      expect(await store.sessionOf(used.hash)).toEqual(used);
      expect(await store.sessionOf(unused.hash)).toBeUndefined();
      expect(await store.sessionOf(over.hash)).toBeUndefined();
      expect(await store.takeAttempt(attempt.hash)).toBeUndefined();
      expect(await store.noteLogoutToken(token, END)).toBe(true);
    });
  });
}
