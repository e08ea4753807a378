import type { OrganisationNumber } from '../../core/access/principal.ts';
import { type Agreement, isInForce, type Purpose } from '../../core/nav/agreement.ts';
import type { Organisation } from '../../core/organisation.ts';
import { type IsoDate, type IsoInstant, instantOf } from '../../core/time/date.ts';
import type { NavRecords } from '../../store/navPort.ts';
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

/** With whether each holds now. */
export async function agreementsOf(
  parts: Pick<NavParts, 'nav' | 'operations' | 'now'>,
  { id: org }: Organisation,
): Promise<(Agreement & { inForce: boolean })[]> {
  const at = await navNow(parts, org);
  return (await parts.nav.agreements(org)).map((each) => ({ ...each, inForce: isInForce(each, at) }));
}

/** @throws DeskRefusal INVALID_REQUEST */
export async function registerAgreement(
  parts: Pick<NavParts, 'nav' | 'newId' | 'log'>,
  { id: org }: Organisation,
  by: string,
  wanted: AgreementWanted,
): Promise<string> {
  if (wanted.to < wanted.from)
    throw new DeskRefusal('INVALID_REQUEST', 'Avtalen slutter før den begynner. Sett to etter from.');
  const id = parts.newId();
  await parts.nav.registerAgreement({ id, org, ...wanted, registeredBy: by });
  note(parts, org, 'register', id);
  return id;
}

/** @throws DeskRefusal UNKNOWN_AGREEMENT */
export async function revokeAgreement(
  parts: Pick<NavParts, 'nav' | 'operations' | 'now' | 'log'>,
  { id: org }: Organisation,
  by: string,
  { id, reason }: { id: string; reason: string },
): Promise<void> {
  const revocation = { at: await navNow(parts, org), by, reason };
  if (!(await parts.nav.revokeAgreement(org, id, revocation)))
    throw new DeskRefusal(
      'UNKNOWN_AGREEMENT',
      'Avtalen finnes ikke her, eller er alt trukket tilbake. Hent listen på nytt.',
    );
  note(parts, org, 'revoke', id);
}

/** By the organisation's own clock. */
export async function navNow(
  { operations, now }: Pick<NavParts, 'operations' | 'now'>,
  org: Organisation['id'],
): Promise<IsoInstant> {
  return (await operations.virtualNow(org)) ?? instantOf(now());
}

function note(
  { log }: Pick<NavParts, 'log'>,
  org: Organisation['id'],
  act: AccessAct,
  agreement: string,
): void {
  log({ event: 'agreementActed', org, act, access: agreement });
}
