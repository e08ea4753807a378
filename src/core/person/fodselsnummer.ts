import { MaskedText } from './maskedText.ts';

/** A person's identity number of any kind: eleven digits, as `readIdentityNumber` gives them or the vault has kept them. */
export class Fodselsnummer extends MaskedText {
  declare protected readonly of: 'number';

  equals(other: Fodselsnummer): boolean {
    return this.reveal() === other.reveal();
  }
}

/** The content of a field for an identity number when it is none. */
export class UnreadableNumber extends MaskedText {
  declare protected readonly of: 'unreadable number';
}

/** Values by number: each record has an object of its own for the number it names. */
export class NumberMap<Value> {
  readonly #values = new Map<string, Value>();

  get(number: Fodselsnummer): Value | undefined {
    return this.#values.get(number.reveal());
  }

  has(number: Fodselsnummer): boolean {
    return this.#values.has(number.reveal());
  }

  set(number: Fodselsnummer, value: Value): void {
    this.#values.set(number.reveal(), value);
  }
}

/** Each number once, in the order in which they come first. */
export function distinctNumbers(numbers: readonly Fodselsnummer[]): Fodselsnummer[] {
  const first = new Map<string, Fodselsnummer>();
  for (const number of numbers) if (!first.has(number.reveal())) first.set(number.reveal(), number);
  return [...first.values()];
}
