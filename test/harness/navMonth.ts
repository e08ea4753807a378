import { countyNumber } from '../../src/core/organisation.ts';
import type { ConsentScope, ConsentSide, ConsentState } from '../../src/core/youth/statusEvent.ts';
import { dropout } from './feedRecords.ts';
import type { Person } from './persons.ts';
import type { Stage } from './stage.ts';

// NAV's month: the list as NAV fetches it, and the records of its answers as they are sent.

export const COUNTY = { county: countyNumber('46'), from: '2026-10-01T06:00:00.000Z' };

/** OT follows up these youths, and these consents have been sent. */
export async function followed(
  stage: Stage,
  youths: readonly Person[],
  consents: readonly object[],
): Promise<void> {
  const left = youths.map((who) => dropout(who, '2026-10-01', { skolenummer: '46014' }));
  await stage.send('2026-10-02T08:00:00.000Z', 'school-dropout', ...left);
  await stage.send('2026-10-05T08:05:00.000Z', 'consent', ...consents);
}

export interface Answered {
  registrert?: 'JA' | 'NEI' | 'IKKE_SVART';
  kontor?: string | null;
  /** Of the delivery: '' for the first, then `b`, `c` … */
  letter?: string;
  /** Of the list; without one the person's number is sent instead. */
  matchId?: string | undefined;
}

export function answer(maaned: string, { fodselsnummer }: Person, answered: Answered = {}): object {
  const { registrert = 'JA', kontor = registrert === 'JA' ? '4601' : null, letter = '', matchId } = answered;
  const about =
    matchId === undefined
      ? { id: `m-${fodselsnummer.slice(6, 9)}-${fodselsnummer.slice(9)}`, fodselsnummer }
      : { id: matchId };
  return { type: 'svar', batchId: `B-${maaned}${letter}`, maaned, ...about, registrert, kontor };
}

export function manifest(maaned: string, antall: number, letter = ''): object {
  return { type: 'manifest', batchId: `B-${maaned}${letter}`, maaned, antall };
}

export function delivery(maaned: string, answers: readonly object[], letter = ''): object[] {
  return [manifest(maaned, answers.length, letter), ...answers];
}

export interface Consented {
  part?: 'UNGDOM' | 'FORESATT' | 'FORESATT2';
  gyldigTil?: string;
  /** Of a guardian 1 by itself; null: not said. */
  antallForesatte?: 1 | 2 | null;
  /** What a yes names besides. */
  omfang?: readonly ConsentScope[];
}

export function consent(
  person: Person,
  side: ConsentSide,
  tilstand: ConsentState,
  tidspunkt: string,
  { part = 'UNGDOM', ...more }: Consented = {},
): object {
  const kilde = side === 'A' ? 'ot:46201' : 'nav-kommune:4601';
  const alone = part === 'FORESATT' && { antallForesatte: 1 };
  return { ...person, side, part, tilstand, tidspunkt, rettsgrunnlag: 'SAMTYKKE', kilde, ...alone, ...more };
}

export function bothSides(person: Person, tidspunkt: string, more: Consented = {}): object[] {
  return (['A', 'B'] as const).map((side) => consent(person, side, 'SAMTYKKET', tidspunkt, more));
}

/** The match id of each number in a list, as NAV fetches it. @throws when a row says more than it should */
export async function fetched(stage: Stage, list: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (let after = ''; ; ) {
    const { status, body } = await stage.get(`nav/batches/${list}/rows?limit=50${after}`);
    if (status !== 200) throw new Error(JSON.stringify(body));
    for (const row of body.rows as Record<string, string>[]) {
      const { matchId = '', fodselsnummer = '', samtykke, ...more } = row;
      if (samtykke === undefined || Object.keys(more).length > 0) throw new Error(Object.keys(row).join());
      found.set(fodselsnummer, matchId);
    }
    if (body.next === null) return found;
    after = `&after=${body.next}`;
  }
}

/** The list of a month is made, and NAV fetches it. */
export async function asked(stage: Stage, at: string, month: string): Promise<Map<string, string>> {
  return fetched(stage, await stage.extract(at, month));
}

/** Match ids that NAV has been notified it may no longer use. */
export async function withdrawn(stage: Stage, list: string): Promise<string[]> {
  const { body } = await stage.get(`nav/batches/${list}/withdrawals`);
  return (body.rows as { matchId: string }[]).map(({ matchId }) => matchId);
}

/** `REIST 4601`, … of all alerts published about the match of one person, or of all persons. */
export async function matchAlerts(stage: Stage, person?: Person): Promise<string[]> {
  const alerts = await stage.out('alert', person?.fodselsnummer);
  return alerts
    .filter(({ kind }) => kind === 'KJENT_HOS_NAV')
    .map(({ state, office }) => `${state} ${office}`);
}

/** Codes of an event in the youth's history, each time it occurs there. */
export async function history(stage: Stage, { fodselsnummer }: Person, what: string): Promise<unknown[]> {
  const { body } = await stage.get(`youths/${await stage.ref(fodselsnummer)}/history`);
  const entries = Array.isArray(body.entries) ? body.entries : [];
  return entries.filter((entry) => entry.what === what).map(({ codes, rule }) => ({ ...codes, rule }));
}
