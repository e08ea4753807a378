// W3C Trace Context: `<version>-<32 hex>-<16 hex>-<2 hex>`. The header comes from outside: another form is no trace and is
// dropped.

const FORM = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

export interface TraceParent {
  traceId: string;
  spanId: string;
  flags: string;
}

/** `undefined` when it is no valid traceparent: a sender's broken header never breaks a batch. */
export function readTraceparent(text: string): TraceParent | undefined {
  const match = FORM.exec(text);
  if (!match) return undefined;
  const [, version = '', traceId = '', spanId = '', flags = '', rest] = match;
  // Version ff is forbidden; version 00 ends after the flags, later ones may go on.
  if (version === 'ff' || (version === '00' && rest !== undefined)) return undefined;
  if (/^0+$/.test(traceId) || /^0+$/.test(spanId)) return undefined;
  return { traceId, spanId, flags };
}

/** In the form of version 00, without the free text that a later version may add. */
export function traceparentText({ traceId, spanId, flags }: TraceParent): string {
  return `00-${traceId}-${spanId}-${flags}`;
}
