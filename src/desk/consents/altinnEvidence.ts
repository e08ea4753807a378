import { createHash } from 'node:crypto';
import { type AltinnConsent, sidesOpened } from '../../core/consent/altinn.ts';
import type { Fodselsnummer } from '../../core/person/fodselsnummer.ts';
import type { Policy } from '../../core/policy.ts';
import type { ConsentParty } from '../../core/youth/statusEvent.ts';
import { DeskRefusal } from '../refusal.ts';
import type { Submission } from '../submission/submit.ts';

/** A consent token that was believed, and what its sender says it is evidence of. */
export interface AltinnEvidence {
  consent: AltinnConsent & { from: Fodselsnummer };
  youth: Fodselsnummer;
  party: ConsentParty;
  /** The guardian who has given it; null when the youth has. */
  guardian: Fodselsnummer | null;
  /** How many have parental responsibility, which Altinn does not know; null: the sender does not say. */
  guardians: 1 | 2 | null;
}

/**
 * The records of feed `consent` that the evidence leads to: one for each side. The same consent sent again gives the
 * same records, and a consent counts for one party alone: its id names the record.
 * @throws DeskRefusal EVIDENCE_REFUSED
 */
export function recordsOf(evidence: AltinnEvidence, policy: Pick<Policy, 'altinnConsents'>): Submission {
  const { consent, youth, party } = evidence;
  const guardian = giverOf(evidence);
  const sides = sidesOpened(consent, policy.altinnConsents, guardian === null ? null : youth.reveal());
  if (sides.length === 0)
    throw refused(
      guardian === null
        ? 'Samtykket gjelder ikke noe fylkeskommunen har sagt fra om: verken ressursen, mottakeren eller metadata er en av dem i altinnConsents.'
        : 'Samtykket gjelder ikke noe fylkeskommunen har sagt fra om, eller sier ikke hvilken ungdom det gjelder i metadata (ungdom).',
      'Kontroller hva det ble bedt om i Altinn, og be om et nytt samtykke.',
    );
  const rows = sides.map(({ side, scope }) =>
    Buffer.from(
      JSON.stringify({
        id: `altinn:${consent.id}:${side}`,
        fodselsnummer: youth.reveal(),
        side,
        part: party,
        tilstand: 'SAMTYKKET',
        tidspunkt: consent.consented,
        gyldigTil: consent.validTo,
        rettsgrunnlag: 'SAMTYKKE',
        kilde: 'altinn',
        ...(evidence.guardians !== null && { antallForesatte: evidence.guardians }),
        ...(scope.length > 0 && { omfang: scope }),
      }),
    ),
  );
  const digest = createHash('sha256').update(Buffer.concat(rows)).digest();
  return { rows, envelope: null, digest };
}

/** Who must have given it: null for the youth. */
function giverOf({ consent, youth, party, guardian }: AltinnEvidence): Fodselsnummer | null {
  if (party === 'UNGDOM') {
    if (guardian !== null)
      throw refused(
        'Ungdommens eget samtykke er ikke gitt av en foresatt.',
        'Send uten avgittAv, eller med part FORESATT.',
      );
    if (!consent.from.equals(youth))
      throw refused(
        'Samtykket er gitt av en annen enn ungdommen.',
        'Er det gitt av en foresatt, send part FORESATT og avgittAv.',
      );
    return null;
  }
  if (guardian === null)
    throw refused('Det står ikke hvilken foresatt som har samtykket.', 'Send fødselsnummeret i avgittAv.');
  if (guardian.equals(youth))
    throw refused('En ungdom er ikke sin egen foresatt.', 'Send part UNGDOM for ungdommens eget samtykke.');
  if (!consent.from.equals(guardian))
    throw refused(
      'Samtykket er gitt av en annen enn den som står i avgittAv.',
      'Kontroller hvem som har samtykket, og send på nytt.',
    );
  return guardian;
}

function refused(what: string, cure: string): DeskRefusal {
  return new DeskRefusal('EVIDENCE_REFUSED', `${what} ${cure}`);
}
