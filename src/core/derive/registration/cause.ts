import { wishStatusOf } from '../../codelists/wishStatus.ts';
import type { Policy } from '../../policy.ts';
import { livesElsewhere } from '../../rules/residence.ts';
import { added, NONE } from '../../shortList.ts';
import type { IsoDate } from '../../time/date.ts';
import { schoolYearFor, schoolYearOf } from '../../time/schoolYear.ts';
import type { Happened } from '../../youth/happened.ts';
import type { Tilmeldingskode, Training } from '../../youth/statusEvent.ts';
import type { FactOf, RegistrationKey } from '../../youth/youthEvent.ts';
import { isAccepted, yearsCovered } from '../county/accepted.ts';
import type { End, Ledger, Opening, Start } from '../facts/ledger.ts';
import { knownLater } from '../facts/order.ts';
import { type PlaceFact, placeAgainst, type Without } from '../intake/place.ts';
import { isCertain, type Move, moveFrom } from '../training/move.ts';

/** A fact that opens a registration, unless something undoes it. */
export interface TilmeldingCause extends RegistrationKey {
  happened: Happened;
  code: Tilmeldingskode;
  fact: Opening['fact'] | End['fact'] | FactOf<'Handover'>;
  effective: IsoDate;
  /** Of a dropout. */
  training: Training | null;
  institution: string | null;
  lostRight: boolean;
  /** The source has taken it back. */
  annulledBy: FactOf<'Annulled'> | null;
  /** It was a move and no dropout, or an adviser is asked whether it was. */
  move: Move | null;
  /** The youth has a place, or an offer that is open: all wishes of the year are one question. */
  place: PlaceFact | null;
}

export function causesOf(ledger: Ledger, policy: Policy): readonly TilmeldingCause[] {
  let causes: readonly TilmeldingCause[] = NONE;
  for (const { fact, annulledBy } of ledger.openings) {
    const happened = happenedIn(fact);
    const against = sideOf(fact);
    causes = added(causes, {
      schoolYear: fact.schoolYear,
      county: fact.county,
      happened,
      code: codeOf(happened, policy),
      fact,
      effective: fact.effective,
      training: null,
      institution: null,
      lostRight: false,
      annulledBy,
      move: null,
      place: against === null ? null : placeAgainst(ledger, { ...without(fact), against }),
    });
  }
  for (const end of ledger.ends) {
    const happened = end.leaving.opens;
    if (happened === null) continue;
    const { fact } = end;
    const dropout = happened === 'AVBRUTT';
    causes = added(causes, {
      schoolYear: schoolYearOf(fact.effective),
      county: fact.county,
      happened,
      code: codeOf(happened, policy),
      fact,
      effective: fact.effective,
      training: dropout ? fact.training : null,
      institution: fact.institution,
      lostRight: fact.lostRight,
      annulledBy: end.annulledBy,
      move: dropout ? moveFrom(ledger, end, policy) : null,
      place:
        happened === 'TAKKET_NEI' ? placeAgainst(ledger, { ...without(fact), against: 'declined' }) : null,
    });
  }
  for (const fact of ledger.Handover) {
    if (!isAccepted(fact)) continue;
    for (const schoolYear of yearsCovered(fact))
      causes = added(causes, {
        schoolYear,
        county: fact.toCounty,
        happened: 'FLYTTET_INN',
        code: codeOf('FLYTTET_INN', policy),
        fact,
        effective: fact.effective,
        training: null,
        institution: null,
        lostRight: false,
        annulledBy: null,
        move: null,
        place: placeAgainst(ledger, { ...without(fact), schoolYear, against: 'moved-in' }),
      });
  }
  return causes;
}

function without(fact: TilmeldingCause['fact']): Omit<Without, 'against'> {
  const institution = 'institution' in fact ? fact.institution : null;
  return { schoolYear: schoolYearFor(fact), effective: fact.effective, institution };
}

function sideOf({ kind }: Opening['fact']): Without['against'] | null {
  switch (kind) {
    case 'NotApplied':
      return 'not-applied';
    case 'PlaceDeclined':
      return 'declined';
    case 'Wish':
      return 'wish';
    case 'NoShow':
      return null;
  }
}

/** Began before the current dropout: then it has been weighed against it already, and is no sign of training. */
export function isOutweighed(decider: TilmeldingCause | null, start: Start): boolean {
  if (decider?.happened !== 'AVBRUTT' || start.from >= decider.effective) return false;
  return !isCertain(decider.move);
}

/** The cause that decides code and date: the latest by effective date, then by receipt. A youth who has said no to a place
 *  was offered one, however many other wishes gave none. */
export function deciding(causes: readonly TilmeldingCause[]): TilmeldingCause | null {
  let best: TilmeldingCause | null = null;
  for (const cause of causes) {
    if (cause.happened === 'NO_PLACE' && causes.some(({ happened }) => happened === 'TAKKET_NEI')) continue;
    if (best === null || decidesOver(cause, best)) best = cause;
  }
  return best;
}

function decidesOver(one: TilmeldingCause, other: TilmeldingCause): boolean {
  if (one.effective !== other.effective) return one.effective > other.effective;
  return knownLater(one.fact, other.fact);
}

function happenedIn(fact: Opening['fact']): Happened {
  switch (fact.kind) {
    case 'NotApplied':
      return 'IKKE_SOKT';
    case 'PlaceDeclined':
      return 'TAKKET_NEI';
    case 'Wish':
      return wishStatusOf(fact).meaning === 'declined' ? 'TAKKET_NEI' : 'NO_PLACE';
    case 'NoShow':
      return 'NO_SHOW';
  }
}

function codeOf(happened: Happened, policy: Policy): Tilmeldingskode {
  switch (happened) {
    case 'NO_PLACE':
      return 'ANDRE_GRUNNER';
    case 'FLYTTET_INN':
      return livesElsewhere.leadsTo.movedIn;
    case 'NO_SHOW':
      return policy.noShowCode;
    case 'IKKE_SOKT':
    case 'TAKKET_NEI':
    case 'AVBRUTT':
      return happened;
  }
}
