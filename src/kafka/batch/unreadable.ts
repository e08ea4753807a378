/** Why a record batch is unreadable. Stable: the runbook refers to them. */
export type UnreadableReason =
  | 'CHECKSUM'
  | 'FORMAT'
  | 'CODEC'
  | 'COMPRESSION'
  | 'TOO_LARGE'
  | 'RECORD'
  /** Reported by the broker. */
  | 'BROKER';

/** A batch of the log that cannot be decoded. */
export class UnreadableBatch extends Error {
  override readonly name = 'UnreadableBatch';
  readonly reason: UnreadableReason;

  constructor(reason: UnreadableReason, options?: ErrorOptions) {
    super(reason, options);
    this.reason = reason;
  }
}
