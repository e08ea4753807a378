import * as z from 'zod';
import { entry, oneOf, privateAddress } from './entry.ts';

const pem = (kind: string) =>
  z
    .string()
    .regex(
      new RegExp(`-----BEGIN ${kind}-----[\\s\\S]+-----END ${kind}-----`),
      `skal være PEM-tekst (-----BEGIN …)`,
    );
const CERTIFICATE = 'CERTIFICATE';
const PRIVATE_KEY = '(?:RSA |EC )?PRIVATE KEY';
const none = '–';

/** TLS and login to Kafka and the database. */
export const transportVariables = {
  KAFKA_CA_FILE: entry(z.string(), {
    fallback: 'CA-ene Node selv stoler på',
    text: 'PEM-fil med CA-en som har utstedt sertifikatene til Kafka. Til andre maskiner brukes alltid TLS; til samme maskin når CA eller klientsertifikat er satt.',
  }),
  KAFKA_CA: entry(pem(CERTIFICATE), {
    fallback: none,
    text: 'PEM-teksten selv, i stedet for KAFKA_CA_FILE.',
  }),
  KAFKA_CERT_FILE: entry(z.string(), {
    fallback: 'ingen klientsertifikat',
    text: 'PEM-fil med klientsertifikatet til Kafka (mTLS). Leses på nytt for hver ny forbindelse.',
  }),
  KAFKA_CERTIFICATE: entry(pem(CERTIFICATE), {
    fallback: none,
    text: 'PEM-teksten selv, i stedet for KAFKA_CERT_FILE.',
  }),
  KAFKA_KEY_FILE: entry(z.string(), {
    fallback: 'påkrevd med klientsertifikat',
    text: 'PEM-fil med nøkkelen til klientsertifikatet, uten passord.',
  }),
  KAFKA_PRIVATE_KEY: entry(pem(PRIVATE_KEY), {
    fallback: none,
    text: 'PEM-teksten selv, i stedet for KAFKA_KEY_FILE.',
  }),
  KAFKA_SASL_MECHANISM: entry(oneOf(['SCRAM-SHA-512', 'SCRAM-SHA-256', 'PLAIN', 'OAUTHBEARER']), {
    fallback: 'ingen innlogging',
    text: 'Hvordan broen logger inn i Kafka.',
  }),
  KAFKA_SASL_USER: entry(z.string(), {
    fallback: 'påkrevd med SCRAM og PLAIN',
    text: 'Brukernavnet i Kafka.',
  }),
  KAFKA_SASL_PASSWORD_FILE: entry(z.string(), {
    fallback: 'påkrevd med SCRAM og PLAIN (denne eller KAFKA_SASL_PASSWORD)',
    text: 'Fil med passordet. Leses på nytt ved hver innlogging.',
  }),
  KAFKA_SASL_PASSWORD: entry(z.string(), {
    fallback: none,
    text: 'Passordet selv, i stedet for KAFKA_SASL_PASSWORD_FILE.',
  }),
  KAFKA_OAUTH_TOKEN_URL: entry(privateAddress, {
    fallback: 'påkrevd med OAUTHBEARER',
    text: 'Adressen som gir ut token for klientlegitimasjon (client credentials).',
  }),
  KAFKA_OAUTH_CLIENT_ID: entry(z.string(), {
    fallback: 'påkrevd med OAUTHBEARER',
    text: 'Klient-id hos utstederen.',
  }),
  KAFKA_OAUTH_CLIENT_SECRET_FILE: entry(z.string(), {
    fallback: 'påkrevd med OAUTHBEARER (denne eller KAFKA_OAUTH_CLIENT_SECRET)',
    text: 'Fil med hemmeligheten til klienten.',
  }),
  KAFKA_OAUTH_CLIENT_SECRET: entry(z.string(), {
    fallback: none,
    text: 'Hemmeligheten selv, i stedet for KAFKA_OAUTH_CLIENT_SECRET_FILE.',
  }),
  KAFKA_OAUTH_SCOPE: entry(z.string(), {
    fallback: 'ingen',
    text: 'Omfanget (scope) det bes om, om utstederen krever et.',
  }),
  DATABASE_CA_FILE: entry(z.string(), {
    fallback: 'CA-ene Node selv stoler på',
    text: 'PEM-fil med CA-en som har utstedt sertifikatet til PostgreSQL. Til andre maskiner skal DATABASE_URL ha sslmode=verify-full.',
  }),
  DATABASE_CA: entry(pem(CERTIFICATE), {
    fallback: none,
    text: 'PEM-teksten selv, i stedet for DATABASE_CA_FILE.',
  }),
  DATABASE_CERT_FILE: entry(z.string(), {
    fallback: 'ingen klientsertifikat',
    text: 'PEM-fil med klientsertifikatet til PostgreSQL.',
  }),
  DATABASE_KEY_FILE: entry(z.string(), {
    fallback: 'påkrevd med DATABASE_CERT_FILE',
    text: 'PEM-fil med nøkkelen til det, uten passord.',
  }),
  DATABASE_PASSWORD_FILE: entry(z.string(), {
    fallback: 'passordet i DATABASE_URL',
    text: 'Fil med passordet til databasen. Leses på nytt for hver ny forbindelse.',
  }),
};
