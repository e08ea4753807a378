import { createHmac, timingSafeEqual, verify as verifyEd25519 } from 'node:crypto';
import {
  CALL_HEADERS,
  type CallHeader,
  explain,
  idInBody,
  type SignatureEntry,
  type SignatureFault,
  type SignedContent,
} from './signatureFault.ts';
import { readBase64, type SignatureScheme, type VerificationKey } from './verificationKey.ts';

// The receiver's side of Standard Webhooks 1.0, over the bytes received. Shares nothing with what signs, so that each
// can show the other wrong.

/** How far a call's time may be from the receiver's, either way. */
export const TOLERANCE_SECONDS = 300;

export interface ReceivedCall {
  /** Every value of a header, in order: one that came twice is not one. */
  headers(name: CallHeader): readonly string[];
  body: Buffer;
}

export type Verdict =
  | {
      verified: readonly VerificationKey[];
      id: string;
      /** Schemes with a key here and a signature in the call that do not match, while another one does. */
      mismatched: readonly SignatureScheme[];
    }
  | { verified: null; fault: SignatureFault };

/** One match is enough: during a rotation a call has one signature per live key. `now` in milliseconds. */
export function verifyCall(call: ReceivedCall, keys: readonly VerificationKey[], now: number): Verdict {
  const refused = (fault: SignatureFault): Verdict => ({ verified: null, fault });
  for (const header of CALL_HEADERS) {
    const values = call.headers(header);
    if (values.length > 1) return refused({ kind: 'header-repeated', header });
    if (values[0] === undefined || values[0].trim() === '')
      return refused({ kind: 'header-missing', header });
  }
  const [id = '', timestamp = '', signature = ''] = CALL_HEADERS.map((header) => call.headers(header)[0]);

  if (!/^\d{1,12}$/.test(timestamp)) {
    return refused({
      kind: /^\d{13}$/.test(timestamp) ? 'timestamp-in-milliseconds' : 'timestamp-malformed',
    });
  }
  const age = Math.floor(now / 1_000) - Number(timestamp);
  if (age > TOLERANCE_SECONDS) return refused({ kind: 'too-old', seconds: age });
  if (age < -TOLERANCE_SECONDS) return refused({ kind: 'too-new', seconds: -age });

  const read = readSignatures(signature);
  const usable = keys.filter(({ scheme }) => read.entries.some((entry) => entry.scheme === scheme));
  if (read.entries.length === 0) {
    return refused(
      read.damaged.length > 0
        ? { kind: 'signature-damaged', schemes: read.damaged }
        : { kind: 'scheme-unknown' },
    );
  }
  const signed = { id, timestamp, body: call.body, entries: read.entries };
  const verified = usable.filter((key) => !key.retired && matches(signed, key));
  if (verified.length === 0) {
    if (usable.length === 0) {
      return refused({ kind: 'no-key', schemes: [...new Set(read.entries.map(({ scheme }) => scheme))] });
    }
    return refused(explain(signed, usable, matches));
  }
  const inside = idInBody(call.body);
  if (inside !== undefined && inside !== id) return refused({ kind: 'id-differs' });
  const missed = new Set(usable.filter(({ retired }) => !retired).map(({ scheme }) => scheme));
  for (const { scheme } of verified) missed.delete(scheme);
  return { verified, id, mismatched: [...missed] };
}

function matches({ id, timestamp, body, entries }: SignedContent, key: VerificationKey): boolean {
  const content = Buffer.concat([Buffer.from(`${id}.${timestamp}.`, 'utf8'), body]);
  return entries
    .filter(({ scheme }) => scheme === key.scheme)
    .some(({ scheme, bytes }) => {
      if (scheme === 'v1a') return verifyEd25519(null, content, key.key, bytes);
      return timingSafeEqual(createHmac('sha256', key.key).update(content).digest(), bytes);
    });
}

/** Of the known schemes, with the length of theirs; anything else in the header is passed over. */
function readSignatures(header: string): { entries: SignatureEntry[]; damaged: SignatureScheme[] } {
  const entries: SignatureEntry[] = [];
  const damaged: SignatureScheme[] = [];
  for (const part of header.split(' ')) {
    const comma = part.indexOf(',');
    const scheme = part.slice(0, Math.max(comma, 0));
    if (scheme !== 'v1' && scheme !== 'v1a') continue;
    const bytes = readBase64(part.slice(comma + 1));
    if (bytes?.length === (scheme === 'v1' ? 32 : 64)) entries.push({ scheme, bytes });
    else damaged.push(scheme);
  }
  return { entries, damaged };
}
