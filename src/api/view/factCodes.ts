import type { Fact } from '../../core/youth/youthEvent.ts';

/**
 * What may be told of a fact besides who said it and when: codes, years and institutions, kind by kind.
 * Left out on purpose: the source's own ids (nobody can promise that they hold no person), free text, and
 * NAV's answer, which is disclosed only where both consents are weighed.
 */
export function factCodes(fact: Fact): Record<string, string> {
  switch (fact.kind) {
    case 'NotApplied':
    case 'Applied':
      return { skolear: fact.schoolYear };
    case 'PlaceDeclined':
      return {
        skolear: fact.schoolYear,
        ...(fact.code === null ? {} : { kode: fact.code }),
        ...institution(fact.institution),
      };
    case 'Wish':
      return { skolear: fact.schoolYear, kode: fact.code, ...institution(fact.institution) };
    case 'NoShow':
      return { skolear: fact.schoolYear, ...institution(fact.institution) };
    case 'Left':
      return {
        opplaering: fact.training,
        ...institution(fact.institution),
        sluttaarsak: fact.reason,
        kodeliste: fact.list,
      };
    case 'Started':
      return { opplaering: fact.training, ...institution(fact.institution) };
    case 'AtRisk':
      return { ...institution(fact.institution), ...(fact.meeting === null ? {} : { mote: fact.meeting }) };
    case 'ContactAttempt':
      return {
        besvart: fact.answered ? 'JA' : 'NEI',
        ...(fact.answeredBy === undefined ? {} : { besvartAv: fact.answeredBy }),
        ...aboutYear(fact.schoolYear),
        ...(fact.letter === undefined ? {} : { brev: fact.letter }),
      };
    case 'Contact':
      return { via: fact.via, ...aboutYear(fact.schoolYear) };
    case 'AdviserStatus':
      return { skolear: fact.schoolYear, kode: fact.code, kodeliste: fact.list, viaOT: fact.viaOt };
    case 'Recode':
      return { skolear: fact.schoolYear, tilmeldingskode: fact.tilmeldingskode };
    case 'RegisterSeen':
      return { kode: fact.code, kodeliste: fact.list };
    case 'ContractSeen':
      return {
        ...institution(fact.institution),
        fra: fact.from,
        ...(fact.to === null ? {} : { til: fact.to }),
      };
    case 'Absent':
    case 'Present':
      return { liste: fact.list };
    case 'NavMatch':
      return { maaned: fact.month };
    case 'Consent':
      return {
        side: fact.side,
        part: fact.party,
        samtykke: fact.state,
        rettsgrunnlag: fact.legalBasis,
      };
    case 'Residence':
      return { kommune: fact.municipality };
    case 'PupilSeen':
      return {
        ...institution(fact.institution),
        fra: fact.from,
        ...(fact.to === null ? {} : { til: fact.to }),
      };
    case 'WithoutPlans':
      return {
        skolear: fact.schoolYear,
        ...institution(fact.institution),
        ...(fact.meeting === null ? {} : { mote: fact.meeting }),
      };
    case 'Referral':
      return { fra: fact.by };
    case 'Measure':
      return {
        ansvarlig: fact.provider,
        innhold: fact.content,
        ...(fact.to === null ? {} : { til: fact.to }),
      };
    case 'Handover':
      return { fylke: fact.toCounty, svar: fact.answer };
    case 'Renumbered':
    case 'Annulled':
    case 'Emigrated':
    case 'Protection':
      return {};
  }
}

function aboutYear(schoolYear: string | undefined): Record<string, string> {
  return schoolYear === undefined ? {} : { skolear: schoolYear };
}

function institution(number: string | null): Record<string, string> {
  return number === null ? {} : { virksomhet: number };
}
