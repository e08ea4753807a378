// Looks for texts that may occur nowhere, in every form in which they could hide.

const BASE64_ALIGNMENTS = [0, 1, 2];

/** A text, and the forms it takes in Base64 (whatever comes before it), percent, JSON escapes, hex and UTF-16. */
export function formsOf(text: string): string[] {
  const bytes = Buffer.from(text);
  const wide = Buffer.from(text, 'utf16le');
  const percent = [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
  const escaped = [...text].map((char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
  return [
    ...new Set([
      text,
      bytes.toString('latin1'),
      encodeURIComponent(text),
      text.replaceAll(' ', '+'),
      percent,
      percent.toUpperCase(),
      escaped,
      bytes.toString('hex'),
      wide.toString('latin1'),
      Buffer.from(wide).swap16().toString('latin1'),
      ...base64Cores(bytes),
      ...base64Cores(wide),
    ]),
  ];
}

/** What does not depend on the bytes before and after. */
function base64Cores(bytes: Buffer): string[] {
  return BASE64_ALIGNMENTS.flatMap((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const from = [0, 2, 3][before] ?? 0;
    const whole = Math.floor(((before + bytes.length) * 8) / 6);
    const core = text.slice(from, whole);
    return [core, core.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

/** Which of the texts are somewhere in `where`, in any form; each found one once, never the text around it. */
export function canariesIn(where: string | Buffer, texts: readonly string[]): string[] {
  const haystack = (typeof where === 'string' ? where : where.toString('latin1')).toLowerCase();
  return texts.filter((text) => formsOf(text).some((form) => haystack.includes(form.toLowerCase())));
}
