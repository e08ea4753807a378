import { statusIn } from '../../codelists/otStatus.ts';
import type { Choice } from '../../rules/choice.ts';
import {
  alreadyInActivity,
  cameThroughOt,
  contactDecides,
  mayBeKnown,
  silenceIsNotNo,
  statusNeedsContact,
} from '../../rules/contact.ts';
import { judge, type Objected, type Verdict } from '../../rules/judgement.ts';
import { preventive } from '../../rules/proposal.ts';
import { added, NONE } from '../../shortList.ts';
import { firstDayOf, type SchoolYear, schoolYearOf } from '../../time/schoolYear.ts';
import type { FactOf, OtStatus } from '../../youth/youthEvent.ts';
import type { Ledger } from '../facts/ledger.ts';
import { latest } from '../facts/order.ts';
import type { TilmeldingCause } from '../registration/cause.ts';
import { type Contacted, contactCountsFrom } from './contact.ts';
import { isBorneOut } from './outside.ts';

type AdviserStatus = FactOf<'AdviserStatus'>;

/** A status that does not count, and why. */
export interface Rejected extends Objected {
  fact: AdviserStatus;
}

/** What advisers have reported about one registration, judged. */
export interface Judged {
  counted: readonly AdviserStatus[];
  /** The one that holds. */
  current: AdviserStatus | null;
  /** Preventive ones from before the tilmelding: history (S03). */
  before: readonly AdviserStatus[];
  /** Without contact (R02, R03): they count once contact is reported. */
  unfounded: readonly Rejected[];
  /** What the rules forbid. */
  refused: readonly Rejected[];
}

interface Given {
  ledger: Ledger;
  schoolYear: SchoolYear;
  facts: readonly AdviserStatus[];
  standing: readonly TilmeldingCause[];
  decider: TilmeldingCause | null;
  contacts: readonly Contacted[];
}

export function judgeStatuses(given: Given): Judged {
  const judged: Judged = { counted: NONE, current: null, before: NONE, unfounded: NONE, refused: NONE };
  for (const fact of given.facts) {
    // What another source confirms needs no contact.
    const contacted = contactedBy(given, fact) || (mayBeKnown(fact.code) && isBorneOut(given.ledger, fact));
    const verdict = judgeStatus(fact, contacted);
    if (verdict.kind === 'REFUSED') {
      const { rule, proposed } = verdict;
      const rejected: Rejected = { fact, rule, proposed };
      if (waitsForContact(fact, contacted)) judged.unfounded = added(judged.unfounded, rejected);
      else judged.refused = added(judged.refused, rejected);
    } else if (isBeforeTilmelding(fact, given.decider)) judged.before = added(judged.before, fact);
    else judged.counted = added(judged.counted, fact);
  }
  judged.current = latest(judged.counted);
  return judged;
}

/** From this list on the rules of §1.6 are written; codes of older ones meant other things. */
const RULED_FROM = 'OT-2016-07';

export function judgeStatus(fact: AdviserStatus, contacted: boolean, known?: readonly string[]): Verdict {
  const { viaOt, override } = fact;
  const ruled = fact.list >= RULED_FROM;
  const code = standingCode(fact)?.code ?? fact.code;
  // In an older list only the rules of any list apply: contact, and that silence is no answer.
  const grounds = ruled ? fact.grounds : fact.grounds.filter((keyword) => keyword === 'IKKE_SVART');
  const choice: Choice = { code, viaOt, grounds, contacted: contacted || (!ruled && mayBeKnown(code)) };
  return judge(choice, override, ruled ? known : undefined);
}

function waitsForContact({ code, grounds }: AdviserStatus, contacted: boolean): boolean {
  return (
    statusNeedsContact.applies({ code, contacted, grounds }) && !silenceIsNotNo.applies({ code, grounds })
  );
}

/** The entry of the code that «no» to viaOT leads to; undefined when the answer changes nothing, as in the list of
 *  2011, which has no such codes. */
function standingCode({ list, viaOt, code }: AdviserStatus): ReturnType<typeof statusIn> {
  if (!alreadyInActivity.applies({ viaOt })) return undefined;
  const other = alreadyInActivity.leadsTo.instead.get(code);
  return other === undefined ? undefined : statusIn(list, other);
}

/** The status as it holds: with its group in its own list, and with the code that «no» to viaOT leads to. */
export function statusOf(fact: AdviserStatus): OtStatus {
  const { list, viaOt, effective } = fact;
  const moved = standingCode(fact);
  const entry = moved ?? statusIn(list, fact.code);
  if (entry === undefined || entry.targetGroup === null)
    throw new Error('a status code that no adapter may let through');
  const through = cameThroughOt.applies({ viaOt });
  const rule = moved !== undefined ? alreadyInActivity.id : through ? cameThroughOt.id : contactDecides.id;
  const { setBy } = contactDecides.leadsTo;
  return {
    code: entry.code,
    list,
    group: entry.group,
    targetGroup: entry.targetGroup,
    viaOt,
    effective,
    setBy,
    rule,
  };
}

/** Contact about this registration, on or before the status. */
export function contactedBy(
  file: Pick<Given, 'schoolYear' | 'standing' | 'contacts'>,
  fact: { effective: string },
): boolean {
  const { standing, contacts } = file;
  if (contacts.length === 0) return false;
  let from = contactCountsFrom(file);
  // Registered ahead by the adviser alone (R43, W18): the contact is of the year it was reported in.
  if (standing.length === 0 && fact.effective < from) from = firstDayOf(schoolYearOf(fact.effective));
  for (const { on, about } of contacts)
    if ((about !== null || on >= from) && on <= fact.effective) return true;
  return false;
}

/** About a pupil, before the tilmelding or before OT knew of it: it does not concern the tilmelding. */
function isBeforeTilmelding(fact: AdviserStatus, decider: TilmeldingCause | null): boolean {
  if (decider === null || !preventive.leadsTo.codes.includes(fact.code)) return false;
  return fact.effective < decider.effective || fact.firstReceived < decider.fact.firstReceived;
}
