import type { OrganisationNumber } from '../core/access/principal.ts';
import type { Agreement, WarningDays } from '../core/nav/agreement.ts';
import type { OrgId } from '../core/organisation.ts';
import type { PersonRef } from '../core/person/reference.ts';
import type { IsoDate, IsoInstant } from '../core/time/date.ts';
import type { LoadedYouth } from './port.ts';

/** An agreement with who let it take effect. */
export interface RegisteredAgreement extends Agreement {
  /** The second person; null where one was enough. */
  approvedBy: string | null;
}

/** What an agreement is about, and for how long. */
export type AgreementTerms = Pick<
  Agreement,
  'party' | 'purpose' | 'legalBasis' | 'from' | 'to' | 'reference'
>;

/** An agreement that waits for a second person. */
export interface AgreementProposal {
  id: string;
  org: OrgId;
  wanted: AgreementTerms;
  reason: string;
  proposedBy: string;
  proposedKey: string;
  /** Proposed by the data protection officer. */
  byOfficer: boolean;
  proposed: IsoInstant;
}

/** A month's list of youths that NAV is asked about, as it was begun. */
export interface NavBatch {
  org: OrgId;
  /** `B-2026-11`. */
  id: string;
  agreement: string;
  /** NAV's organisation number in the agreement. */
  recipient: OrganisationNumber;
  /** The extract moment. */
  extracted: IsoInstant;
  requestedBy: string;
}

export interface NavBatchState extends NavBatch {
  /** Null while it is being made: then NAV does not see it. */
  finished: {
    at: IsoInstant;
    rows: number;
    /** SHA-256 of the list as JSON Lines. */
    hash: Buffer;
    /** Of the list as a table; null: it was made before there was one. */
    csvHash: Buffer | null;
  } | null;
  legalBasis: string;
  /** Rows that NAV has been given. */
  fetched: number;
  withdrawn: number;
  answered: number;
}

/** What the judgement of one youth comes to. `later`: not now, and perhaps at another time. */
export type NavJudgement = { may: true; consentVersion: string } | { may: false; later: boolean };

export interface NavRow {
  matchId: string;
  ref: PersonRef;
  consentVersion: string;
}

export interface NavJudgedRow extends NavRow {
  /** Given to NAV now. */
  given: boolean;
  /** Since when it may no longer be asked about; null: it may. */
  withdrawn: IsoInstant | null;
}

/** That NAV was given a row about a youth: that the youth is with OT, and on what it rests. */
export interface NavDisclosure {
  /** Rising in the order in which they were noted. */
  seq: number;
  batch: string;
  matchId: string;
  /** The reference that the youth has now. */
  ref: PersonRef;
  decision: string;
  how: 'extract' | 'fetch';
  recipient: OrganisationNumber;
  legalBasis: string;
  consentVersion: string;
  at: IsoInstant;
}

/** Which disclosures; null: of all. */
export interface NavDisclosuresAsked {
  /** The reference that the youth has now. */
  ref: PersonRef | null;
  batch: string | null;
  /** Those before this one alone. */
  before: number | null;
  limit: number;
}

/** A delivery of answers as it was held or used. */
export interface NavDeliveryState {
  run: string;
  /** Null: it is held until an agreement holds. */
  used: IsoInstant | null;
  /** The delivery that said just the same before. */
  sameAs: string | null;
}

/** A delivery with answers about persons NAV was not asked about. Stays when the delivery is put aside. */
export interface NavIncident {
  run: string;
  /** How many such persons. */
  strangers: number;
  at: IsoInstant;
}

/** A row of a list that NAV may no longer use: all that NAV is notified of. */
export interface NavWithdrawal {
  batch: string;
  matchId: string;
  at: IsoInstant;
}

/** What a row comes to when it is judged again. `next`: when time alone may change that; null: not before the next day. */
export type RowStanding = { left: true } | { left: false; next: IsoInstant | null };

/** How rows are judged again, at most so many at a time. */
export interface Sweep {
  limit: number;
  at: IsoInstant;
  /** @param extracted the extract moment of the row's list */
  judge(youth: LoadedYouth, extracted: IsoInstant): RowStanding;
}

/** A message about an answer that waits for an agreement. */
export interface HeldMessage {
  /** The message's own. */
  id: string;
  ref: PersonRef;
  sealed: Buffer;
  held: IsoInstant;
}

/** Agreements and lists of the exchange with NAV. Two implementations, one contract suite. */
export interface NavRecords {
  /** All of the organisation, the revoked ones too, by their first day. */
  agreements(org: OrgId): Promise<RegisteredAgreement[]>;
  /** Idempotent by id: registered again, it stays as it was. */
  registerAgreement(
    agreement: Omit<Agreement, 'revoked'> & Partial<Pick<RegisteredAgreement, 'approvedBy'>>,
  ): Promise<void>;
  /** False when it is unknown here, or revoked before. */
  revokeAgreement(org: OrgId, id: string, revocation: NonNullable<Agreement['revoked']>): Promise<boolean>;
  /** False when the warning has been raised before. */
  noteAgreementWarning(agreement: string, days: WarningDays): Promise<boolean>;
  proposeAgreement(proposal: AgreementProposal): Promise<void>;
  /** Those that are open, oldest first. */
  agreementProposals(org: OrgId): Promise<AgreementProposal[]>;
  /** Turns a proposal into the agreement it asks for, under its id, or drops it (`approvedBy: null`). False when it is not
   *  open. */
  settleAgreementProposal(org: OrgId, id: string, approvedBy: string | null): Promise<boolean>;

  /** False when the month's list is there, finished or not. */
  openBatch(batch: NavBatch): Promise<boolean>;
  unfinishedBatches(org: OrgId): Promise<NavBatch[]>;
  /**
   * Judges the next youths by reference, at most `limit`, each under a lock on its row, and adds those that may be asked about.
   * One transaction with how far it has come: killed and begun again, none is added twice and none is left out.
   * @returns how many were judged, 0 when all have been; null when the list is none that is being made, or another process has it
   */
  extractPage(
    org: OrgId,
    batch: string,
    limit: number,
    judge: (youth: LoadedYouth) => (NavRow & { decision: string }) | null,
  ): Promise<number | null>;
  /** Rows by match id, from after a given one. */
  batchRows(org: OrgId, batch: string, after: string, limit: number): Promise<NavRow[]>;
  /** From now on NAV sees it. Each row is a disclosure. @param finished `leaveOut`: rows that are no part of it */
  finishBatch(
    org: OrgId,
    batch: string,
    finished: { at: IsoInstant; hash: Buffer; csvHash: Buffer; leaveOut: readonly string[] },
  ): Promise<void>;
  /** A list that is not finished is taken away, with its rows. */
  abandonBatch(org: OrgId, batch: string): Promise<void>;
  /** Newest month first. */
  navBatches(org: OrgId): Promise<NavBatchState[]>;
  /**
   * Judges a page of rows again, each under a lock on its youth, so that no withdrawal is committed between the
   * judgement and the disclosure. A row that may no longer be asked about is withdrawn and stays so.
   * @param asked `recipient`: each row that is given is a disclosure to it; null: nothing is given
   */
  judgePage(
    org: OrgId,
    batch: string,
    asked: {
      after: string;
      limit: number;
      at: IsoInstant;
      recipient: OrganisationNumber | null;
      judge: (youth: LoadedYouth | undefined) => NavJudgement;
    },
  ): Promise<NavJudgedRow[]>;
  /**
   * Judges the rows of youths written since the last turn, of all finished lists, each under a lock on its youth, and
   * withdraws those that have left. One transaction with how far it has come: killed and begun again, none is withdrawn
   * twice and none is left out.
   * @param limit records of one lane in a turn @returns false when there was nothing new
   */
  sweepWritten(org: OrgId, sweep: Sweep): Promise<boolean>;
  /** The same of the rows that time alone may have withdrawn by now. @returns how many were judged */
  sweepDue(org: OrgId, sweep: Sweep): Promise<number>;
  /** Finished lists that have not been judged for the day, oldest first. */
  unsweptBatches(org: OrgId, day: IsoDate): Promise<string[]>;
  /** Judges the next rows by match id that NAV may still use, and withdraws those that have left.
   *  @returns the last one; null when there is none */
  sweepRows(org: OrgId, batch: string, sweep: Sweep & { after: string }): Promise<string | null>;
  noteSwept(org: OrgId, batch: string, day: IsoDate): Promise<void>;
  /**
   * Hands over withdrawals that have not been published, oldest first, and notes them when `publish` has ended. One process at
   * a time has them; killed in between, they are handed over again.
   * @returns how many
   */
  publishWithdrawals(
    org: OrgId,
    limit: number,
    publish: (withdrawals: readonly NavWithdrawal[]) => Promise<void>,
  ): Promise<number>;
  /** Of the references those that NAV was asked about in the list, also under one merged into theirs, each with the extract
   *  moment. */
  askedAbout(org: OrgId, batch: string, refs: readonly PersonRef[]): Promise<Map<PersonRef, IsoInstant>>;
  /** Rows that have not been withdrawn or answered, without those about these. */
  unanswered(org: OrgId, batch: string, without: readonly PersonRef[]): Promise<number>;
  noteAnswers(org: OrgId, batch: string, refs: readonly PersonRef[], at: IsoInstant): Promise<void>;
  /** A delivery of answers waits for an agreement. False when that has been noted before. */
  holdDelivery(org: OrgId, run: string): Promise<boolean>;
  /** Notes what a delivery says. @returns the delivery that the one before it repeats or is, when that
   *  says just the same: an answer that is changed back is none */
  noteDelivery(
    org: OrgId,
    delivery: { run: string; batch: string; hash: Buffer; at: IsoInstant },
  ): Promise<string | null>;
  /** Deliveries that have been held or used, oldest first. */
  navDeliveries(org: OrgId): Promise<NavDeliveryState[]>;
  /** A delivery has answers about persons NAV was not asked about; noted again, the first moment stays. */
  noteIncident(org: OrgId, incident: NavIncident): Promise<void>;
  /** Oldest first. */
  navIncidents(org: OrgId): Promise<NavIncident[]>;
  /** A message waits for an agreement; idempotent by id. */
  holdMessage(org: OrgId, message: HeldMessage): Promise<void>;
  /** In the order in which they were held. */
  heldMessages(org: OrgId): Promise<HeldMessage[]>;
  forgetHeld(org: OrgId, id: string): Promise<void>;
  /** What has been disclosed to NAV, newest first. */
  navDisclosures(org: OrgId, asked: NavDisclosuresAsked): Promise<NavDisclosure[]>;
}
