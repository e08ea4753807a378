/** What happened to the youth, before the county's policy gives it a tilmeldingskode. */
export type Happened = 'IKKE_SOKT' | 'TAKKET_NEI' | 'NO_PLACE' | 'NO_SHOW' | 'AVBRUTT' | 'FLYTTET_INN';
