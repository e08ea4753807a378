// What the machine-readable lists leave out and the documents say in words: revisions of texts, spellings that have
// been seen, and what decides between two successors. Taken from the domain reference §1.5.3–§1.5.5.

export const OT_SOURCES: Readonly<Record<string, string>> = {
  'OT-2011-01':
    'Ny GIV, statustall for OT per 01.01.2011; siste dag følger av at neste liste gjaldt fra 15.09.2011',
  'OT-2011-09': 'Nevnt av Udir («Gjeldende fra 15. september 2011»); innholdet er ikke funnet',
  'OT-2016-07':
    'Udir, Kodeverk for oppfølgingstjenesten: gjelder fra 01.07.2016, tekst oppdatert februar 2019 og april 2021',
};

/** A revision is dated by month in the source: the first of it. No code came or went in either. */
export const REVISIONS = [
  { list: 'OT-2016-07', from: '2019-02-01', source: 'Udir, «Oppdatert februar 2019»' },
  { list: 'OT-2016-07', from: '2021-04-01', source: 'Udir, «Oppdatert april 2021»' },
] as const;

export const REVISED_TEXTS = [
  {
    list: 'OT-2016-07',
    code: 'OTKO',
    from: '2021-04-01',
    text: 'Kombinasjonstiltak - fylkeskommunen(/kommunen) og NAV',
  },
] as const;

/** Keys are written as the parser spells them: trimmed, upper-case. `code` null: more than one code may be meant. */
export const ALIASES: readonly {
  list: string;
  text: string;
  code: string | null;
  viaOt: 'JA' | null;
  seen: string;
}[] = [
  ...['OT-2011-01', 'OT-2016-07'].flatMap((list) =>
    ['KODE OTUK', '(OTUK)'].map((text) => ({
      list,
      text,
      code: 'OTUK',
      viaOt: null,
      seen: 'Hordaland 2018, løpende tekst',
    })),
  ),
  ...['ELGS', 'ELVG', 'OTFA', 'OTFU'].map((stem) => ({
    list: 'OT-2016-07',
    text: stem,
    code: `${stem}_IM`,
    viaOt: null,
    seen: 'Udir, beskrivelsen av kodene',
  })),
  ...['OTAR', 'OTEV', 'OTVF', 'OTLL'].map((code) => ({
    list: 'OT-2016-07',
    text: `${code} VIA`,
    code,
    viaOt: 'JA' as const,
    seen: 'Vestfold og Telemark 2020-21, side 9',
  })),
  { list: 'OT-2016-07', text: 'ELEV', code: null, viaOt: null, seen: 'Ny GIV 2011, kode 5' },
];

/** What a person has to know to choose between the successors of a code of 2011. */
export const DECIDES: Readonly<Record<string, string>> = {
  OTOI: 'Har institusjonen hovedansvaret, er koden OTSY. Gjør OT arbeidet, er den OTOV.',
  OTHL: 'Er det kontakt med ungdommen, er koden OTOV. Ellers er den OTUK.',
  OTOA: 'Deltar NAV, eller er det midler fra NAV i tiltaket, er koden OTKO.',
  OTAP: 'Betaler eller samarbeider fylkeskommunen om tiltaket, er koden OTKO.',
  OTAR: 'Var ungdommen i arbeid da OT tok kontakt, er koden OTAR_IM. Ingen ble spurt om det i 2011.',
  OTBA: '«Har barn» ble «har omsorg for barn», og graviditet kom med.',
  OTFA: 'Ungdom som er flyttet til et annet fylke, er ikke lenger i målgruppen.',
  OTFU: 'Følger OT opp ungdommen i utlandet, er koden OTOV.',
  OTVE: 'Ble ungdommen elev etter kontakt med OT, er koden OTEV.',
  OTVA: 'Ble ungdommen elev etter kontakt med OT, er koden OTEV.',
  OTVU: 'Ble ungdommen elev etter kontakt med OT, er koden OTEV.',
  OTVF: 'Ble ungdommen elev etter kontakt med OT, er koden OTVF.',
  OTLE: 'Kom ungdommen i lære etter kontakt med OT, er koden OTLL.',
  OTLA: 'Kom ungdommen i lære etter kontakt med OT, er koden OTLL.',
  OTLK: 'Kom ungdommen i lære etter kontakt med OT, er koden OTLL.',
  ELEV: 'Går eleven i grunnskolen, er koden ELGS_IM.',
};

/** B06 (Udir, registreringshåndboka, 31.05.2010, 05.05.2022 and 02.05.2023), shortened. */
export const B06_TEXTS: Readonly<Record<string, string>> = {
  AF: 'Annen frafallsårsak eller ikke oppgitt',
  AP: 'Byttet programområde på samme skole',
  AR: 'Fått arbeid',
  AS: 'Begynt på annen skole',
  FL: 'Flyttet',
  FR: 'Stort fravær',
  FV: 'Feilvalg',
  IM: 'Ikke møtt ved skolestart',
  LA: 'Sluttet for å begynne i lære',
  LV: 'Lang reisevei',
  MI: 'Militærtjeneste',
  OP: 'Manglende oppholdstillatelse',
  PM: 'Permisjon',
  PS: 'Personlige årsaker eller sykdom',
  SL: 'Skolelei eller manglende motivasjon',
  SV: 'Svangerskap eller fødsel',
  TN: 'Takket nei til tilbud',
  UH: 'Utenlandsopphold',
  UK: 'Utvekslingselev, kalenderår',
  US: 'Utvekslingselev, skoleår',
  UV: 'Utvekslingselev',
  VA: 'Fagvansker',
};
