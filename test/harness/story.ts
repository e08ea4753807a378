import { expect } from 'vitest';
import {
  type MessageOn,
  type OutboxMessage,
  type OutTopic,
  toMessages,
} from '../../src/core/messages/messages.ts';
import type { OutValues } from '../../src/core/messages/outValues.ts';
import { countyNumber, orgId } from '../../src/core/organisation.ts';
import { personRef } from '../../src/core/person/reference.ts';
import { defaultPolicy, type Policy } from '../../src/core/policy.ts';
import { osloDate } from '../../src/core/time/oslo.ts';
import { decide } from '../../src/core/youth/decide.ts';
import { fold } from '../../src/core/youth/evolve.ts';
import type { ConsentScope, FactBody, Feed, StatusEvent } from '../../src/core/youth/statusEvent.ts';
import { UNKNOWN_YOUTH, type Youth } from '../../src/core/youth/youth.ts';
import type { Alert, YouthEvent } from '../../src/core/youth/youthEvent.ts';

// The history of one youth, record by record: when … then …, with the real decide, evolve and toMessages.

export interface Provenance {
  source?: string;
  id?: string;
  version?: number;
  effective?: string;
  reported?: string | null;
  county?: string;
  feed?: Feed;
  nameTag?: string;
}

export interface Story {
  /** The record enters Kafka at `moment` (UTC). Returns what was decided. */
  when(moment: string, body: FactBody, provenance?: Provenance): YouthEvent[];
  /** Nothing is received until `moment`; what falls due on the way is decided. */
  wait(moment: string): YouthEvent[];
  youth(): Youth;
  events(): YouthEvent[];
  messages(): OutboxMessage[];
  /** What was published on one topic, oldest first. */
  published<T extends OutTopic>(topic: T): OutValues[T][];
  /** `IKKE_SOKT OTUK 2027-28`, one per registration. */
  registrations(): string[];
  /** Kinds of the open alerts, sorted. */
  open(): string[];
  alert(kind: Alert['kind']): Alert;
  /** How often an alert of this kind has been raised. */
  raised(kind: Alert['kind']): number;
}

const REF = personRef('6f1c0e9d2b7a4583a1d4c6e8f0b29375');

export function story(
  given: { born?: string | null; county?: string; policy?: Partial<Policy> } = {},
): Story {
  // An adult in the age range, unless the test is about age. `born: null` is a youth whose birth date no record has.
  const { born = '2007-05-05' } = given;
  const county = countyNumber(given.county ?? '40');
  const policy = { ...defaultPolicy(county), ...given.policy };
  let youth: Youth = UNKNOWN_YOUTH;
  let offset = 0;
  const all: YouthEvent[] = [];
  const sent: OutboxMessage[] = [];

  function happen(moment: string, event: StatusEvent): YouthEvent[] {
    const now = new Date(moment).toISOString();
    const events = decide(event, youth, { now, today: osloDate(now), policy });
    youth = fold(youth, events);
    offset += 1;
    if (events.length > 0) {
      const position = `telemarkfylke-no.ot.event.${event.feed}/0/${offset}`;
      const meta = { org: orgId('telemarkfylke-no'), ref: REF, position, version: offset, recorded: now };
      sent.push(...toMessages(events, youth, meta));
    }
    all.push(...events);
    return events;
  }

  return {
    when: (moment, body, provenance = {}) =>
      happen(moment, factOf(body, { county, ...provenance }, born, moment, offset)),
    wait(moment) {
      const events: YouthEvent[] = [];
      for (let turn = 0; youth.due !== null && youth.due <= new Date(moment).toISOString(); turn += 1) {
        expect(turn).toBeLessThan(200);
        events.push(
          ...happen(youth.due, factOf({ kind: 'Due', at: youth.due }, { county }, null, youth.due, offset)),
        );
      }
      return events;
    },
    youth: () => youth,
    events: () => all,
    messages: () => sent,
    published: <T extends OutTopic>(topic: T) =>
      sent.filter(isOn(topic)).map(({ value }): OutValues[T] => value),
    registrations: () =>
      youth.registrations.map((known) => `${known.tilmeldingskode} ${known.status.code} ${known.schoolYear}`),
    open: () => youth.alerts.map(({ kind }) => kind).sort(),
    alert(kind) {
      const found = youth.alerts.find((alert) => alert.kind === kind);
      if (found === undefined) throw new Error(`no open ${kind}`);
      return found;
    },
    raised: (kind) => all.filter((event) => event.type === 'AlertRaised' && event.alert.kind === kind).length,
  };
}

function isOn<T extends OutTopic>(topic: T) {
  return (message: OutboxMessage): message is OutboxMessage & MessageOn<T> => message.topic === topic;
}

const FEED_OF: Record<FactBody['kind'], Feed> = {
  NotApplied: 'vigo-intake',
  PlaceDeclined: 'vigo-intake',
  Wish: 'vigo-intake',
  NoShow: 'vigo-intake',
  Applied: 'vigo-intake',
  Left: 'school-dropout',
  Started: 'school-dropout',
  AtRisk: 'school-dropout',
  Annulled: 'school-dropout',
  ContactAttempt: 'ot-adviser',
  Contact: 'ot-adviser',
  AdviserStatus: 'ot-adviser',
  Recode: 'ot-adviser',
  RegisterSeen: 'ot-adviser',
  ContractSeen: 'apprenticeship',
  Absent: 'bridge',
  Present: 'bridge',
  NavAsked: 'bridge',
  NavMatch: 'bridge',
  NavRegister: 'nav-deltaker',
  Consent: 'consent',
  Residence: 'folkeregister',
  Emigrated: 'folkeregister',
  Protection: 'folkeregister',
  PupilSeen: 'private-school',
  WithoutPlans: 'lower-secondary',
  Referral: 'ot-adviser',
  Measure: 'ot-adviser',
  Handover: 'ot-adviser',
  Renumbered: 'folkeregister',
  Due: 'bridge',
};

function sourceOf(body: FactBody, feed: Feed): string {
  if ((body.kind === 'Left' || body.kind === 'Started') && body.training === 'apprenticeship')
    return 'fagopplaring:40';
  if ('institution' in body && body.institution !== null && feed === 'school-dropout')
    return `skole:${body.institution}`;
  return feed;
}

/** A source event with everything that does not matter to the test filled in. */
export function factOf(
  body: FactBody,
  provenance: Provenance,
  born: string | null,
  moment: string,
  number: number,
): StatusEvent {
  const apprentice = 'training' in body && body.training === 'apprenticeship';
  const feed = provenance.feed ?? (apprentice ? 'apprenticeship' : FEED_OF[body.kind]);
  return {
    feed,
    source: provenance.source ?? sourceOf(body, feed),
    id: provenance.id ?? `${body.kind}-${number}`,
    version: provenance.version ?? 1,
    effective: provenance.effective ?? osloDate(new Date(moment).toISOString()),
    reported: provenance.reported ?? null,
    county: countyNumber(provenance.county ?? '40'),
    born,
    nameTag: provenance.nameTag ?? null,
    ...body,
  };
}

export const left = (institution: string, reason: string, lostRight = false): FactBody => ({
  kind: 'Left',
  training: 'school',
  institution,
  reason,
  list: 'B06-2023-05',
  lostRight,
});

export const terminated = (institution: string, reason: string, lostRight = false): FactBody => ({
  kind: 'Left',
  training: 'apprenticeship',
  institution,
  reason,
  list: 'C12-2010-05',
  lostRight,
});

export const started = (
  institution: string,
  training: 'school' | 'private-school' | 'apprenticeship' = 'school',
  hovedskole: boolean | null = null,
): FactBody => ({ kind: 'Started', training, institution, hovedskole });

export const contact: FactBody = { kind: 'Contact', via: 'UNGDOM', reason: null };

export const status = (
  schoolYear: string,
  code: string,
  more: {
    viaOt?: 'JA' | 'NEI' | 'UKJENT';
    grounds?: readonly string[];
    override?: string;
    unit?: string;
  } = {},
): FactBody => ({
  kind: 'AdviserStatus',
  schoolYear,
  code,
  list: 'OT-2016-07',
  viaOt: more.viaOt ?? 'UKJENT',
  grounds: more.grounds ?? [],
  override: more.override ?? null,
  unit: more.unit ?? null,
});

export const consent = (
  side: 'A' | 'B',
  party: 'UNGDOM' | 'FORESATT' | 'FORESATT2',
  state: Extract<FactBody, { kind: 'Consent' }>['state'],
  at: string,
  validTo: string | null = null,
  /** What a yes names besides; nothing by itself. */
  ...scope: readonly ConsentScope[]
): FactBody => ({
  ...{ kind: 'Consent', side, party, state, at, validTo, legalBasis: 'SAMTYKKE' },
  ...(scope.length > 0 && { scope }),
  // Alone, unless the other one answers too.
  ...(party === 'FORESATT' && { guardians: 1 }),
});

export const navAnswer = (
  month: string,
  answer: 'JA' | 'NEI' | 'IKKE_SVART',
  office: string | null,
  letter = '',
): FactBody => ({
  kind: 'NavMatch',
  batch: `B-${month}${letter}`,
  month,
  answer,
  office,
});

/** What NAV's register of measures says; `atNav` of the other registers. */
export const participation = (
  state: string,
  more: { measure?: string; to?: string; office?: string } = {},
): FactBody => atNav('TILTAK', { state, measure: more.measure ?? 'ARBEIDSTRENING', ...more });

export const atNav = (
  about: 'ARBEIDSSOKER' | 'OPPFOLGING' | 'TILTAK' | 'UNGDOMSPROGRAM',
  more: { state?: string; measure?: string; to?: string; office?: string } = {},
): FactBody => ({
  kind: 'NavRegister',
  about,
  state: more.state ?? 'AKTIV',
  measure: more.measure ?? null,
  to: more.to ?? null,
  office: more.office ?? null,
});
