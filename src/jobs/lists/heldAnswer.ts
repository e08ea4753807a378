import type { AdapterContext, FeedAdapter } from '../../core/feedAdapter.ts';
import type { OrgId } from '../../core/organisation.ts';
import type { FactBody } from '../../core/youth/statusEvent.ts';
import type { Vault } from '../../store/vault.ts';
import type { Decode } from '../../wire/decode.ts';
import { unpackRecord } from '../../wire/sealedRecord.ts';

export type NavAnswerBody = FactBody & { kind: 'NavMatch' };

/** `undefined` when the row is no longer readable as an answer. */
export type OpenAnswer = (org: OrgId, sealed: Buffer) => NavAnswerBody | undefined;

/** Decodes a held NAV row as the pipeline did when it came. */
export function createOpenAnswer(parts: {
  vault: Pick<Vault, 'open'>;
  decode: Decode;
  /** Of the feed `nav-match`. */
  adapter: FeedAdapter;
  contextOf: (org: OrgId) => AdapterContext;
}): OpenAnswer {
  return (org, sealed) => {
    const { value, headers } = unpackRecord(parts.vault.open(sealed));
    const decoded = parts.decode(value, headers);
    if (!decoded.ok) return undefined;
    // Answers carry their own times; the time of receipt has no effect on them.
    const record = { value: decoded.value, received: '1970-01-01T00:00:00.000Z', envelope: decoded.envelope };
    const verdict = parts.adapter.read(record, parts.contextOf(org));
    return verdict.kind === 'listed' && verdict.event.kind === 'NavMatch' ? verdict.event : undefined;
  };
}
