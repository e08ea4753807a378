import { comingOfAge } from '../../src/core/age/majority.ts';
import { permits } from '../../src/core/consent/permits.ts';
import { countyNumber } from '../../src/core/organisation.ts';
import { defaultPolicy } from '../../src/core/policy.ts';
import type { ConsentSide, ConsentState } from '../../src/core/youth/statusEvent.ts';
import { dropout } from './feedRecords.ts';
import type { Person } from './persons.ts';
import type { Stage } from './stage.ts';

// Records of NAV's month as they are sent, and what the domain says of who may be asked about.

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
}

export function answer(maaned: string, { fodselsnummer }: Person, answered: Answered = {}): object {
  const { registrert = 'JA', kontor = registrert === 'JA' ? '4601' : null, letter = '' } = answered;
  return {
    type: 'svar',
    batchId: `B-${maaned}${letter}`,
    maaned,
    id: `m-${fodselsnummer.slice(6, 9)}-${fodselsnummer.slice(9)}`,
    fodselsnummer,
    registrert,
    kontor,
  };
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
}

export function consent(
  person: Person,
  side: ConsentSide,
  tilstand: ConsentState,
  tidspunkt: string,
  { part = 'UNGDOM', ...more }: Consented = {},
): object {
  const kilde = side === 'A' ? 'ot:46201' : 'nav-kommune:4601';
  return { ...person, side, part, tilstand, tidspunkt, rettsgrunnlag: 'SAMTYKKE', kilde, ...more };
}

export function bothSides(person: Person, tidspunkt: string, more: Consented = {}): object[] {
  return (['A', 'B'] as const).map((side) => consent(person, side, 'SAMTYKKET', tidspunkt, more));
}

/**
 * Why NAV may or may not be asked about a person at a moment: SAMTYKKET, or the state that stops it. Null for who is
 * not in the target group: the question is not asked.
 */
export async function mayAsk(stage: Stage, { fodselsnummer }: Person, at: string): Promise<string | null> {
  const youth = await stage.youth(fodselsnummer);
  if (!youth?.registrations.some(({ status }) => status.targetGroup)) return null;
  const born = youth.facts.find((fact) => fact.born !== null)?.born ?? null;
  const consents = youth.facts.filter((fact) => fact.kind === 'Consent');
  return permits(consents, 'A', comingOfAge(born, defaultPolicy(COUNTY.county).consentAge), at).state;
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
