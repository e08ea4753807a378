import type { IsoDate } from '../../date.ts';
import type { Policy } from '../../policy.ts';
import { livesElsewhere } from '../../rules/residence.ts';
import { schoolYearOf } from '../../schoolYear.ts';
import type { Tilmeldingskode, Training } from '../../statusEvent.ts';
import type { FactOf, RegistrationKey } from '../../youthEvent.ts';
import { isAccepted } from '../county/accepted.ts';
import type { End, Ledger, Opening, Start } from '../facts/ledger.ts';
import { knownLater } from '../facts/order.ts';
import { moveFrom } from '../training/training.ts';

/** What happened to the youth, before the county's policy gives it a tilmeldingskode. */
export type Happened = 'IKKE_SOKT' | 'TAKKET_NEI' | 'NO_PLACE' | 'NO_SHOW' | 'AVBRUTT' | 'FLYTTET_INN';

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
  /** It was a move, not a dropout. */
  move: Start | null;
}

export function causesOf(ledger: Ledger, policy: Policy): TilmeldingCause[] {
  const causes: TilmeldingCause[] = [];
  for (const { fact, annulledBy } of ledger.openings) {
    const happened = happenedIn(fact);
    causes.push({
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
    });
  }
  for (const end of ledger.ends) {
    const happened = end.leaving.opens;
    if (happened === null) continue;
    const { fact } = end;
    const dropout = happened === 'AVBRUTT';
    causes.push({
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
      move: dropout ? moveFrom(ledger, end, policy.sameMoveDays) : null,
    });
  }
  for (const fact of ledger.handovers) {
    if (!isAccepted(fact)) continue;
    causes.push({
      schoolYear: schoolYearOf(fact.effective),
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
    });
  }
  return causes;
}

/** The cause that decides code and date: the latest by effective date, then by receipt. */
export function deciding(causes: readonly TilmeldingCause[]): TilmeldingCause | null {
  let best: TilmeldingCause | null = null;
  for (const cause of causes) if (best === null || decidesOver(cause, best)) best = cause;
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
    case 'NoPlace':
      return 'NO_PLACE';
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
