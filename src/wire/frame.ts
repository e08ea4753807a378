// Confluent framing of Avro: 0x00, schema id (4 bytes, big-endian), Avro body.

/** Bytes before the body. */
export const FRAME_BYTES = 5;

/** Whether the bytes are meant as a frame: JSON cannot begin with 0x00. */
export function beginsFrame(bytes: Uint8Array): boolean {
  return bytes[0] === 0;
}

export function writeFrame(message: Buffer, id: number): void {
  message[0] = 0;
  message.writeInt32BE(id, 1);
}

/** `undefined` when the bytes are not framed. The body begins at `FRAME_BYTES`. */
export function framedSchemaId(message: Buffer): number | undefined {
  return message.length < FRAME_BYTES || !beginsFrame(message) ? undefined : message.readInt32BE(1);
}
