/** The request got no connection in time: it has had no effect and may be repeated. */
export class StoreBusy extends Error {
  override readonly name = 'StoreBusy';
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number) {
    super('too many requests wait for a database connection');
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
