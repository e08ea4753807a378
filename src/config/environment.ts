import * as z from 'zod';
import {
  address,
  addressRange,
  broker,
  clockTime,
  county,
  entry,
  fraction,
  host,
  issuer,
  key,
  listOf,
  oneOf,
  organisation,
  port,
  privateAddress,
  publicAddress,
  scopePrefix,
  wholeNumber,
} from './entry.ts';
import { limitVariables } from './limitVariables.ts';
import { transportVariables } from './transportVariables.ts';

/** All variables: parser, default, description. */
export const environment = z.object({
  KAFKA_BROKERS: entry(listOf(broker), {
    fallback: 'innebygd Kafka',
    text: 'Kafka-meglere som vert:port, med komma mellom. Er den satt, startes ingen Kafka.',
  }),
  DATABASE_URL: entry(address('postgres:', 'postgresql:'), {
    fallback: 'innebygd PostgreSQL 18',
    text: 'PostgreSQL-databasen, postgres://… Er den satt, startes ingen database.',
  }),
  DATA_DIR: entry(z.string(), {
    fallback: './.data',
    text: 'Mappen der innebygd Kafka og PostgreSQL, hvelvnøkkelen og adressen broen svarer på (bridge.url, for kommandolinjen) ligger.',
  }),
  OT_BRIDGE_CACHE: entry(z.string(), {
    fallback: '$XDG_CACHE_HOME/ot-bridge eller ~/.cache/ot-bridge',
    text: 'Mappen Apache Kafka hentes til, én gang.',
  }),
  EMBEDDED_KAFKA_PORT: entry(port, {
    fallback: '19092',
    text: 'Porten til innebygd Kafka på 127.0.0.1; porten etter brukes også.',
  }),
  EMBEDDED_PG_PORT: entry(port, { fallback: '15432', text: 'Porten til innebygd PostgreSQL på 127.0.0.1.' }),
  HTTP_HOST: entry(host, {
    fallback: '127.0.0.1',
    text: 'Adressen HTTP-grensesnittet lytter på. En annen enn loopback krever PUBLIC_URL, MASKINPORTEN_ISSUER og LOGIN_ISSUER.',
  }),
  HTTP_PORT: entry(port, { fallback: '8080', text: 'Porten HTTP-grensesnittet lytter på.' }),
  ORGANISATIONS: entry(listOf(organisation), {
    fallback: 'telemarkfylke-no:40:Telemark fylkeskommune; påkrevd med KAFKA_BROKERS eller DATABASE_URL',
    text: 'Fylkeskommunene som organisasjon:fylkesnummer, med komma mellom, f.eks. telemarkfylke-no:40,vestfoldfylke-no:39. Et navn etter enda et kolon vises i konsollen: telemarkfylke-no:40:Telemark fylkeskommune.',
  }),
  POLICY_FILE: entry(z.string(), {
    fallback: 'standardverdiene i tabellen under',
    text: 'JSON-fil med det hver fylkeskommune har bestemt annerledes: organisasjon, felt, verdi.',
  }),
  POLICY: entry(z.string(), {
    fallback: '–',
    text: 'Den samme JSON-teksten selv, i stedet for POLICY_FILE.',
  }),
  ROLES: entry(listOf(oneOf(['consume', 'api', 'relay'])), {
    fallback: 'consume,api,relay',
    text: 'Hva denne prosessen gjør: consume leser, avgjør og sender; api svarer på HTTP; relay kaller mottakere.',
  }),
  LANE_PROCESSES: entry(wholeNumber(1, 16), {
    fallback: 'antall prosessorer, høyst 4; 1 i containere',
    text: 'Hvor mange prosesser som leser og avgjør, denne medregnet (rollen consume). Hver bruker inntil 550 MB. Flere enn FEED_PARTITIONS startes ikke: De ville ikke fått noe å gjøre.',
  }),
  KEPT_YOUTHS_MB: entry(wholeNumber(0, 4_096), {
    fallback: '96',
    text: 'Hvor mye minne hver prosess som leser og avgjør, bruker på ungdommer den nettopp har skrevet, så den slipper å lese dem igjen. 0: ingen. En ungdom som ikke er brukt på ti minutter, er borte fra minnet.',
  }),
  OT_ENVIRONMENT: entry(oneOf(['test', 'production']), {
    fallback: 'test; påkrevd med DATABASE_URL',
    text: 'test avviser ekte fødselsnumre, production avviser syntetiske. production krever KAFKA_BROKERS, DATABASE_URL og, for API-et, PUBLIC_URL, MASKINPORTEN_ISSUER og LOGIN_ISSUER.',
  }),
  VAULT_KEY_FILE: entry(z.string(), {
    fallback: 'DATA_DIR/vault.key, laget første gang; påkrevd med DATABASE_URL (denne eller VAULT_KEY)',
    text: 'Fil med hvelvnøkkelen, 32 byte i base64. Uten nøkkelen kan ingen person gjenkjennes eller leses.',
  }),
  VAULT_KEY: entry(key, { fallback: '–', text: 'Hvelvnøkkelen selv, i stedet for VAULT_KEY_FILE.' }),
  FEED_PARTITIONS: entry(wholeNumber(1, 64), { fallback: '4', text: 'Partisjoner i emner som lages.' }),
  TOPIC_REPLICATION: entry(wholeNumber(1, 9), {
    fallback: '1 med innebygd Kafka, ellers 3',
    text: 'Kopier av emner som lages.',
  }),
  FEED_RETENTION_DAYS: entry(wholeNumber(1, 3650), {
    fallback: '28',
    text: 'Hvor mange dager postene blir liggende i emnene inn.',
  }),
  LOG_LEVEL: entry(oneOf(['error', 'warn', 'info', 'debug', 'silent']), {
    fallback: 'info',
    text: 'Hvor mye som logges.',
  }),
  OTEL_EXPORTER_OTLP_ENDPOINT: entry(address('http:', 'https:'), {
    fallback: 'ingen sporing sendes',
    text: 'Adressen spor sendes til (OTLP over HTTP).',
  }),
  VIGO_URL: entry(privateAddress, {
    fallback: 'VIGO hentes ikke',
    text: 'VIGOs REST-tjeneste, som listene hentes fra hver natt.',
  }),
  VIGO_API_KEY_FILE: entry(z.string(), {
    fallback: 'påkrevd med VIGO_URL (denne eller VIGO_API_KEY)',
    text: 'Fil med VIGOs api-nøkkel.',
  }),
  VIGO_API_KEY: entry(z.string(), { fallback: '–', text: 'Nøkkelen selv, i stedet for VIGO_API_KEY_FILE.' }),
  VIGO_COUNTIES: entry(listOf(county), {
    fallback: 'alle i ORGANISATIONS',
    text: 'Fylkesnumrene det hentes lister for, med komma mellom.',
  }),
  VIGO_OT_AT: entry(clockTime, { fallback: '02:00', text: 'Når OT-listen hentes, norsk tid.' }),
  VIGO_LAKTIV_AT: entry(clockTime, {
    fallback: '01:00',
    text: 'Når listen over løpende lærekontrakter hentes, norsk tid.',
  }),
  VIGO_SHRINKAGE_LIMIT: entry(fraction(), {
    fallback: '0.1',
    text: 'Hvor stor del en liste kan skrumpe siden sist før den avvises og ingenting sluttes av den.',
  }),
  WEBHOOK_PORTS: entry(listOf(port), {
    fallback: '443',
    text: 'Portene hos mottakere som broen kan kalle, med komma mellom.',
  }),
  EGRESS_PROXY: entry(privateAddress, {
    fallback: 'mottakere kalles uten proxy',
    text: 'Proxyen som kall til mottakere går gjennom: http://proxy.fylke.no:3128. Kan den ikke nås, teller det ikke mot mottakeren.',
  }),
  FINT_TOPIC: entry(oneOf(['on', 'off']), {
    fallback: 'off',
    text: 'on: ungdommene sendes i FINTs form til emnet <org>.fint-core.entity.utdanning-ot, endringer fortløpende og alt hver natt.',
  }),
  VIGO_OT_TOPIC: entry(oneOf(['on', 'off']), {
    fallback: 'off',
    text: 'on: radene i filene til VIGO sendes til emnet <org>.ot.event.vigo-ot, med referanser og uten fødselsnummer.',
  }),
  PUBLIC_URL: entry(publicAddress, {
    fallback: 'API-et svarer bare på loopback-navn; påkrevd når HTTP_HOST ikke er loopback, og i production',
    text: 'Adressen andre når API-et på, uten sti: https://ot.fylke.no. Et annet vertsnavn avvises.',
  }),
  TRUSTED_PROXY: entry(listOf(addressRange), {
    fallback: 'X-Forwarded-hoder blir ikke trodd',
    text: 'Adresser eller CIDR-områder til omvendte proxyer foran API-et, med komma mellom. Bare deres X-Forwarded-hoder blir trodd.',
  }),
  MASKINPORTEN_ISSUER: entry(issuer, {
    fallback: 'ingen maskintoken; påkrevd når HTTP_HOST ikke er loopback, og i production',
    text: 'Utstederen av maskintoken, nøyaktig som i tokenet: https://maskinporten.no/ eller https://test.maskinporten.no/.',
  }),
  MASKINPORTEN_AUDIENCE: entry(z.string(), {
    fallback: 'påkrevd med MASKINPORTEN_ISSUER',
    text: 'Det tokenet må ha i aud. Et token til et annet API virker ikke her.',
  }),
  MASKINPORTEN_SCOPE_PREFIX: entry(scopePrefix, {
    fallback: 'otbridge',
    text: 'Prefikset til scopene deres i Maskinporten, det som står før kolon.',
  }),
  MASKINPORTEN_DELEGATION_SOURCE: entry(issuer, {
    fallback: 'https://www.altinn.no/ i production, ellers https://tt02.altinn.no/',
    text: 'Der delegeringer til leverandører er gjort, nøyaktig som i tokenets delegation_source.',
  }),
  MASKINPORTEN_WELL_KNOWN_URL: entry(privateAddress, {
    fallback: '/.well-known/oauth-authorization-server hos MASKINPORTEN_ISSUER',
    text: 'Utstederens metadata (RFC 8414), der nøkkeladressen står. NAIS setter den.',
  }),
  MASKINPORTEN_JWKS_URI: entry(privateAddress, {
    fallback: 'den som står i metadataene',
    text: 'Utstederens nøkler. Er den satt, hentes ikke metadataene. NAIS setter den.',
  }),
  LOGIN_ISSUER: entry(issuer, {
    fallback: 'ingen innlogging; påkrevd når HTTP_HOST ikke er loopback, og i production',
    text: 'Der folk logger inn (OpenID Connect): Ansattporten, ID-porten eller fylkets Entra ID.',
  }),
  LOGIN_CLIENT_ID: entry(z.string(), {
    fallback: 'påkrevd med LOGIN_ISSUER',
    text: 'Broens klient-id hos LOGIN_ISSUER.',
  }),
  LOGIN_CLIENT_KEY_FILE: entry(z.string(), {
    fallback: 'påkrevd med LOGIN_ISSUER',
    text: 'Fil med klientens private nøkkel (private_key_jwt), som JWK eller PEM.',
  }),
  LOGIN_RESOURCE: entry(z.string(), {
    fallback: 'folk velger ikke organisasjon ved innlogging',
    text: 'Ressursen i Altinn som Ansattporten spør om hvem den ansatte representerer for.',
  }),
  LOGIN_ACR: entry(z.string(), {
    fallback: 'utstederens egen',
    text: 'Sikkerhetsnivået det bes om ved innlogging (acr_values), for eksempel high.',
  }),
  LOGIN_TENANT: entry(z.string(), {
    fallback: '–',
    text: 'Fylkets tenant-id når LOGIN_ISSUER er Entra ID. Andre tenanter avvises.',
  }),
  ...transportVariables,
  ...limitVariables,
  ACCESS_FILE: entry(z.string(), {
    fallback: 'ingen',
    text: 'JSON-fil med de første tilgangene: organisasjon, avtaler (grants), roller (roles) og avtaler med NAV (agreements). Hver gis én gang; det som fjernes fra filen, trekkes ikke tilbake.',
  }),
  AUDIT_KEY_FILE: entry(z.string(), {
    fallback: 'DATA_DIR/audit.key, laget første gang; påkrevd i production',
    text: 'Fil med den private nøkkelen revisjonssporet signeres med, Ed25519 i PEM («openssl genpkey -algorithm ed25519»).',
  }),
  AUDIT_CHECKPOINT_DIR: entry(z.string(), {
    fallback: 'DATA_DIR/audit; påkrevd i production',
    text: 'Mappen de signerte sjekkpunktene av revisjonssporet skrives til hver time. Legg den utenfor databaseserveren.',
  }),
});

export type Settings = z.infer<typeof environment>;
export type Variable = keyof Settings;

/** The variables as a Markdown table, for docs/drift.md. */
export function describeConfig(): string {
  const rows = Object.entries(environment.shape).map(([name, schema]) => {
    const { fallback, description } = schema.meta() ?? {};
    return `| \`${name}\` | ${fallback} | ${description} |`;
  });
  return ['| variabel | når den ikke er satt | hva den gjør |', '| --- | --- | --- |', ...rows, ''].join(
    '\n',
  );
}
