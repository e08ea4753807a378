const MASKED = '***********';

/** An identity number on its way to the vault. Every way of printing it gives asterisks; only `reveal` does not. */
export class Fodselsnummer {
  readonly #number: string;

  /** @param number eleven digits, as `readIdentityNumber` gives them. */
  constructor(number: string) {
    this.#number = number;
  }

  reveal(): string {
    return this.#number;
  }

  toString(): string {
    return MASKED;
  }

  toJSON(): string {
    return MASKED;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return MASKED;
  }
}
