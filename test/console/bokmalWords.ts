/** Bokmål's words that nynorsk writes otherwise. */
export const BOKMAL_WORDS = new RegExp(
  `(?<![\\p{L}-])(${[
    ...['ikke', 'hva', 'hvem', 'hvor', 'hvordan', 'hvorfor', 'hvilke', 'hvis', 'jeg', 'noen', 'noe', 'fra'],
    ...['listen', 'filen', 'siden', 'raden', 'cellen', 'meldingen', 'hendelsen', 'skolen', 'målgruppen'],
    ...['mangler', 'finnes', 'gjelder', 'kommer', 'skoleår', 'skolenummer', 'uten', 'bare', 'sammen'],
    ...['være', 'gjøre', 'ennå', 'fortsatt', 'et', 'en', 'hver', 'annen', 'navn', 'begynner', 'også'],
    ...['disse', 'selv', 'skole', 'skoler', 'rådgiver', 'uke', 'uken', 'måned', 'dager', 'meldinger'],
    ...['ungdommer', 'ungdommene', 'enhet', 'ble', 'opplysninger'],
  ].join('|')})(?!\\p{L})`,
  'iu',
);
