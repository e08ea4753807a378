import { contactDecides, statusNeedsContact } from '../rules/contact.ts';
import { placeComesFirst } from '../rules/intake.ts';
import { onePerson } from '../rules/person.ts';
import type { RuleId } from '../rules/ruleId.ts';
import { leavingIsNotDropout, listDecidesNothing } from '../rules/tilmelding.ts';
import type { Fact, FactOf } from './youthEvent.ts';

// What the program has to know of each kind of fact besides its type: how it is stored, which of its codes are shown, and
// which rule it undoes something by. A new kind is a type in statusEvent.ts and a row here.

export type FactKind = Fact['kind'];

/** What facts of the kind have besides what all facts have. */
type OwnField<K extends FactKind> = Exclude<keyof FactOf<K>, keyof Fact>;

/** The name under which a field's value is shown; null: it is never shown. Only codes and yes or no can be shown. */
type ShownAs<Value> = [NonNullable<Value>] extends [string | boolean] ? string | null : null;

/** Which rule takes away what a fact of the kind has undone. */
interface Undoing {
  /** Of a registration. */
  readonly annuls: RuleId;
  /** Of an alert; null: the rule that raised it. */
  readonly withdraws: RuleId | null;
}

interface KindOf<K extends FactKind> extends Undoing {
  /** The kind's number in stored facts: never changed, and never used again for another. */
  readonly stored: number;
  /**
   * Its own fields. Never reorder or remove, only append: stored facts hold the values in this order.
   * Shown are codes, years and institutions. Left out on purpose: the source's own ids (no guarantee that they hold no
   * person), free text, and what NAV says, which is disclosed only where both consents are weighed.
   */
  readonly fields: { readonly [F in OwnField<K>]-?: ShownAs<FactOf<K>[F]> };
  /** From this place on its fields are absent, and never null, when the source does not say. */
  readonly optionalFrom?: number;
}

const NOTHING: Undoing = { annuls: listDecidesNothing.id, withdraws: null };
const LISTED: Undoing = { annuls: listDecidesNothing.id, withdraws: listDecidesNothing.id };
const TRAINED: Undoing = { annuls: leavingIsNotDropout.id, withdraws: leavingIsNotDropout.id };
const REACHED: Undoing = { annuls: listDecidesNothing.id, withdraws: statusNeedsContact.id };
const DECIDED: Undoing = { annuls: listDecidesNothing.id, withdraws: contactDecides.id };

export const FACT_KINDS: { readonly [K in FactKind]: KindOf<K> } = {
  NotApplied: { stored: 0, fields: { schoolYear: 'skolear' }, ...NOTHING },
  PlaceDeclined: {
    stored: 1,
    fields: { schoolYear: 'skolear', code: 'kode', institution: 'virksomhet' },
    ...NOTHING,
  },
  NoShow: { stored: 3, fields: { schoolYear: 'skolear', institution: 'virksomhet' }, ...NOTHING },
  Applied: { stored: 4, fields: { schoolYear: 'skolear' }, ...NOTHING },
  Left: {
    stored: 5,
    fields: {
      training: 'opplaering',
      institution: 'virksomhet',
      reason: 'sluttaarsak',
      list: 'kodeliste',
      lostRight: null,
    },
    ...TRAINED,
  },
  Started: {
    stored: 6,
    fields: { training: 'opplaering', institution: 'virksomhet', hovedskole: null },
    ...TRAINED,
  },
  AtRisk: { stored: 7, fields: { institution: 'virksomhet', meeting: 'mote' }, ...NOTHING },
  Annulled: { stored: 8, fields: { annuls: null, upTo: null }, optionalFrom: 1, ...LISTED },
  ContactAttempt: {
    stored: 9,
    fields: {
      channel: null,
      answered: 'besvart',
      answeredBy: 'besvartAv',
      reason: null,
      schoolYear: 'skolear',
      letter: 'brev',
    },
    optionalFrom: 2,
    ...REACHED,
  },
  Contact: {
    stored: 10,
    fields: { via: 'via', reason: null, schoolYear: 'skolear' },
    optionalFrom: 2,
    ...REACHED,
  },
  AdviserStatus: {
    stored: 11,
    fields: {
      schoolYear: 'skolear',
      code: 'kode',
      list: 'kodeliste',
      viaOt: 'viaOT',
      grounds: null,
      unit: null,
      override: null,
    },
    ...DECIDED,
  },
  Recode: { stored: 12, fields: { schoolYear: 'skolear', tilmeldingskode: 'tilmeldingskode' }, ...DECIDED },
  RegisterSeen: { stored: 13, fields: { code: 'kode', list: 'kodeliste', unit: null }, ...LISTED },
  ContractSeen: { stored: 14, fields: { institution: 'virksomhet', from: 'fra', to: 'til' }, ...TRAINED },
  Absent: { stored: 15, fields: { list: 'liste', run: null }, ...LISTED },
  NavMatch: { stored: 16, fields: { batch: null, month: 'maaned', answer: null, office: null }, ...NOTHING },
  NavAsked: { stored: 29, fields: { batch: null, month: 'maaned' }, ...NOTHING },
  Consent: {
    stored: 17,
    fields: {
      side: 'side',
      party: 'part',
      state: 'samtykke',
      at: null,
      validTo: null,
      legalBasis: 'rettsgrunnlag',
      scope: null,
      guardians: null,
    },
    optionalFrom: 6,
    ...NOTHING,
  },
  Residence: { stored: 18, fields: { municipality: 'kommune' }, ...NOTHING },
  Emigrated: { stored: 19, fields: {}, ...NOTHING },
  Protection: { stored: 20, fields: { grade: null }, ...NOTHING },
  PupilSeen: { stored: 21, fields: { institution: 'virksomhet', from: 'fra', to: 'til' }, ...NOTHING },
  WithoutPlans: {
    stored: 22,
    fields: { schoolYear: 'skolear', institution: 'virksomhet', meeting: 'mote' },
    ...NOTHING,
  },
  Referral: { stored: 23, fields: { by: 'fra' }, ...NOTHING },
  Measure: { stored: 24, fields: { provider: 'ansvarlig', content: 'innhold', to: 'til' }, ...NOTHING },
  Handover: { stored: 25, fields: { toCounty: 'fylke', answer: 'svar', unit: null }, ...NOTHING },
  Renumbered: {
    stored: 26,
    fields: { numberRefs: null },
    annuls: onePerson.id,
    withdraws: onePerson.id,
  },
  Present: { stored: 27, fields: { list: 'liste', run: null }, ...LISTED },
  Wish: {
    stored: 28,
    fields: { schoolYear: 'skolear', code: 'kode', institution: 'virksomhet' },
    annuls: placeComesFirst.id,
    withdraws: null,
  },
  NavRegister: {
    stored: 32,
    fields: { about: null, state: null, measure: null, to: null, office: null },
    ...NOTHING,
  },
};
