/** The store cannot serve the request now; the same may succeed later. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
  /** `busy`: too many requests wait, this one did nothing. `slow`: the statement took too long and was ended.
   *  `silent`: the database does not answer, or not any more; what the statement did is unknown. */
  readonly why: 'busy' | 'slow' | 'silent';

  constructor(why: StoreUnavailable['why'], options?: ErrorOptions) {
    super(`the database is ${why}`, options);
    this.why = why;
  }
}
