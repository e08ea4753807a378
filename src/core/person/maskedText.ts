const MASK = '***********';

/** A text about a person on its way to the vault. Every way of printing it gives asterisks; only `reveal` does not, and
 *  test/architecture.test.ts lists the files that may call it. */
export abstract class MaskedText {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return MASK;
  }
}
