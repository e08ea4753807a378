import type { AdapterContext, FeedAdapter, SourceRecord, Verdict } from '../../src/core/feedAdapter.ts';
import type { Problem } from '../../src/core/problem.ts';
import { CURE } from '../../src/core/sentences/cures.ts';
import { FIELD } from '../../src/core/sentences/fields.ts';
import { osloDate } from '../../src/core/time/oslo.ts';
import {
  CONSENT_PARTIES,
  CONSENT_STATES,
  type ConsentParty,
  type ConsentState,
  type FactBody,
} from '../../src/core/youth/statusEvent.ts';
import { eventDigest } from '../reading/contentDigest.ts';
import { DATE_KINDS } from '../reading/recordDates.ts';
import { noteOddDate, noteOddSender } from '../reading/recordDating.ts';
import * as read from '../reading/recordFields.ts';
import { eventId, eventOf, identityNumber } from '../reading/recordHead.ts';
import type { RecordFields } from '../reading/recordProblems.ts';
import { notAnObject, noteInvalid, noteMissing, sweep } from '../reading/recordProblems.ts';
import { sideFaults } from '../reading/sideFaults.ts';
import { readScope } from './scope.ts';

const KNOWN: ReadonlySet<string> = new Set([
  'id',
  'version',
  'type',
  'fodselsnummer',
  'fodselsdato',
  'meldt',
  'side',
  'part',
  'tilstand',
  'tidspunkt',
  'gyldigTil',
  'rettsgrunnlag',
  'kilde',
  'omfang',
  'antallForesatte',
]);

/** What must be right in an answer that is no consent: whose it is, and to what. It stops what a consent let through, so
 *  it holds whatever else is wrong. */
const NEEDS = ['type', 'fodselsnummer', 'side', 'part', 'tilstand'];
/** The source is irrelevant to an answer that only stops. */
const UNKNOWN_SOURCE = 'ukjent-kilde';

const SOURCE: read.TextForm = {
  accepts: (text) => /^[a-z][a-z-]{1,29}(:[a-z0-9-]{1,20})?$/.test(text) && !/\d{10}/.test(text),
  must: FIELD.nb.noSource,
  cure: CURE.nb.consentSource,
};

export const consent: FeedAdapter = {
  feed: 'consent',
  title: 'Samtykke: gitt, trukket og utløpt, per side (A: OT spør NAV, B: NAV svarer OT) og per part',
  read: readConsent,
};

type Body = Extract<FactBody, { kind: 'Consent' }>;

function readConsent(record: SourceRecord, context: AdapterContext): Verdict {
  const fields = read.openRecord(record.value);
  if (fields === undefined) return { kind: 'malformed', problems: [notAnObject()] };
  sweep(fields, KNOWN);
  // One kind of record, so the type may be left out.
  read.optionalChoice(fields, 'type', ['samtykke']);
  const fodselsnummer = identityNumber(fields, 'fodselsnummer', context);
  const scope = readScope(fields);
  const body: Body = {
    kind: 'Consent',
    side: read.choice(fields, 'side', ['A', 'B']),
    party: read.choice(fields, 'part', CONSENT_PARTIES),
    state: read.choice(fields, 'tilstand', CONSENT_STATES),
    at: read.instant(fields, 'tidspunkt'),
    validTo: read.optionalInstant(fields, 'gyldigTil'),
    legalBasis: read.choice(fields, 'rettsgrunnlag', ['SAMTYKKE', 'LOV']),
  };
  // A yes covers what it names; a no and a withdrawal are of all of it.
  if (body.state === 'SAMTYKKET' && scope.length > 0) body.scope = scope;
  const born = read.optionalDate(fields, 'fodselsdato');
  const reported = read.optionalInstant(fields, 'meldt');
  // A «no» and a withdrawal take effect whatever is wrong with their dates.
  if (body.state === 'SAMTYKKET') {
    const dates = noteOddSender(fields, { received: record.received, born, reported });
    noteOddDate(fields, 'tidspunkt', body.at.slice(0, 10), DATE_KINDS.moment, dates);
  }
  const source = read.text(fields, 'kilde', SOURCE);
  const version = read.optionalWholeNumber(fields, 'version', 1, 1_000_000) ?? 1;
  const guardians = readGuardians(fields, body.party);
  const named = read.isAbsent(fields, 'id') ? null : eventId(fields, 'id');
  if (named === null && version > 1) noteMissing(fields, 'id', CURE.nb.sameAnswerId);
  const faults = sideFaultsOf(fields.problems, body.state);
  if (faults === undefined || fodselsnummer === null) return { kind: 'malformed', problems: fields.problems };
  // A moment that cannot be read: the time of receipt. What was disclosed before then cannot be recalled anyhow.
  if (faults.some(({ field }) => field === 'tidspunkt')) body.at = record.received;
  // That there is but one opens, so what says it must be right in every field.
  if (guardians !== null && (guardians === 2 || faults.length === 0)) body.guardians = guardians;
  const isNamed = !faults.some(({ field }) => field === 'id' || field === 'version');
  const head = {
    feed: 'consent' as const,
    source: source === '' ? UNKNOWN_SOURCE : source,
    id: isNamed && named !== null ? named : derivedId(context.pseudonym(fodselsnummer), body),
    version: isNamed ? version : 1,
    reported,
    county: context.county,
  };
  return {
    kind: 'event',
    person: { fodselsnummer },
    event: eventOf(head, { effective: osloDate(body.at), body }, born),
    ...(faults.length > 0 && { faults }),
  };
}

function readGuardians(fields: RecordFields, party: ConsentParty): 1 | 2 | null {
  const number = read.optionalWholeNumber(fields, 'antallForesatte', 1, 2);
  if (number === 1 && party === 'FORESATT2') {
    noteInvalid(fields, 'antallForesatte', FIELD.nb.secondGuardian, CURE.nb.twoGuardians);
    return null;
  }
  return number === null ? null : number === 1 ? 1 : 2;
}

function sideFaultsOf(problems: readonly Problem[], state: ConsentState): Problem[] | undefined {
  // A consent opens: there every field must be right.
  return state === 'SAMTYKKET' && problems.length > 0 ? undefined : sideFaults(problems, NEEDS);
}

/**
 * The same answer sent twice is one event. The state and what a yes names are part of the id: two answers of the same moment
 * are two events, and the core must see both to refuse (a tie is no consent).
 */
function derivedId(pseudonym: string, { side, party, state, at, validTo, scope, guardians }: Body): string {
  return `samtykke:${side}:${party}:${at}:${eventDigest(pseudonym, { state, validTo, scope, guardians })}`;
}
