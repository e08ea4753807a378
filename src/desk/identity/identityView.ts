import { hiddenIdentity } from '../../core/rules/protection.ts';
import type { Identity, LookedUp } from './lookUp.ts';

/** Who a reference is, as it is answered: the only view with a number and a name in it. */
export interface IdentityView {
  ref: string;
  /** The number the person has now. */
  fodselsnummer: string;
  navn: string | null;
  navnMeldt: string | null;
  andreNumre: number;
}

export interface RefusedView {
  ref: string;
  rule: string | null;
  reason: string;
}

export function identityView(identity: Identity): IdentityView {
  const { ref, fodselsnummer, name, nameReported, otherNumbers } = identity;
  return {
    ref,
    fodselsnummer: fodselsnummer.reveal(),
    navn: name === null ? null : name.reveal(),
    navnMeldt: nameReported,
    andreNumre: otherNumbers,
  };
}

/** Why the protection is not known, where it is not the protection itself that refuses. */
const UNCERTAIN = {
  UNREADABLE: 'Ungdommen kan ikke leses, og da vet ingen om adressen er gradert. Driften må se på saken.',
  PARKED:
    'Meldinger om ungdommen venter, og en av dem kan si at adressen er gradert. Driften må slippe dem fram først (/parked).',
} as const;

export function refusedView({ ref, why }: LookedUp['refused'][number]): RefusedView {
  return why === 'PROTECTED'
    ? { ref, rule: hiddenIdentity.id, reason: hiddenIdentity.text }
    : { ref, rule: null, reason: UNCERTAIN[why] };
}
