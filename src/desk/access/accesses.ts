import type { Permission } from '../../core/access/permission.ts';
import type { Principal } from '../../core/access/principal.ts';
import type { Role } from '../../core/access/role.ts';
import { faultOf, needsSecond } from '../../core/access/wanted.ts';
import type { Organisation, OrgId } from '../../core/organisation.ts';
import { ACCESS } from '../../core/sentences/access.ts';
import { DESK } from '../../core/sentences/desk.ts';
import { type IsoInstant, instantOf } from '../../core/time/date.ts';
import type { AccessList, AccessProposal } from '../../store/accessPort.ts';
import type { AccessAct, DeskParts } from '../parts.ts';
import { DeskRefusal } from '../refusal.ts';

// Who gives an access: operations, and for what reads persons a second person, the data protection officer.

type Parts = Pick<DeskParts, 'accessRecords' | 'now' | 'newId' | 'log'>;

/** Who acts, with the roles that the act rests on. */
export interface Actor {
  principal: Principal;
  permission: Pick<Permission, 'roles'>;
}

export interface AccessWanted extends Pick<AccessProposal, 'wanted' | 'reason' | 'to'> {
  /** Undefined: from now on. */
  from: IsoInstant | undefined;
}

export interface AccessActed {
  id: string;
  /** `waits`: until those who must agree have done so. */
  state: 'given' | 'waits' | 'turned-down' | 'revoked';
  /** Bokmål: what it means, and who acts next. */
  text: string;
}

export function accessesOf(
  { accessRecords }: Pick<Parts, 'accessRecords'>,
  { id }: Organisation,
): Promise<AccessList> {
  return accessRecords.listAccess(id);
}

/** @throws DeskRefusal INVALID_REQUEST */
export async function proposeAccess(
  parts: Parts,
  { id: org }: Organisation,
  { principal, permission }: Actor,
  { wanted, reason, from, to }: AccessWanted,
): Promise<AccessActed> {
  const proposed = instantOf(parts.now());
  const begins = from ?? proposed;
  const fault = faultOf(wanted) ?? periodFault(begins, to);
  if (fault !== null) {
    throw new DeskRefusal('INVALID_REQUEST', DESK.nb.fixBelow, {
      problems: [{ code: 'INVALID_VALUE', ...fault }],
    });
  }
  const id = parts.newId();
  // Who would have it proposes, as others do: another gives it.
  const granted = hasRole(permission, 'drift') && !isAbout({ wanted }, principal);
  await parts.accessRecords.propose({
    ...{ id, org, wanted, reason, from: begins, to, proposed },
    ...{ proposedBy: principal.name, proposedKey: principal.key },
    ...{ grantedBy: granted ? principal.name : null, grantedKey: granted ? principal.key : null },
  });
  note(parts, org, 'propose', id);
  if (!granted) return waits(id, 'Tilgangen er foreslått. Driften må gi den.');
  if (needsSecond(wanted)) return waits(id, SECOND);
  return give(parts, org, { id, grantedBy: principal.name, approvedBy: null });
}

/** Operations grant; the data protection officer approves what reads persons.
 *  @throws DeskRefusal UNKNOWN_ACCESS, ACCESS_NEEDS_ANOTHER */
export async function approveAccess(
  parts: Parts,
  { id: org }: Organisation,
  { principal, permission }: Actor,
  id: string,
): Promise<AccessActed> {
  const proposal = await proposalNamed(parts, org, id);
  const { wanted, grantedBy } = proposal;
  if (isAbout(proposal, principal)) {
    throw another(ACCESS.nb.notToOneself);
  }
  if (!needsSecond(wanted)) {
    if (!hasRole(permission, 'drift')) throw another(ACCESS.nb.byOperations);
    return give(parts, org, { id, grantedBy: principal.name, approvedBy: null });
  }
  if (grantedBy === null) {
    if (!hasRole(permission, 'drift')) throw another(ACCESS.nb.operationsFirst);
    if (!(await parts.accessRecords.grantProposal(org, id, principal))) throw unknown();
    note(parts, org, 'grant', id);
    return waits(id, SECOND);
  }
  const before = [proposal.proposedKey, proposal.grantedKey];
  if (!hasRole(permission, 'personvern') || before.includes(principal.key)) throw another(SECOND);
  note(parts, org, 'approve', id);
  return give(parts, org, { id, grantedBy, approvedBy: principal.name });
}

/** @throws DeskRefusal UNKNOWN_ACCESS */
export async function turnDownAccess(
  parts: Parts,
  { id: org }: Organisation,
  id: string,
): Promise<AccessActed> {
  if (!(await parts.accessRecords.settleProposal(org, id, null))) throw unknown();
  note(parts, org, 'turn-down', id);
  return { id, state: 'turned-down', text: 'Forslaget er avslått.' };
}

/** @throws DeskRefusal UNKNOWN_ACCESS */
export async function revokeAccess(
  parts: Parts,
  { id: org }: Organisation,
  { principal }: Pick<Actor, 'principal'>,
  { id, reason }: { id: string; reason: string },
): Promise<AccessActed> {
  const revocation = { at: instantOf(parts.now()), by: principal.name, reason };
  if (!(await parts.accessRecords.revokeAccess(org, id, revocation))) throw unknown();
  note(parts, org, 'revoke', id);
  return { id, state: 'revoked', text: 'Tilgangen er trukket tilbake, og borte innen ett minutt.' };
}

const SECOND = 'Tilgangen viser personer: personvernombudet, som en annen person, må godkjenne den.';

async function give(
  parts: Parts,
  org: OrgId,
  { id, ...by }: { id: string; grantedBy: string; approvedBy: string | null },
): Promise<AccessActed> {
  if (!(await parts.accessRecords.settleProposal(org, id, by))) throw unknown();
  note(parts, org, 'grant', id);
  return { id, state: 'given', text: 'Tilgangen er gitt.' };
}

async function proposalNamed({ accessRecords }: Parts, org: OrgId, id: string): Promise<AccessProposal> {
  const { proposals } = await accessRecords.listAccess(org);
  const found = proposals.find((each) => each.id === id);
  if (found !== undefined) return found;
  throw unknown();
}

/** Also as one of those who represent an organisation number, or of a group. */
function isAbout({ wanted }: Pick<AccessProposal, 'wanted'>, principal: Principal): boolean {
  if (principal.kind !== 'person' || wanted.kind !== 'role') return false;
  const { assignee } = wanted;
  if ('person' in assignee) return assignee.person === principal.person;
  return 'altinn' in assignee
    ? principal.orgnrs.includes(assignee.altinn)
    : principal.groups.includes(assignee.group);
}

export function hasRole({ roles }: Pick<Permission, 'roles'>, role: Role): boolean {
  return roles === null || roles.includes(role);
}

function periodFault(from: IsoInstant, to: IsoInstant | null) {
  if (to === null || to > from) return null;
  return { field: 'to', text: ACCESS.nb.endsFirst, cure: ACCESS.nb.endsFirstCure };
}

function note({ log }: Parts, org: OrgId, act: AccessAct, access: string): void {
  log({ event: 'accessActed', org, act, access });
}

function waits(id: string, text: string): AccessActed {
  return { id, state: 'waits', text };
}

function another(text: string): DeskRefusal {
  return new DeskRefusal('ACCESS_NEEDS_ANOTHER', text);
}

function unknown(): DeskRefusal {
  return new DeskRefusal('UNKNOWN_ACCESS', ACCESS.nb.gone);
}
