import { randomBytes, timingSafeEqual } from 'node:crypto';
import { HttpProblem } from '../../api/httpProblem.ts';

/** What a form that was sent has led to: the page that shows it. */
export interface Settled {
  to: string;
}

/**
 * One-time keys of forms. A key is bound to the session that was shown the form: one of another session is refused, and a
 * second sending of the same form gets the first result.
 */
export interface FormKeys {
  draw(session: string): string;
  /**
   * @param act what the form does; null: it has done nothing, and the same form may be sent again
   * @returns null as `act` did
   * @throws HttpProblem FORM_OUTDATED
   */
  settle(
    key: string | undefined,
    session: string,
    act: () => Promise<Settled | null>,
  ): Promise<(Settled & { repeated: boolean }) | null>;
}

/** As long as a session may last. */
const LIFE_MS = 8 * 60 * 60_000;
/** Results remembered; the oldest is forgotten, and what it did is then recognised by what was sent. */
const MOST = 10_000;

/** @param sign keyed hash @param now epoch milliseconds */
export function createFormKeys(sign: (text: string) => Buffer, now: () => number): FormKeys {
  const results = new Map<string, Promise<Settled | null>>();
  const signature = (drawn: string, session: string) => sign(`${drawn}.${session}`);

  function assertOwn(key: string | undefined, session: string): asserts key is string {
    const [, drawn, time, signed] = /^(([0-9a-z]{6,12})\.[\w-]{22})\.([0-9a-f]{64})$/.exec(key ?? '') ?? [];
    if (drawn !== undefined && time !== undefined && signed !== undefined) {
      const expected = signature(drawn, session);
      const given = Buffer.from(signed, 'hex');
      const age = now() - Number.parseInt(time, 36);
      if (given.length === expected.length && timingSafeEqual(given, expected) && age <= LIFE_MS) return;
    }
    throw new HttpProblem(
      'FORM_OUTDATED',
      'Skjemaet er for gammelt, eller hører til en annen innlogging. Åpne siden på nytt.',
    );
  }

  return {
    draw(session) {
      const drawn = `${now().toString(36)}.${randomBytes(16).toString('base64url')}`;
      return `${drawn}.${signature(drawn, session).toString('hex')}`;
    },
    async settle(key, session, act) {
      assertOwn(key, session);
      const first = results.get(key);
      if (first !== undefined) {
        const settled = await first;
        if (settled !== null) return { ...settled, repeated: true };
      }
      const acting = act();
      results.set(key, acting);
      for (const oldest of results.keys()) {
        if (results.size <= MOST) break;
        results.delete(oldest);
      }
      try {
        const settled = await acting;
        if (settled !== null) return { ...settled, repeated: false };
      } catch (error) {
        results.delete(key);
        throw error;
      }
      results.delete(key);
      return null;
    },
  };
}
