import { by } from '../../order.ts';
import type { Policy } from '../../policy.ts';
import { silenceIsNotNo } from '../../rules/contact.ts';
import { preventive } from '../../rules/proposal.ts';
import type { SchoolYear } from '../../time/schoolYear.ts';
import { sameKey } from '../../youth/youth.ts';
import type { Fact, FactOf, RegistrationKey } from '../../youth/youthEvent.ts';
import { type Judged, judgeStatuses } from '../adviser/adviserStatus.ts';
import { type Contacted, contactsOf } from '../adviser/contact.ts';
import type { Ledger } from '../facts/ledger.ts';
import { latest } from '../facts/order.ts';
import { isAsked } from '../training/move.ts';
import { causesOf, deciding, type TilmeldingCause } from './cause.ts';

/** All that concerns one registration key: (school year, county) of one youth (R43). */
export interface RegistrationFile extends RegistrationKey {
  /** Another county's, after a handover: that county alerts its own people, we only know of it. */
  foreign: boolean;
  /** Every reported cause that could open it, lapsed or not. */
  told: TilmeldingCause[];
  /** Those that hold. */
  standing: TilmeldingCause[];
  /** The one of them that gives code and date. */
  decider: TilmeldingCause | null;
  recode: FactOf<'Recode'> | null;
  statuses: Judged;
  /** Contact that may be about it, without what was about another school year. */
  contacts: readonly Contacted[];
}

export function filesOf(ledger: Ledger, policy: Policy): RegistrationFile[] {
  const drafts: Draft[] = [];
  for (const cause of causesOf(ledger, policy)) draftOf(drafts, cause).told.push(cause);
  for (const fact of ledger.AdviserStatus) draftOf(drafts, fact).statuses.push(fact);
  for (const fact of ledger.Recode) draftOf(drafts, fact).recodes.push(fact);
  if (drafts.length === 0) return [];
  const all = contactsOf(ledger, policy);
  const files: RegistrationFile[] = [];
  for (const draft of drafts) {
    const { schoolYear, county, told, recodes } = draft;
    const contacts = contactsAbout(schoolYear, all);
    const standing = told.filter((cause) => stands(cause, draft, contacts));
    const decider = deciding(standing);
    const statuses = judgeStatuses({
      ledger,
      schoolYear,
      facts: draft.statuses,
      standing,
      decider,
      contacts,
    });
    const foreign = isForeign(draft);
    files.push({
      foreign,
      schoolYear,
      county,
      told,
      standing,
      decider,
      recode: latest(recodes),
      statuses,
      contacts,
    });
  }
  return files.length < 2 ? files : files.sort(BY_KEY);
}

/** Most name no school year, and then the list is the same. */
function contactsAbout(schoolYear: SchoolYear, contacts: readonly Contacted[]): readonly Contacted[] {
  const isElsewhere = ({ about }: Contacted) => about !== null && about !== schoolYear;
  return contacts.some(isElsewhere) ? contacts.filter((contact) => !isElsewhere(contact)) : contacts;
}

export function fileOf(
  files: readonly RegistrationFile[],
  key: RegistrationKey,
): RegistrationFile | undefined {
  return files.find((file) => sameKey(file, key));
}

/** Nothing in it but another county's yes to a handover. */
function isForeign({ told, statuses, recodes }: Draft): boolean {
  if (told.length === 0 || statuses.length > 0 || recodes.length > 0) return false;
  return told.every(({ fact }) => fact.kind === 'Handover' && fact.toCounty !== fact.county);
}

/** Has an adviser reported since the fact was known? Then its question is answered. */
export function answeredSince(file: RegistrationFile, fact: Fact): boolean {
  return file.statuses.counted.some((status) => status.firstReceived > fact.firstReceived);
}

interface Draft extends RegistrationKey {
  told: TilmeldingCause[];
  statuses: FactOf<'AdviserStatus'>[];
  recodes: FactOf<'Recode'>[];
}

/** A youth has one or two: looking through them is cheaper than a map and its keys. */
function draftOf(drafts: Draft[], { schoolYear, county }: RegistrationKey): Draft {
  for (const draft of drafts) if (draft.schoolYear === schoolYear && draft.county === county) return draft;
  const draft: Draft = { schoolYear, county, told: [], statuses: [], recodes: [] };
  drafts.push(draft);
  return draft;
}

const BY_KEY = by(({ schoolYear, county }: RegistrationKey) => `${schoolYear} ${county}`);

/** A cause lapses when it is taken back, was a move, or is contradicted by a place or an offer, unless OT had acted on it
 *  by then (S04). Where only an older start speaks against it, it holds as soon as an adviser has reported on the youth
 *  since (M06). */
function stands(cause: TilmeldingCause, draft: Draft, contacts: readonly Contacted[]): boolean {
  const { annulledBy, move, place } = cause;
  if (annulledBy !== null && !actedOn(cause, annulledBy, draft, contacts)) return false;
  if (place !== null && !actedOn(cause, place, draft, contacts)) return false;
  if (move === null || actedOn(cause, move.start.fact, draft, contacts)) return true;
  return isAsked(move) && isAnswered(cause, draft);
}

function actedOn(cause: TilmeldingCause, until: Fact, draft: Draft, contacts: readonly Contacted[]): boolean {
  const { effective, fact } = cause;
  const from = effective < fact.firstReceivedOn ? effective : fact.firstReceivedOn;
  const within = (on: string, received: string) =>
    on >= from &&
    (on < until.firstReceivedOn || (on === until.firstReceivedOn && received < until.firstReceived));
  return (
    contacts.some((contact) => within(contact.on, contact.firstReceived)) ||
    draft.recodes.some((recode) => within(recode.effective, recode.firstReceived)) ||
    draft.statuses.some((status) => within(status.effective, status.firstReceived) && takesOn(status))
  );
}

function isAnswered({ effective }: TilmeldingCause, { recodes, statuses }: Draft): boolean {
  return (
    recodes.some((recode) => recode.effective >= effective) ||
    statuses.some((status) => status.effective >= effective && takesOn(status))
  );
}

/** Neither silence nor preventive work means that OT has the youth. */
function takesOn(status: FactOf<'AdviserStatus'>): boolean {
  return !silenceIsNotNo.applies(status) && !preventive.leadsTo.codes.includes(status.code);
}
