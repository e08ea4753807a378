/** Reports that are counted on request: address in the API, name on the command line, what it shows. */
export const SHEETS = [
  { name: 'stock', navn: 'tilmeldte', tells: 'tabell 1 og 2 slik Udir får dem' },
  {
    name: 'reconciliation',
    navn: 'avstemming',
    tells: 'VIGO-visning mot Udir-visning, med grunn for hver som ikke er med',
  },
  { name: 'flow', navn: 'flyt', tells: 'hvem som har en kode nå, og hvem som har hatt den i skoleåret' },
  { name: 'kostra', navn: 'kostra', tells: 'tilmeldte slik KOSTRA teller, etter alder' },
  {
    name: 'series',
    navn: 'tidsserie',
    tells: 'ukjent aktivitet (OTUK) og hver hovedgruppe, måned for måned eller uke for uke',
  },
  {
    name: 'unknown-age',
    navn: 'otuk-alder',
    tells: 'ukjent aktivitet (OTUK) etter hvor lenge saken har vart',
  },
  { name: 'school-lag', navn: 'meldetid', tells: 'dager fra avbrudd til varsel, skole for skole' },
  { name: 'contact-time', navn: 'kontakttid', tells: 'dager fra tilmelding til kontakt' },
  { name: 'late-arrivals', navn: 'etterslep', tells: 'det som kom etter at rapporten ble kjørt' },
  { name: 'overrides', navn: 'overstyringer', tells: 'valg som rådgivere har fastholdt mot en regel' },
  { name: 'checks', navn: 'kontroll', tells: 'det som bør ses over før rapporten kjøres' },
  { name: 'national', navn: 'samlet', tells: 'fylkene samlet, hver ungdom én gang' },
] as const;

export type SheetName = (typeof SHEETS)[number]['name'];

export const SHEET_NAMES: readonly SheetName[] = SHEETS.map(({ name }) => name);
