import { texts } from '../../core/language.ts';

export const FIND = texts({
  nb: {
    title: 'Finn',
    about: 'den du har et nummer, en kvittering eller en referanse for',
    what: 'Nummer, kvittering eller referanse',
    hint: 'Fødselsnummer, id-en til en kvittering eller et varsel, eller referansen til en ungdom.',
    purpose: 'Hva skal du bruke det til?',
    purposeHint: 'Må velges når du søker på fødselsnummer. Søket står i loggen.',
    choose: 'Velg',
    search: 'Søk',
    noNumbers: 'Rollen din kan ikke søke på fødselsnummer.',
    nothingTyped: 'Skriv et fødselsnummer, en id eller en referanse.',
    unknownForm: 'Dette er verken et nummer, en id eller en referanse. Sjekk at alt kom med.',
    purposeMissing: 'Velg hva du skal bruke det til.',
    notFound: 'Ingenting her svarer til det du skrev, eller rollen din kan ikke se det.',
    numberNotFound:
      'Ingen du kan slå opp, har dette nummeret. Har ungdommen gradert adresse, må du bruke referansen.',
  },
  nn: {
    title: 'Finn',
    about: 'den du har eit nummer, ei kvittering eller ein referanse for',
    what: 'Nummer, kvittering eller referanse',
    hint: 'Fødselsnummer, id-en til ei kvittering eller eit varsel, eller referansen til ein ungdom.',
    purpose: 'Kva skal du bruke det til?',
    purposeHint: 'Må veljast når du søkjer på fødselsnummer. Søket står i loggen.',
    choose: 'Vel',
    search: 'Søk',
    noNumbers: 'Rolla di kan ikkje søkje på fødselsnummer.',
    nothingTyped: 'Skriv eit fødselsnummer, ein id eller ein referanse.',
    unknownForm: 'Dette er korkje eit nummer, ein id eller ein referanse. Sjekk at alt kom med.',
    purposeMissing: 'Vel kva du skal bruke det til.',
    notFound: 'Ingenting her svarer til det du skreiv, eller rolla di kan ikkje sjå det.',
    numberNotFound:
      'Ingen du kan slå opp, har dette nummeret. Har ungdommen gradert adresse, må du bruke referansen.',
  },
});
