import type { AgreementTerm } from '../../src/core/nav/agreement.ts';
import type { Person } from './persons.ts';

// Records of NAV's registers as the county's consumer sends them on, with all that is to be dropped.

export const AGREEMENT: AgreementTerm = { from: '2026-01-01', to: '2028-12-31', revoked: null };
export const AGREED = '2026-10-05T08:00:00.000Z';

/** NAV's adviser, and what is about health: none of it may be anywhere. */
export const DROPPED = ['Z998877', 'Kartlegge hvordan helsen', 'SYKMELDT_UTEN_ARBEIDSGIVER', 'Sykmeldt uten'];

/** NAV's id of the person's n-th thing: nothing of the number is in it. */
export function uuid({ fodselsdato }: Person, n: number): string {
  return `${fodselsdato.replaceAll('-', '')}-abcd-4abc-8abc-00000000000${n}`;
}

export function participation(who: Person, more: object = {}): object {
  return {
    id: uuid(who, 1),
    gjennomforingId: '1487f7fe-156c-41d7-8d90-bf108dd1b4d2',
    personIdent: who.fodselsnummer,
    startDato: '2026-11-02',
    sluttDato: '2027-02-26',
    status: {
      type: 'DELTAR',
      tekst: 'Deltar',
      aarsak: { type: 'SYK', beskrivelse: 'Syk' },
      opprettetTidspunkt: '2026-11-02T00:05:12.254204',
    },
    registrertTidspunkt: '2026-10-20T16:13:39',
    endretTidspunkt: '2026-11-02T00:05:12.254204',
    kilde: 'KOMET',
    innhold: {
      ledetekst: 'Kartlegge hvordan helsen din påvirker muligheten din til å jobbe',
      valgtInnhold: [],
    },
    deltakelsesmengder: [],
    navVeileder: { navIdent: 'Z998877', enhetsnummer: '1201' },
    tiltakskode: 'ARBEIDSTRENING',
    ...more,
  };
}

export function followUp(who: Person, more: object = {}): object {
  return {
    oppfolgingsperiodeUuid: uuid(who, 2),
    sisteEndringsType: 'OPPFOLGING_STARTET',
    aktorId: '2000000000000',
    ident: who.fodselsnummer,
    kontor: { kontorId: '1201', kontorNavn: 'Nav Bergen nord' },
    startTidspunkt: '2026-10-12T09:30:00.000+02:00',
    sluttTidspunkt: null,
    producerTimestamp: '2026-10-12T09:30:01.123+02:00',
    startAarsak: 'SYKMELDT_UTEN_ARBEIDSGIVER_4_UKER',
    ...more,
  };
}

export function jobSeeker(who: Person, more: object = {}): object {
  return {
    id: uuid(who, 3),
    identitetsnummer: who.fodselsnummer,
    startet: {
      tidspunkt: Date.parse('2026-10-12T07:30:00Z'),
      utfoertAv: { type: 'VEILEDER', id: 'Z998877', sikkerhetsnivaa: null },
      kilde: 'veilederflate',
      aarsak: 'Sykmeldt uten arbeidsgiver',
      tidspunktFraKilde: null,
    },
    avsluttet: null,
    ...more,
  };
}

export function programme(who: Person, more: object = {}): object {
  return {
    id: uuid(who, 4),
    deltakerIdent: who.fodselsnummer,
    fraOgMed: '2026-11-02',
    tilOgMed: null,
    endretTidspunkt: '2026-10-28T10:15:00.5',
    ...more,
  };
}
