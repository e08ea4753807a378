import type { LoginAttempt, Sessions, StoredSession } from '../sessionsPort.ts';

export function createMemorySessions(): Sessions {
  const attempts = new Map<string, LoginAttempt>();
  const sessions = new Map<string, StoredSession>();
  const tokens = new Map<string, string>();
  const hex = (hash: Buffer) => hash.toString('hex');
  const removeWhere = (gone: (session: StoredSession) => boolean) => {
    const found = [...sessions].filter(([, session]) => gone(session));
    for (const [key] of found) sessions.delete(key);
    return found.length;
  };
  return {
    async addAttempt(attempt) {
      attempts.set(hex(attempt.hash), attempt);
    },
    async takeAttempt(hash) {
      const attempt = attempts.get(hex(hash));
      attempts.delete(hex(hash));
      return attempt;
    },
    async addSession(session) {
      sessions.set(hex(session.hash), { ...session });
    },
    sessionOf: async (hash) => sessions.get(hex(hash)),
    async sessionSeen(hash, at) {
      const session = sessions.get(hex(hash));
      if (session && session.seen < at) sessions.set(hex(hash), { ...session, seen: at });
    },
    removeSession: async (hash) => sessions.delete(hex(hash)),
    async removeSessions({ subject, sid }) {
      if (subject === undefined && sid === undefined) return 0;
      return removeWhere(
        (session) =>
          (subject === undefined || session.subject.equals(subject)) &&
          (sid === undefined || session.sid?.equals(sid) === true),
      );
    },
    async noteLogoutToken(hash, expires) {
      if (tokens.has(hex(hash))) return false;
      tokens.set(hex(hash), expires);
      return true;
    },
    async removeExpired(now, idleSince) {
      for (const [key, { expires }] of attempts) if (expires <= now) attempts.delete(key);
      for (const [key, expires] of tokens) if (expires <= now) tokens.delete(key);
      return removeWhere(({ expires, seen }) => expires <= now || seen <= idleSince);
    },
  };
}
