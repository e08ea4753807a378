/** Why a record batch cannot be read. Stable: operators and the runbook know them. */
export type UnreadableReason =
  | 'CHECKSUM'
  | 'FORMAT'
  | 'CODEC'
  | 'COMPRESSION'
  | 'TOO_LARGE'
  | 'RECORD'
  /** The broker itself says so. */
  | 'BROKER';

/** A batch of the log that nobody can make records of. */
export class UnreadableBatch extends Error {
  override readonly name = 'UnreadableBatch';
  readonly reason: UnreadableReason;

  constructor(reason: UnreadableReason, options?: ErrorOptions) {
    super(reason, options);
    this.reason = reason;
  }
}
