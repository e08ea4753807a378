import type { AdapterContext, FeedAdapter } from '../../core/feedAdapter.ts';
import type { FactBody } from '../../core/youth/statusEvent.ts';
import type { Vault } from '../../store/vault.ts';
import type { Decode } from '../../wire/decode.ts';
import { unpackRecord } from '../../wire/sealedRecord.ts';

export type NavAnswerBody = FactBody & { kind: 'NavMatch' };

/** `undefined` when the row cannot be read as an answer any more. */
export type OpenAnswer = (org: string, sealed: Buffer) => NavAnswerBody | undefined;

/** Reads a NAV row that was held, as the pipeline read it when it came. */
export function createOpenAnswer(parts: {
  vault: Pick<Vault, 'open'>;
  decode: Decode;
  /** Of the feed `nav-match`. */
  adapter: FeedAdapter;
  contextOf: (org: string) => AdapterContext;
}): OpenAnswer {
  return (org, sealed) => {
    const { value, headers } = unpackRecord(parts.vault.open(sealed));
    const decoded = parts.decode(value, headers);
    if (!decoded.ok) return undefined;
    // Answers carry their own times; the moment the row came plays no part in what it says.
    const record = { value: decoded.value, received: '1970-01-01T00:00:00.000Z', envelope: decoded.envelope };
    const verdict = parts.adapter.read(record, parts.contextOf(org));
    return verdict.verdict === 'listed' && verdict.event.kind === 'NavMatch' ? verdict.event : undefined;
  };
}
