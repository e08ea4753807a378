/** The start cannot go on and a person can mend it: the message is a sentence in bokmål, shown as it is. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}
