import { kept } from '../core/kept.ts';

// avsc makes an output (its `Tap`) for every message, asks Node for the length in bytes of every text before it writes it, and
// begins again when the message is too long. Ours is made once, writes ASCII, as nearly all our texts are, in one pass, and
// grows as it writes. It has what avsc's types call of an output for the types that our schemas use; the bytes are held to
// avsc's own by test/wire/avroOutput.test.ts.

const FIRST_SIZE = 4_096;
/** Of a varint of 53 bits and its sign. */
const LONGEST_NUMBER = 8;

export class AvroOutput {
  bytes = Buffer.alloc(FIRST_SIZE);
  pos = 0;

  writeBoolean(value: boolean): void {
    this.grow(1);
    this.bytes[this.pos++] = value ? 1 : 0;
  }

  writeInt(value: number): void {
    this.writeLong(value);
  }

  writeLong(value: number): void {
    this.grow(LONGEST_NUMBER);
    const { bytes } = this;
    let left = value >= 0 ? value * 2 : -value * 2 - 1;
    while (left > 0x7f) {
      bytes[this.pos++] = (left % 0x80) | 0x80;
      left = Math.floor(left / 0x80);
    }
    bytes[this.pos++] = left;
  }

  writeString(text: string): void {
    const { length } = text;
    this.grow(LONGEST_NUMBER + length);
    const start = this.pos;
    this.writeLong(length);
    const { bytes, pos } = this;
    for (let i = 0; i < length; i += 1) {
      const char = text.charCodeAt(i);
      if (char > 0x7f) {
        this.pos = start;
        this.writeBytes(utf8Of(text));
        return;
      }
      bytes[pos + i] = char;
    }
    this.pos = pos + length;
  }

  writeBytes(value: Buffer): void {
    this.grow(LONGEST_NUMBER + value.length);
    this.writeLong(value.length);
    this.bytes.set(value, this.pos);
    this.pos += value.length;
  }

  private grow(more: number): void {
    const needed = this.pos + more;
    if (needed <= this.bytes.length) return;
    const grown = Buffer.alloc(2 * needed);
    this.bytes.copy(grown, 0, 0, this.pos);
    this.bytes = grown;
  }
}

/** Texts that are not ASCII are the rules' reasons and the names of groups: the same few in every message. */
const utf8Of = kept((text: string) => Buffer.from(text));

/** A type of avsc, as its own `encode` uses it. */
export interface WritesInto {
  /** Writes after what is there. @throws when the value does not fit */
  _write(output: AvroOutput, value: unknown): void;
}
