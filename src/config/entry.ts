import { isIP } from 'node:net';
import * as z from 'zod';
import { orgPart } from '../core/messages/topic.ts';
import { countyNumber, type Organisation } from '../core/organisation.ts';
import { isLoopback } from './loopback.ts';

// Parsers of the variables. Messages never repeat the text: it may be a secret in the wrong variable.

/** An empty variable counts as unset: that is how an optional one looks in a compose file. */
export function entry<Schema extends z.ZodType>(schema: Schema, notes: { fallback: string; text: string }) {
  return z
    .preprocess(
      (raw) => (typeof raw === 'string' && raw.trim() !== '' ? raw.trim() : undefined),
      schema.optional(),
    )
    .meta({ fallback: notes.fallback, description: notes.text });
}

export function wholeNumber(from: number, to: number) {
  const fault = `skal være et helt tall fra ${from} til ${to}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, fault)
    .transform(Number)
    .refine((number) => number >= from && number <= to, fault);
}

export const port = wholeNumber(1, 65_534);

export function fraction() {
  const fault = 'skal være et tall mellom 0 og 1, for eksempel 0.1';
  return z
    .string()
    .regex(/^\d(\.\d{1,6})?$/, fault)
    .transform(Number)
    .refine((number) => number > 0 && number <= 1, fault);
}

export function oneOf<const Names extends readonly [string, ...string[]]>(names: Names) {
  return z.enum(names, { error: `skal være en av ${names.join(', ')}` });
}

/** Comma-separated items, without duplicates. */
export function listOf<Item extends z.ZodType<unknown, string>>(item: Item) {
  return z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .refine((parts) => new Set(parts).size === parts.length, 'nevner det samme to ganger')
    .pipe(z.array(item));
}

export const broker = z
  .string()
  .regex(/^([\w.-]+|\[[0-9a-fA-F:]+\]):\d{1,5}$/, 'skal være vert:port, med komma mellom flere');

/** The name is for people: letters, digits, spaces, points and hyphens, at most 60. */
const ORGANISATION = /^([\p{L}\d._-]+):(\d{2})(?::(\p{L}[\p{L}\d .-]{0,58}[\p{L}\d.]))?$/u;

export const organisation = z.string().transform((text, context): Organisation => {
  const [, org, county, name] = ORGANISATION.exec(text) ?? [];
  try {
    if (org !== undefined && county !== undefined)
      return {
        ...{ id: orgPart(org), county: countyNumber(county), virtualClock: false },
        ...(name !== undefined && { name }),
      };
  } catch {
    // a letter that no topic name can have: reported below
  }
  context.addIssue(
    'skal være organisasjon:fylkesnummer eller organisasjon:fylkesnummer:navn, for eksempel telemarkfylke-no:40, med komma mellom flere',
  );
  return z.NEVER;
});

export const county = z
  .string()
  .regex(/^\d{2}$/, 'skal være fylkesnumre med to sifre, med komma mellom flere')
  .transform(countyNumber);

export const clockTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'skal være et klokkeslett som 02:00')
  .transform((text) => ({ hour: Number(text.slice(0, 2)), minute: Number(text.slice(3)) }));

export function address(...protocols: readonly string[]) {
  const fault = `skal være en adresse som begynner med ${protocols.map((protocol) => `${protocol}//`).join(' eller ')}`;
  return z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), fault);
}

/** Personal data are unencrypted over http: allowed to a server on the same machine only. */
export const privateAddress = address('https:', 'http:').refine(
  (text) => !URL.canParse(text) || new URL(text).protocol === 'https:' || isLoopback(new URL(text).hostname),
  'skal være en https-adresse (http bare til samme maskin)',
);

/** Address or name to listen on; which may be listened on is a rule of its own (accessRules.ts). */
export const host = z
  .string()
  .regex(/^([\w.-]+|\[[0-9a-fA-F:]+\]|[0-9a-fA-F:]+)$/, 'skal være en adresse eller et vertsnavn, uten port');

/** Scheme and host that callers use, e.g. `https://ot.fylke.no`. */
export const publicAddress = privateAddress
  .refine(
    (text) => !URL.canParse(text) || new URL(text).href === `${new URL(text).origin}/`,
    'skal være uten sti, spørring og brukernavn, for eksempel https://ot.fylke.no',
  )
  .transform((text) => (URL.canParse(text) ? new URL(text).origin : z.NEVER));

/** Compared letter by letter with what is in a token, so it is kept as written. */
export const issuer = privateAddress;

export const scopePrefix = z
  .string()
  .regex(/^[a-z][a-z0-9_-]{0,39}$/, 'skal være små bokstaver, sifre, _ og -, for eksempel otbridge');

/** An address, or a range in CIDR notation. */
export const addressRange = z
  .string()
  .refine(
    isAddressRange,
    'skal være IP-adresser eller CIDR-områder, for eksempel 10.0.0.0/8, med komma mellom flere',
  );

function isAddressRange(text: string): boolean {
  const [ip = '', bits, ...rest] = text.split('/');
  const family = isIP(ip);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

/** 32 bytes in base64. */
export const key = z
  .string()
  .transform((text) => Buffer.from(text, 'base64'))
  .refine(
    (bytes) => bytes.length === 32,
    'skal være 32 byte i base64 (lag en med «openssl rand -base64 32»)',
  );
