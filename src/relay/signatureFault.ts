import type { SignatureScheme, VerificationKey } from './verificationKey.ts';

export const CALL_HEADERS = ['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const;
export type CallHeader = (typeof CALL_HEADERS)[number];

/** A signature of a scheme that is known here, with the bytes it is compared by. */
export interface SignatureEntry {
  scheme: SignatureScheme;
  bytes: Buffer;
}

/** What a signature is over, and the signatures. */
export interface SignedContent {
  id: string;
  timestamp: string;
  body: Buffer;
  entries: readonly SignatureEntry[];
}

/** Why a call is not accepted. */
export type SignatureFault =
  | { kind: 'header-missing' | 'header-repeated'; header: CallHeader }
  | { kind: 'timestamp-malformed' | 'timestamp-in-milliseconds' }
  /** `seconds`: between the call's time and the receiver's. */
  | { kind: 'too-old' | 'too-new'; seconds: number }
  | { kind: 'signature-damaged'; schemes: readonly SignatureScheme[] }
  | { kind: 'scheme-unknown' }
  /** The receiver has no key for any of the schemes. */
  | { kind: 'no-key'; schemes: readonly SignatureScheme[] }
  | { kind: 'key-retired'; name: string }
  /** The signature is right for the id in the body: the header was changed. */
  | { kind: 'id-changed' }
  /** The signature is right, and the header has another id than the body. */
  | { kind: 'id-differs' }
  /** `rewritten`: the signature is right for the same JSON written otherwise. `unreadable`: it is no JSON any more.
   *  `undecided`: keys of both schemes disagree with what came, so that it is not the keys. */
  | { kind: 'body-changed'; how: 'rewritten' | 'unreadable' | 'undecided' }
  | { kind: 'key-wrong'; scheme: SignatureScheme };

type Matches = (content: SignedContent, key: VerificationKey) => boolean;

/** A signature that does not match says only that: what would have matched says why. */
export function explain(
  content: SignedContent,
  keys: readonly VerificationKey[],
  matches: Matches,
): SignatureFault {
  const retired = keys.find((key) => key.retired && matches(content, key));
  if (retired !== undefined) return { kind: 'key-retired', name: retired.name };

  const fits = (changed: Partial<SignedContent>) =>
    keys.some((key) => matches({ ...content, ...changed }, key));
  const inside = idInBody(content.body);
  if (inside !== undefined && inside !== content.id && fits({ id: inside })) return { kind: 'id-changed' };
  if (rewritings(content.body).some((body) => fits({ body })))
    return { kind: 'body-changed', how: 'rewritten' };
  if (!isJson(content.body)) return { kind: 'body-changed', how: 'unreadable' };

  const schemes = new Set(keys.map(({ scheme }) => scheme));
  const [only = 'v1', another] = schemes;
  return another === undefined
    ? { kind: 'key-wrong', scheme: only }
    : { kind: 'body-changed', how: 'undecided' };
}

/** `data.id` of a call; a call without one, and a body that is none, have no id to compare. */
export function idInBody(body: Buffer): string | undefined {
  try {
    const id: unknown = JSON.parse(body.toString('utf8'))?.data?.id;
    return typeof id === 'string' ? id : undefined;
  } catch {
    return undefined;
  }
}

/** The body as it may have been before a framework or a proxy wrote it again. */
function rewritings(body: Buffer): Buffer[] {
  const text = body.toString('utf8');
  const texts = [
    text.replace(/^\uFEFF/, ''),
    text.replace(/\s+$/, ''),
    `${text}\n`,
    text.replaceAll('\r\n', '\n'),
    Buffer.from(text, 'latin1').toString('utf8'),
  ];
  try {
    texts.push(JSON.stringify(JSON.parse(text)));
  } catch {
    // No JSON: there is no other way to write it.
  }
  return texts.filter((other) => other !== text).map((other) => Buffer.from(other, 'utf8'));
}

function isJson(body: Buffer): boolean {
  try {
    JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
    return true;
  } catch {
    return false;
  }
}
