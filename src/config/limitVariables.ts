import { entry, port, wholeNumber } from './entry.ts';

/** How much a caller may ask for, and where the operators ask. */
export const limitVariables = {
  INTERNAL_PORT: entry(port, {
    fallback: '/internal/* svares på HTTP_PORT, bare til samme maskin',
    text: 'Porten for liveness, readiness og måltall (/internal/*), på HTTP_HOST. Er den satt, svares de bare der, også uten rollen api. Slipp bare plattformen inn på den.',
  }),
  LIMIT_REQUESTS_PER_MINUTE: entry(wholeNumber(1, 10_000_000), {
    fallback: '6000; 60000 uten innlogging',
    text: 'Forespørsler i minuttet fra én innlogget eller ett organisasjonsnummer, i hver prosess. Flere får 429.',
  }),
  LIMIT_ADDRESS_PER_MINUTE: entry(wholeNumber(1, 10_000_000), {
    fallback: '12000; 120000 uten innlogging',
    text: 'Forespørsler i minuttet fra én IP-adresse, også med ugyldige tokener, i hver prosess. Flere får 429.',
  }),
  LIMIT_PERSONS_PER_HOUR: entry(wholeNumber(1, 10_000_000), {
    fallback: '5000; 50000 uten innlogging',
    text: 'Forskjellige personer én innlogget eller ett organisasjonsnummer kan slå opp på en time, i alle prosesser til sammen. Flere får 429, og driften varsles.',
  }),
};
