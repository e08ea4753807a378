import type { OrganisationNumber } from '../../core/access/principal.ts';
import { isInForce, type Purpose } from '../../core/nav/agreement.ts';
import type { Organisation } from '../../core/organisation.ts';
import { ACCESS } from '../../core/sentences/access.ts';
import { DESK } from '../../core/sentences/desk.ts';
import { NAV } from '../../core/sentences/nav.ts';
import { type IsoDate, type IsoInstant, instantOf } from '../../core/time/date.ts';
import { osloDate } from '../../core/time/oslo.ts';
import type { AgreementProposal, NavRecords, RegisteredAgreement } from '../../store/navPort.ts';
import { type Actor, hasRole } from '../access/accesses.ts';
import type { AccessAct, DeskParts } from '../parts.ts';
import { DeskRefusal } from '../refusal.ts';

export interface NavParts
  extends Pick<
    DeskParts,
    'operations' | 'queries' | 'now' | 'newId' | 'log' | 'vault' | 'environment' | 'policyOf'
  > {
  nav: NavRecords;
}

export interface AgreementWanted {
  party: OrganisationNumber;
  purpose: Purpose;
  legalBasis: string;
  from: IsoDate;
  to: IsoDate;
  reference: string;
  reason: string;
}

export interface AgreementActed {
  id: string;
  /** `waits`: until a second person has approved it. */
  state: 'registered' | 'waits' | 'turned-down' | 'revoked';
  /** Bokmål: what it means, and who acts next. */
  text: string;
}

type ActParts = Pick<NavParts, 'nav' | 'operations' | 'now' | 'newId' | 'log'>;

/** With whether each holds now. */
export async function agreementsOf(
  parts: Pick<NavParts, 'nav' | 'operations' | 'now'>,
  { id: org }: Organisation,
): Promise<(RegisteredAgreement & { inForce: boolean })[]> {
  const at = await navNow(parts, org);
  return (await parts.nav.agreements(org)).map((each) => ({ ...each, inForce: isInForce(each, at) }));
}

/** Those that wait for a second person; the keys of persons are not shown. */
export async function proposalsOf(
  { nav }: Pick<NavParts, 'nav'>,
  { id: org }: Organisation,
): Promise<Omit<AgreementProposal, 'proposedKey'>[]> {
  const open = await nav.agreementProposals(org);
  return open.map(({ proposedKey: _key, ...each }) => each);
}

/**
 * By an agreement persons are disclosed: as an access that shows persons, it takes effect by two persons, of whom one is the
 * data protection officer. In an open installation there is one caller, and no second.
 * @throws DeskRefusal INVALID_REQUEST
 */
export async function registerAgreement(
  parts: ActParts,
  { id: org }: Organisation,
  { principal, permission }: Actor,
  { reason, ...wanted }: AgreementWanted,
): Promise<AgreementActed> {
  const at = await navNow(parts, org);
  const fault = periodFault(wanted, osloDate(at));
  if (fault !== null)
    throw new DeskRefusal('INVALID_REQUEST', DESK.nb.fixBelow, {
      problems: [{ code: 'INVALID_VALUE', ...fault }],
    });
  const id = parts.newId();
  if (principal.kind === 'local') {
    await parts.nav.registerAgreement({ id, org, ...wanted, reason, registeredBy: principal.name });
    note(parts, org, 'register', id);
    return { id, state: 'registered', text: NAV.nb.registered };
  }
  const byOfficer = hasRole(permission, 'personvern');
  await parts.nav.proposeAgreement({
    ...{ id, org, wanted, reason, byOfficer, proposed: at },
    ...{ proposedBy: principal.name, proposedKey: principal.key },
  });
  note(parts, org, 'propose', id);
  return { id, state: 'waits', text: byOfficer ? ANOTHER : OFFICER };
}

/** @throws DeskRefusal UNKNOWN_AGREEMENT, AGREEMENT_NEEDS_ANOTHER */
export async function approveAgreement(
  parts: ActParts,
  { id: org }: Organisation,
  { principal, permission }: Actor,
  id: string,
): Promise<AgreementActed> {
  const proposal = (await parts.nav.agreementProposals(org)).find((each) => each.id === id);
  if (proposal === undefined) throw unknown();
  const { byOfficer, proposedKey } = proposal;
  if (proposedKey === principal.key) throw needsAnother(byOfficer ? ANOTHER : OFFICER);
  if (!byOfficer && !hasRole(permission, 'personvern')) throw needsAnother(OFFICER);
  if (!(await parts.nav.settleAgreementProposal(org, id, principal.name))) throw unknown();
  note(parts, org, 'approve', id);
  return { id, state: 'registered', text: NAV.nb.approved };
}

/** @throws DeskRefusal UNKNOWN_AGREEMENT */
export async function turnDownAgreement(
  parts: ActParts,
  { id: org }: Organisation,
  id: string,
): Promise<AgreementActed> {
  if (!(await parts.nav.settleAgreementProposal(org, id, null))) throw unknown();
  note(parts, org, 'turn-down', id);
  return { id, state: 'turned-down', text: NAV.nb.turnedDown };
}

/** One person is enough to stop. @throws DeskRefusal UNKNOWN_AGREEMENT */
export async function revokeAgreement(
  parts: Omit<ActParts, 'newId'>,
  { id: org }: Organisation,
  by: string,
  { id, reason }: { id: string; reason: string },
): Promise<AgreementActed> {
  const revocation = { at: await navNow(parts, org), by, reason };
  if (!(await parts.nav.revokeAgreement(org, id, revocation))) throw unknown();
  note(parts, org, 'revoke', id);
  return { id, state: 'revoked', text: NAV.nb.revoked };
}

const OFFICER = NAV.nb.officer;
const ANOTHER = NAV.nb.another;

function periodFault({ from, to }: Pick<AgreementWanted, 'from' | 'to'>, today: IsoDate) {
  if (to < from) return { field: 'to', text: ACCESS.nb.agreementEndsFirst, cure: ACCESS.nb.endsFirstCure };
  if (to < today)
    return {
      field: 'to',
      text: ACCESS.nb.agreementOver,
      cure: ACCESS.nb.agreementOverCure,
    };
  return null;
}

/** By the organisation's own clock. */
export async function navNow(
  { operations, now }: Pick<NavParts, 'operations' | 'now'>,
  org: Organisation['id'],
): Promise<IsoInstant> {
  return (await operations.virtualNow(org)) ?? instantOf(now());
}

function unknown(): DeskRefusal {
  return new DeskRefusal('UNKNOWN_AGREEMENT', ACCESS.nb.agreementGone);
}

function needsAnother(text: string): DeskRefusal {
  return new DeskRefusal('AGREEMENT_NEEDS_ANOTHER', text);
}

function note(
  { log }: Pick<NavParts, 'log'>,
  org: Organisation['id'],
  act: AccessAct,
  agreement: string,
): void {
  log({ event: 'agreementActed', org, act, access: agreement });
}
