import type { IsoInstant } from '../time/date.ts';
import type { Rule } from './rule.ts';

/** The newest version of an event, compared with an annulment. */
interface ReportedVersion {
  version: number;
  reported: IsoInstant | null;
  received: IsoInstant;
}

type Annulment = Omit<ReportedVersion, 'version'> & {
  /** The last version it covers, where that is known. */
  upTo?: number;
};

/**
 * S04. By version where the annulment has one. Else a first version is always covered: a source only takes back what it
 * has reported, so the event is only late. A later version is covered when it was reported before the annulment: by the
 * source's own moments where both have one, or else by Kafka's. At the same moment it is not covered, so that no youth is lost.
 */
export const takesBackWhatWasTold: Rule<{ event: ReportedVersion; annulment: Annulment }, { stands: false }> =
  {
    id: 'S04',
    kind: 'decides',
    text: 'En annullering tar tilbake det avsenderen hadde meldt om hendelsen til da; meldes hendelsen på nytt etterpå med høyere versjon, gjelder den.',
    nynorsk:
      'Ei annullering tek tilbake det avsendaren hadde meldt om hendinga til då; blir hendinga meld på nytt etterpå med høgare versjon, gjeld ho.',
    source: 'Domenereferansen, S04',
    applies({ event, annulment }) {
      if (annulment.upTo !== undefined) return event.version <= annulment.upTo;
      if (event.version === 1) return true;
      const [told, takenBack] = [saidAt(event), saidAt(annulment)];
      if (told !== null && takenBack !== null && told !== takenBack) return told < takenBack;
      return event.received < annulment.received;
    },
    leadsTo: { stands: false },
  };

/** The source's own moment, unless it is later than the receipt. */
function saidAt({ reported, received }: Omit<ReportedVersion, 'version'>): IsoInstant | null {
  return reported === null || reported > received ? null : reported;
}
