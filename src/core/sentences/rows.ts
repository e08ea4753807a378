import { texts } from '../language.ts';

/** What is wrong with a whole row, or with the list it came in, each followed by what to do about it. */
export const ROW = texts({
  nb: {
    notObject: 'Raden er ikke et objekt med navngitte felt.',
    notObjectCure: 'Send hver hendelse som ett objekt, for eksempel {"type": "…", "fodselsnummer": "…"}.',
    tookEffect: 'Meldingen er godtatt og gjelder, men noe annet i den er galt.',
    tookEffectCure:
      'Rett det som står under hos avsenderen, og send rettelsen med samme id og høyere versjon.',
    fieldTwice: 'Et felt står to ganger i raden.',
    moreUnknown: 'Raden har enda flere ukjente felt.',
    unnamedField: 'Raden har et felt med et ukjent navn.',
    nul: 'Raden har et tegn som ikke kan lagres (U+0000).',

    notUtf8: 'Raden er ikke tekst i UTF-8.',
    notUtf8Cure: 'Lagre og send raden som UTF-8.',
    cutShort: 'Raden er ikke gyldig JSON: den slutter for tidlig.',
    cutShortCure: 'Send hele raden på nytt.',
    jsonFault: (line: string, column: string) =>
      `Raden er ikke gyldig JSON: feilen står i linje ${line}, tegn ${column}.`,
    jsonFaultCure: 'Rett skrivemåten der og send raden på nytt.',
    tooDeep: (levels: string) => `Raden har felt inni felt i mer enn ${levels} nivåer.`,
    tooDeepCure: 'Send raden slik formatet er beskrevet, med feltene rett i objektet.',
    notAvro: 'Raden er merket som Avro, men kan ikke leses med skjemaet den viser til.',
    notAvroCure: 'Skriv raden med skjemaet som er registrert under id-en foran i meldingen.',
    unknownSchema: 'Raden viser til et Avro-skjema som ikke er registrert.',
    unknownSchemaCure: 'Bruk et skjema fra skjemaregisteret til broen, med id-en det har der.',
    idInHeader:
      'Skjema-id-en står i meldingshodet «__value_schema_id», og innrammingen foran i meldingen mangler.',
    idInHeaderCure:
      'Sett value.schema.id.serializer til io.confluent.kafka.serializers.schema.id.PrefixSchemaIdSerializer (i .NET: SchemaIdStrategy = Prefix), så id-en kommer foran Avro-innholdet.',
    tooLarge: (most: string) => `Raden er større enn ${most} KiB.`,
    tooLargeBy: (most: string, size: string) => `Raden er større enn ${most} KiB: den er på ${size} KiB.`,
    tooLargeCure: 'Send én hendelse per rad, uten vedlegg.',
    unstorable: 'Databasen kan ikke lagre raden.',
    unstorableOf: (size: string) => `Databasen kan ikke lagre raden: den er på ${size} KiB.`,
    unstorableCure:
      'Send raden på nytt i vanlig tekst, uten vedlegg og lange felt. Meld fra til driften hvis den ser riktig ut.',

    vigoFault: 'VIGO svarte med en feilmelding i stedet for en komplett liste.',
    vigoCure: 'Hent listen fra VIGO på nytt. Ingen regnes som borte på grunn av dette svaret.',
    withoutList: 'Raden hører til en liste, men er sendt uten listen.',
    withoutListCure:
      'Send hele listen slik VIGO svarer, eller sett konvolutten (sync-type, sync-correlation-id, sync-list) på hver rad.',
    otherSchool: 'Raden gjelder en annen skole enn listen den er sendt i.',
    otherSchoolCure: 'Send én liste for hver skole.',
    brokenListCure: 'Send hele listen på nytt. Ingen regnes som borte på grunn av denne.',
    otherCounty: 'Raden gjelder et annet fylke enn det den er sendt til.',
    otherCountyCure: 'Send raden til fylket den gjelder.',
    foreign: 'Raden gjelder en annen skole eller virksomhet enn den du har tilgang til å sende for.',
    foreignCure: 'Send bare rader om din egen, eller be fylkeskommunen om tilgang til den andre.',
    annulsNothing: 'Annulleringen traff ingen hendelse som er meldt om denne personen fra denne kilden.',
    annulsNothingCure:
      'Kontroller id-en, kilden og fødselsnummeret, og send annulleringen på nytt. Kommer hendelsen senere, tas den tilbake da.',
    toldAgain: 'Hendelsen er meldt på nytt etter annulleringen, og gjelder.',
    toldAgainCure: 'Skal også den siste versjonen tas tilbake, send en annullering med en ny id.',
  },
  nn: {
    notObject: 'Rada er ikkje eit objekt med namngjevne felt.',
    notObjectCure: 'Send kvar hending som eitt objekt, til dømes {"type": "…", "fodselsnummer": "…"}.',
    tookEffect: 'Meldinga er godteken og gjeld, men noko anna i ho er gale.',
    tookEffectCure: 'Rett det som står under hos avsendaren, og send rettinga med same id og høgare versjon.',
    fieldTwice: 'Eit felt står to gonger i rada.',
    moreUnknown: 'Rada har endå fleire ukjende felt.',
    unnamedField: 'Rada har eit felt med eit ukjent namn.',
    nul: 'Rada har eit teikn som ikkje kan lagrast (U+0000).',

    notUtf8: 'Rada er ikkje tekst i UTF-8.',
    notUtf8Cure: 'Lagre og send rada som UTF-8.',
    cutShort: 'Rada er ikkje gyldig JSON: ho sluttar for tidleg.',
    cutShortCure: 'Send heile rada på nytt.',
    jsonFault: (line, column) => `Rada er ikkje gyldig JSON: feilen står i linje ${line}, teikn ${column}.`,
    jsonFaultCure: 'Rett skrivemåten der og send rada på nytt.',
    tooDeep: (levels) => `Rada har felt inni felt i meir enn ${levels} nivå.`,
    tooDeepCure: 'Send rada slik formatet er omtala, med felta rett i objektet.',
    notAvro: 'Rada er merkt som Avro, men kan ikkje lesast med skjemaet ho viser til.',
    notAvroCure: 'Skriv rada med skjemaet som er registrert under id-en framfor meldinga.',
    unknownSchema: 'Rada viser til eit Avro-skjema som ikkje er registrert.',
    unknownSchemaCure: 'Bruk eit skjema frå skjemaregisteret til brua, med id-en det har der.',
    idInHeader:
      'Skjema-id-en står i meldingshovudet «__value_schema_id», og innramminga framfor meldinga manglar.',
    idInHeaderCure:
      'Set value.schema.id.serializer til io.confluent.kafka.serializers.schema.id.PrefixSchemaIdSerializer (i .NET: SchemaIdStrategy = Prefix), så id-en kjem framfor Avro-innhaldet.',
    tooLarge: (most) => `Rada er større enn ${most} KiB.`,
    tooLargeBy: (most, size) => `Rada er større enn ${most} KiB: ho er på ${size} KiB.`,
    tooLargeCure: 'Send éi hending per rad, utan vedlegg.',
    unstorable: 'Databasen kan ikkje lagre rada.',
    unstorableOf: (size) => `Databasen kan ikkje lagre rada: ho er på ${size} KiB.`,
    unstorableCure:
      'Send rada på nytt i vanleg tekst, utan vedlegg og lange felt. Meld frå til drifta om ho ser rett ut.',

    vigoFault: 'VIGO svara med ei feilmelding i staden for ei komplett liste.',
    vigoCure: 'Hent lista frå VIGO på nytt. Ingen blir rekna som borte på grunn av dette svaret.',
    withoutList: 'Rada høyrer til ei liste, men er send utan lista.',
    withoutListCure:
      'Send heile lista slik VIGO svarar, eller set konvolutten (sync-type, sync-correlation-id, sync-list) på kvar rad.',
    otherSchool: 'Rada gjeld ein annan skule enn lista ho er send i.',
    otherSchoolCure: 'Send éi liste for kvar skule.',
    brokenListCure: 'Send heile lista på nytt. Ingen blir rekna som borte på grunn av denne.',
    otherCounty: 'Rada gjeld eit anna fylke enn det ho er send til.',
    otherCountyCure: 'Send rada til fylket ho gjeld.',
    foreign: 'Rada gjeld ein annan skule eller ei anna verksemd enn den du har tilgang til å sende for.',
    foreignCure: 'Send berre rader om di eiga, eller be fylkeskommunen om tilgang til den andre.',
    annulsNothing: 'Annulleringa trefte inga hending som er meld om denne personen frå denne kjelda.',
    annulsNothingCure:
      'Kontroller id-en, kjelda og fødselsnummeret, og send annulleringa på nytt. Kjem hendinga seinare, blir ho teken tilbake då.',
    toldAgain: 'Hendinga er meld på nytt etter annulleringa, og gjeld.',
    toldAgainCure: 'Skal den siste versjonen òg takast tilbake, send ei annullering med ein ny id.',
  },
});
