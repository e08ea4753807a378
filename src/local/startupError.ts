/** The start cannot continue and the user can fix it: the message is a sentence in bokmål, shown as it is. */
export class StartupError extends Error {
  override readonly name = 'StartupError';
}
