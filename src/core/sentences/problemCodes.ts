import type { Written } from '../language.ts';
import type { ProblemCode } from '../problem.ts';

interface Said {
  text: string;
  cure: string;
}

const say = (text: string, cure: string): Said => ({ text, cure });

/**
 * What a problem is by its code alone. For a problem that was kept by a version of the program that said it in other words,
 * or that came without any.
 */
export const PROBLEM_CODE: Written<Readonly<Record<ProblemCode, Said>>> = {
  nb: {
    NOT_JSON: say('Raden er ikke gyldig JSON.', 'Rett skrivemåten og send raden på nytt.'),
    NOT_AVRO: say('Raden kan ikke leses som Avro.', 'Skriv raden med skjemaet den viser til.'),
    UNKNOWN_SCHEMA: say('Raden viser til et ukjent skjema.', 'Bruk et skjema som er registrert.'),
    NUL_CHARACTER: say('Et tegn kan ikke lagres (U+0000).', 'Fjern tegnet og send raden på nytt.'),
    TOO_LARGE: say('Raden er for stor.', 'Send én hendelse per rad, uten vedlegg.'),
    UNSTORABLE: say('Raden kan ikke lagres.', 'Send raden på nytt i vanlig tekst.'),
    TOO_DEEP: say('Raden har felt inni felt i for mange nivåer.', 'Send feltene rett i objektet.'),
    NOT_AN_OBJECT: say('Raden er ikke et objekt med navngitte felt.', 'Send hver hendelse som ett objekt.'),
    UNKNOWN_TYPE: say('Hendelsestypen er ikke kjent.', 'Bruk en av typene som er beskrevet for kilden.'),
    UNKNOWN_FIELD: say('Et felt er ikke kjent.', 'Fjern feltet, eller rett navnet.'),
    REPEATED_FIELD: say('Et felt står to ganger.', 'La feltet stå én gang.'),
    MISSING_FIELD: say('Et felt mangler.', 'Fyll inn feltet og send raden på nytt.'),
    WRONG_TYPE: say('Verdien er av feil slag.', 'Skriv verdien slik formatet er beskrevet.'),
    INVALID_DATE: say('Datoen er ikke gyldig.', 'Skriv datoen som ÅÅÅÅ-MM-DD.'),
    INVALID_TIME: say('Tidspunktet er ikke gyldig.', 'Skriv tidspunktet med klokkeslett og tidssone.'),
    IMPOSSIBLE_DATE: say('Datoen kan ikke stemme.', 'Kontroller årstallet og rett datoen.'),
    INVALID_VALUE: say('Verdien er ikke gyldig.', 'Rett verdien og send raden på nytt.'),
    INVALID_IDENTITY_NUMBER: say('Fødselsnummeret er ikke gyldig.', 'Kontroller nummeret og send på nytt.'),
    SYNTHETIC_IN_PRODUCTION: say('Nummeret er laget for testing.', 'Send testpersoner til testmiljøet.'),
    REAL_IN_TEST: say('Nummeret kan tilhøre en virkelig person.', 'Bruk syntetiske personer i test.'),
    UNKNOWN_CODE: say('Koden finnes ikke i kodeverket.', 'Rett koden, eller meld fra hvis den er ny.'),
    AMBIGUOUS_CODE: say('Koden kan bety flere ting.', 'Send koden slik kodeverket har den nå.'),
    CODE_NOT_VALID_ON_DATE: say('Koden gjaldt ikke på datoen.', 'Rett koden eller datoen.'),
    WRONG_COUNTY: say('Raden gjelder et annet fylke.', 'Send raden til fylket den gjelder.'),
    INCOMPLETE_LIST: say('Listen er ikke hel.', 'Send hele listen på nytt.'),
    UNKNOWN_PERSON: say('Personen er ikke kjent.', 'Kontroller nummeret og send raden på nytt.'),
    ANNULS_NOTHING: say('Annulleringen traff ingen hendelse.', 'Kontroller id-en, kilden og nummeret.'),
    TOOK_EFFECT: say('Meldingen gjelder, men noe annet i den er galt.', 'Send en rettelse.'),
    FOREIGN_INSTITUTION: say('Raden gjelder en annen skole eller virksomhet.', 'Send bare egne rader.'),
    UNREADABLE_CELL: say('En celle kan ikke leses.', 'Rett cellen i regnearket.'),
    CELL_WITHOUT_COLUMN: say('En verdi står i en kolonne uten overskrift.', 'Flytt eller slett verdien.'),
  },
  nn: {
    NOT_JSON: say('Rada er ikkje gyldig JSON.', 'Rett skrivemåten og send rada på nytt.'),
    NOT_AVRO: say('Rada kan ikkje lesast som Avro.', 'Skriv rada med skjemaet ho viser til.'),
    UNKNOWN_SCHEMA: say('Rada viser til eit ukjent skjema.', 'Bruk eit skjema som er registrert.'),
    NUL_CHARACTER: say('Eit teikn kan ikkje lagrast (U+0000).', 'Fjern teiknet og send rada på nytt.'),
    TOO_LARGE: say('Rada er for stor.', 'Send éi hending per rad, utan vedlegg.'),
    UNSTORABLE: say('Rada kan ikkje lagrast.', 'Send rada på nytt i vanleg tekst.'),
    TOO_DEEP: say('Rada har felt inni felt i for mange nivå.', 'Send felta rett i objektet.'),
    NOT_AN_OBJECT: say('Rada er ikkje eit objekt med namngjevne felt.', 'Send kvar hending som eitt objekt.'),
    UNKNOWN_TYPE: say('Hendingstypen er ikkje kjend.', 'Bruk ein av typane som er omtala for kjelda.'),
    UNKNOWN_FIELD: say('Eit felt er ikkje kjent.', 'Fjern feltet, eller rett namnet.'),
    REPEATED_FIELD: say('Eit felt står to gonger.', 'La feltet stå éin gong.'),
    MISSING_FIELD: say('Eit felt manglar.', 'Fyll inn feltet og send rada på nytt.'),
    WRONG_TYPE: say('Verdien er av feil slag.', 'Skriv verdien slik formatet er omtala.'),
    INVALID_DATE: say('Datoen er ikkje gyldig.', 'Skriv datoen som ÅÅÅÅ-MM-DD.'),
    INVALID_TIME: say('Tidspunktet er ikkje gyldig.', 'Skriv tidspunktet med klokkeslett og tidssone.'),
    IMPOSSIBLE_DATE: say('Datoen kan ikkje stemme.', 'Kontroller årstalet og rett datoen.'),
    INVALID_VALUE: say('Verdien er ikkje gyldig.', 'Rett verdien og send rada på nytt.'),
    INVALID_IDENTITY_NUMBER: say('Fødselsnummeret er ikkje gyldig.', 'Kontroller nummeret og send på nytt.'),
    SYNTHETIC_IN_PRODUCTION: say('Nummeret er laga for testing.', 'Send testpersonar til testmiljøet.'),
    REAL_IN_TEST: say('Nummeret kan høyre til ein verkeleg person.', 'Bruk syntetiske personar i test.'),
    UNKNOWN_CODE: say('Koden finst ikkje i kodeverket.', 'Rett koden, eller meld frå om han er ny.'),
    AMBIGUOUS_CODE: say('Koden kan bety fleire ting.', 'Send koden slik kodeverket har han no.'),
    CODE_NOT_VALID_ON_DATE: say('Koden gjaldt ikkje på datoen.', 'Rett koden eller datoen.'),
    WRONG_COUNTY: say('Rada gjeld eit anna fylke.', 'Send rada til fylket ho gjeld.'),
    INCOMPLETE_LIST: say('Lista er ikkje heil.', 'Send heile lista på nytt.'),
    UNKNOWN_PERSON: say('Personen er ikkje kjend.', 'Kontroller nummeret og send rada på nytt.'),
    ANNULS_NOTHING: say('Annulleringa trefte inga hending.', 'Kontroller id-en, kjelda og nummeret.'),
    TOOK_EFFECT: say('Meldinga gjeld, men noko anna i ho er gale.', 'Send ei retting.'),
    FOREIGN_INSTITUTION: say('Rada gjeld ein annan skule eller ei anna verksemd.', 'Send berre eigne rader.'),
    UNREADABLE_CELL: say('Ei celle kan ikkje lesast.', 'Rett cella i reknearket.'),
    CELL_WITHOUT_COLUMN: say('Ein verdi står i ein kolonne utan overskrift.', 'Flytt eller slett verdien.'),
  },
};
