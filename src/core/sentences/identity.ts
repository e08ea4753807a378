import { texts } from '../language.ts';

/** What is wrong with an identity number, and what to do about it. Never holds the number. */
export const IDENTITY = texts({
  nb: {
    notDigits: 'Nummeret består ikke av elleve sifre.',
    notDigitsCure: 'Oppgi fødselsnummer, d-nummer eller fiktivt VIGO-nummer med elleve sifre.',
    tenDigits: 'Nummeret har ti sifre, det skal ha elleve.',
    tenDigitsCure:
      'Et regneark kan ha fjernet nullen foran nummeret. Formater kolonnen som tekst, sett nullen tilbake og send på nytt.',
    npid: 'Nummeret ser ut som en NPID (Navs eget nummer), ikke et fødselsnummer eller d-nummer.',
    npidCure: 'Oppgi personens fødselsnummer eller d-nummer fra Folkeregisteret.',
    noSuchDate: 'De seks første sifrene er ikke en dato som finnes.',
    checkDigits: 'Kontrollsifrene stemmer ikke: minst ett siffer er feil.',
    checkCure: 'Kontroller nummeret mot Folkeregisteret og send på nytt.',
    synthetic: 'Nummeret er syntetisk (laget for testing) og godtas ikke i produksjon.',
    syntheticCure: 'Send testpersoner til testmiljøet.',
    real: 'Nummeret kan tilhøre en virkelig person og godtas ikke i testmiljøet.',
    realCure: 'Bruk syntetiske personer fra Tenor i test, og send virkelige personer bare til produksjon.',
  },
  nn: {
    notDigits: 'Nummeret er ikkje på elleve siffer.',
    notDigitsCure: 'Oppgi fødselsnummer, d-nummer eller fiktivt VIGO-nummer med elleve siffer.',
    tenDigits: 'Nummeret har ti siffer, det skal ha elleve.',
    tenDigitsCure:
      'Eit rekneark kan ha fjerna nullen framfor nummeret. Formater kolonnen som tekst, set nullen tilbake og send på nytt.',
    npid: 'Nummeret ser ut som ein NPID (Nav sitt eige nummer), ikkje eit fødselsnummer eller d-nummer.',
    npidCure: 'Oppgi fødselsnummeret eller d-nummeret til personen frå Folkeregisteret.',
    noSuchDate: 'Dei seks første siffera er ikkje ein dato som finst.',
    checkDigits: 'Kontrollsiffera stemmer ikkje: minst eitt siffer er feil.',
    checkCure: 'Kontroller nummeret mot Folkeregisteret og send det på nytt.',
    synthetic: 'Nummeret er syntetisk (laga for testing) og blir ikkje godteke i produksjon.',
    syntheticCure: 'Send testpersonar til testmiljøet.',
    real: 'Nummeret kan høyre til ein verkeleg person og blir ikkje godteke i testmiljøet.',
    realCure: 'Bruk syntetiske personar frå Tenor i test, og send verkelege personar berre til produksjon.',
  },
});
