import { by } from '../../order.ts';
import type { Policy } from '../../policy.ts';
import { silenceIsNotNo } from '../../rules/contact.ts';
import { preventive } from '../../rules/proposal.ts';
import { added, NONE } from '../../shortList.ts';
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
  told: readonly TilmeldingCause[];
  /** Those that hold; most often all, and then the same list. */
  standing: readonly TilmeldingCause[];
  /** The one of them that gives code and date. */
  decider: TilmeldingCause | null;
  recode: FactOf<'Recode'> | null;
  statuses: Judged;
  /** Contact that may be about it, without what was about another school year. */
  contacts: readonly Contacted[];
}

export function filesOf(ledger: Ledger, policy: Policy): readonly RegistrationFile[] {
  const drafts = draftsOf(ledger, causesOf(ledger, policy));
  if (drafts.length === 0) return NONE;
  const all = contactsOf(ledger, policy);
  let files: readonly RegistrationFile[] = NONE;
  for (const draft of drafts) {
    const { schoolYear, county, told, recodes } = draft;
    const contacts = contactsAbout(schoolYear, all);
    const standing = standingOf(draft, contacts);
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
    files = added(files, {
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
  return files.length < 2 ? files : files.toSorted(BY_KEY);
}

/** Most name no school year, and then the list is the same. */
function contactsAbout(schoolYear: SchoolYear, contacts: readonly Contacted[]): readonly Contacted[] {
  for (const { about } of contacts) {
    if (about === null || about === schoolYear) continue;
    return contacts.filter((contact) => contact.about === null || contact.about === schoolYear);
  }
  return contacts;
}

export function fileOf(
  files: readonly RegistrationFile[],
  key: RegistrationKey,
): RegistrationFile | undefined {
  for (const file of files) if (sameKey(file, key)) return file;
  return undefined;
}

/** Nothing in it but another county's yes to a handover. */
function isForeign({ told, statuses, recodes }: Draft): boolean {
  if (told.length === 0 || statuses.length > 0 || recodes.length > 0) return false;
  for (const { fact } of told) if (fact.kind !== 'Handover' || fact.toCounty === fact.county) return false;
  return true;
}

/** Has an adviser reported since the fact was known? Then its question is answered. */
export function answeredSince(file: RegistrationFile, fact: Fact): boolean {
  for (const status of file.statuses.counted) if (status.firstReceived > fact.firstReceived) return true;
  return false;
}

interface Draft extends RegistrationKey {
  told: readonly TilmeldingCause[];
  statuses: readonly FactOf<'AdviserStatus'>[];
  recodes: readonly FactOf<'Recode'>[];
}

/** All is nearly always about one registration, and then its lists are those of the ledger. */
function draftsOf(ledger: Ledger, causes: readonly TilmeldingCause[]): readonly Draft[] {
  const { AdviserStatus: statuses, Recode: recodes } = ledger;
  const key = causes[0] ?? statuses[0] ?? recodes[0];
  if (key === undefined) return NONE;
  if (!areOf(key, causes) || !areOf(key, statuses) || !areOf(key, recodes)) return dealt(ledger, causes);
  const { schoolYear, county } = key;
  return [{ schoolYear, county, told: causes, statuses, recodes }];
}

function areOf(key: RegistrationKey, all: readonly RegistrationKey[]): boolean {
  for (const each of all) if (!sameKey(each, key)) return false;
  return true;
}

function dealt(ledger: Ledger, causes: readonly TilmeldingCause[]): readonly Draft[] {
  let drafts: readonly Draft[] = NONE;
  const draftOf = (key: RegistrationKey): Draft => {
    // A youth has one or two: looking through them is cheaper than a map and its keys.
    for (const draft of drafts) if (sameKey(draft, key)) return draft;
    const { schoolYear, county } = key;
    const draft: Draft = { schoolYear, county, told: NONE, statuses: NONE, recodes: NONE };
    drafts = added(drafts, draft);
    return draft;
  };
  for (const cause of causes) {
    const draft = draftOf(cause);
    draft.told = added(draft.told, cause);
  }
  for (const fact of ledger.AdviserStatus) {
    const draft = draftOf(fact);
    draft.statuses = added(draft.statuses, fact);
  }
  for (const fact of ledger.Recode) {
    const draft = draftOf(fact);
    draft.recodes = added(draft.recodes, fact);
  }
  return drafts;
}

function standingOf(draft: Draft, contacts: readonly Contacted[]): readonly TilmeldingCause[] {
  const { told } = draft;
  for (const each of told)
    if (!stands(each, draft, contacts)) return told.filter((cause) => stands(cause, draft, contacts));
  return told;
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
