import { ADAPTERS } from '../../adapters/index.ts';
import type { ListEnvelope } from '../../src/core/feedAdapter.ts';
import type { OutTopic } from '../../src/core/messages/messages.ts';
import {
  CATEGORY_OUT,
  type CategoryOut,
  SET_BY_OUT,
  type SetByOut,
} from '../../src/core/messages/outCodes.ts';
import { type OrgId, orgId } from '../../src/core/organisation.ts';
import type { PolicyChange } from '../../src/core/policy.ts';
import type { Feed } from '../../src/core/youth/statusEvent.ts';
import type { Registration, Youth } from '../../src/core/youth/youth.ts';
import type { Alert, OtStatus } from '../../src/core/youth/youthEvent.ts';
import { envelopeHeaders } from '../../src/desk/submission/envelopeHeaders.ts';
import { type BuiltSnapshot, buildSnapshot } from '../../src/reports/snapshot.ts';
import { agreementOf } from './agreement.ts';
import { apiInMemory } from './apiInMemory.ts';
import { createTestPipeline, type TestPipeline } from './memoryPipeline.ts';

// Where a scenario is played: the whole pipeline, in memory or on real Kafka and PostgreSQL. Records go in as the sources
// send them; what is seen is what OT systems, advisers and operators see.

export interface Stage {
  org: OrgId;
  /** Records enter the feed at a moment (UTC). What fell due before it is decided first, then the records. */
  send(at: string, feed: Feed, ...records: object[]): Promise<void>;
  /** A whole list as one document, as its source sends it, and what is concluded from it. */
  list(at: string, feed: Feed, document: object): Promise<void>;
  /** Rows with a manifest, e.g. a month of NAV answers: what is complete is concluded from. */
  rows(at: string, feed: Feed, rows: readonly object[]): Promise<void>;
  /** Rows of a list as a producer puts them on the topic, with FINT's envelope; what is complete is concluded from. */
  listed(at: string, feed: Feed, envelope: ListEnvelope, rows: readonly object[]): Promise<void>;
  /** The list of a month to NAV is made, as of the moment. @returns its id */
  extract(at: string, month: string): Promise<string>;
  /** What is complete now is concluded from. */
  conclude(): Promise<void>;
  /** Nothing is sent until the moment; what falls due is decided. */
  pass(to: string): Promise<void>;
  /** `AVBRUTT OTUK 2026-27 40`, one per registration; none when the number is unknown. */
  registrations(number: string): Promise<string[]>;
  /** The registrations themselves. */
  registered(number: string): Promise<readonly ShownRegistration[]>;
  /** Kinds of the open alerts, sorted. */
  open(number: string): Promise<string[]>;
  /** The open alert of a kind. @throws when there is none */
  alert(number: string, kind: Alert['kind']): Promise<ShownAlert>;
  /** All that was published so far; of one person when a number is given. */
  out(topic: OutTopic, number?: string): Promise<Record<string, unknown>[]>;
  /** What is published to NAV as withdrawn, once it is so many: match ids, sorted. */
  told(count: number): Promise<string[]>;
  /** All that is known of the youth of a number; undefined when the number is unknown. */
  youth(number: string): Promise<Youth | undefined>;
  /** Codes of the operational alerts so far. */
  alarms(): Promise<string[]>;
  /** Problems of the records in quarantine, sorted: `field CODE`. */
  quarantine(): Promise<string[]>;
  /** The reference of the person with the number. @throws when the number is unknown */
  ref(number: string): Promise<string>;
  /** The API; `path` after `organisations/<org>/`. */
  get(path: string): Promise<Answer>;
  /** The API at the time of the clock; what was sent is decided before it returns. */
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** The report of a reference date whose cut-off has passed, counted again; the first one is kept. */
  report(referenceDate: string): Promise<BuiltSnapshot>;
  stop(): Promise<void>;
}

/** What the API answered: a document, or a problem. */
export interface Answer {
  status: number;
  body: Record<string, unknown>;
}

export type ShownRegistration = Pick<
  Registration,
  'effective' | 'owner' | 'county' | 'schoolYear' | 'tilmeldingskode'
> & { status: Omit<OtStatus, 'setBy'> & { setBy: SetByOut } };
/** What both the state and the API show of an alert. */
export type ShownAlert = Pick<
  Alert,
  | 'id'
  | 'kind'
  | 'rule'
  | 'owner'
  | 'proposed'
  | 'minor'
  | 'timeBand'
  | 'deadlines'
  | 'effective'
  | 'feed'
  | 'lostRight'
> & { category: CategoryOut };

export interface Setting {
  county: string;
  /** Last day of the agreement with NAV; one that lasts when not given. */
  agreedTo?: string;
  policy?: PolicyChange;
  /** The time of the clock at the start. */
  from?: string;
}

export type Play = (setting: Setting) => Promise<Stage>;

/** In memory: milliseconds. */
export const inMemory: Play = async ({ county, policy, agreedTo, from = '2026-08-01T06:00:00.000Z' }) => {
  const org = orgId(`fylke${county}-no`);
  const agreements = [agreementOf(org, agreedTo === undefined ? {} : { to: agreedTo })];
  return stageOver(await createTestPipeline({ org, county, agreements, ...(policy && { policy }) }), from);
};

export function stageOver(pipeline: TestPipeline, from: string): Stage {
  const { county } = pipeline.policy;
  let now = from;
  const until = async (at: string) => {
    if (at > now) {
      await pipeline.pass(at);
      now = at;
    }
  };
  const youthOf = async (number: string) => (await pipeline.youth(number))?.youth;
  const api = apiInMemory(pipeline, () => now);
  return {
    org: pipeline.org,
    async send(at, feed, ...records) {
      await until(at);
      await pipeline.send(feed, records, { at });
      await pipeline.settle();
    },
    async list(at, feed, document) {
      await until(at);
      const unpacked = ADAPTERS.find((each) => each.feed === feed)?.unpack?.(document, at);
      if (unpacked?.kind !== 'rows') throw new Error(JSON.stringify(unpacked));
      const headers = envelopeHeaders(unpacked.envelope);
      await pipeline.send(feed, unpacked.rows, { at, headers });
      await pipeline.conclude();
    },
    async rows(at, feed, rows) {
      await until(at);
      await pipeline.send(feed, rows, { at });
      await pipeline.conclude();
    },
    async listed(at, feed, envelope, rows) {
      await until(at);
      await pipeline.send(feed, rows, { at, headers: envelopeHeaders(envelope) });
      await pipeline.conclude();
    },
    async extract(at, month) {
      await until(at);
      const { status, body } = await answerOf(await api.post('nav/extracts', { month }, {}));
      if (status !== 200) throw new Error(JSON.stringify(body));
      await pipeline.conclude();
      return String(body.id);
    },
    conclude: () => pipeline.conclude(),
    pass: until,
    registrations: async (number) => ((await youthOf(number))?.registrations ?? []).map(shown),
    registered: async (number) => ((await youthOf(number))?.registrations ?? []).map(shownRegistration),
    open: async (number) => ((await youthOf(number))?.alerts ?? []).map(({ kind }) => kind).sort(),
    alert: async (number, kind) => {
      const alert = theOne((await youthOf(number))?.alerts ?? [], kind);
      return { ...alert, category: CATEGORY_OUT[alert.category] };
    },
    out: async (topic, number) => {
      const all = pipeline.out(topic);
      if (number === undefined) return all;
      const ref = (await pipeline.youth(number))?.ref;
      return all.filter((each) => each.ref === ref);
    },
    told: async () => (await pipeline.withdrawals()).map(({ matchId }) => matchId).sort(),
    youth: youthOf,
    alarms: async () => [...pipeline.alarms],
    quarantine: () => quarantineIn(pipeline),
    async ref(number) {
      const known = await pipeline.youth(number);
      if (known === undefined) throw new Error('no youth is known by the number');
      return known.ref;
    },
    get: async (path) => answerOf(await api.get(path)),
    async post(path, body, headers = {}) {
      const answer = await answerOf(await api.post(path, body, headers));
      await pipeline.settle();
      return answer;
    },
    report: (referenceDate) =>
      buildSnapshot({
        queries: pipeline.store,
        operations: pipeline.store,
        org: pipeline.org,
        county,
        referenceDate,
        policy: pipeline.policy,
      }),
    stop: async () => undefined,
  };
}

async function quarantineIn(pipeline: TestPipeline): Promise<string[]> {
  const items = await pipeline.store.quarantine(pipeline.org, { status: 'open', limit: 1_000, after: null });
  return items.flatMap(({ problems }) => problems.map(({ field, code }) => `${field} ${code}`.trim())).sort();
}

/** The status and the document of an answer. */
export async function answerOf(response: Response): Promise<Answer> {
  return { status: response.status, body: JSON.parse(await response.text()) };
}

function shownRegistration(registration: Registration): ShownRegistration {
  const { status } = registration;
  return { ...registration, status: { ...status, setBy: SET_BY_OUT[status.setBy] } };
}

/** `AVBRUTT OTUK 2026-27 40` */
export function shown({ tilmeldingskode, status, schoolYear, county }: Registration): string {
  return `${tilmeldingskode} ${status.code} ${schoolYear} ${county}`;
}

/** @throws when there is not exactly one of the kind */
export function theOne<A extends { kind: string }>(alerts: readonly A[], kind: string): A {
  const found = alerts.filter((alert) => alert.kind === kind);
  if (found.length !== 1 || found[0] === undefined) throw new Error(`${found.length} open ${kind}`);
  return found[0];
}
