/**
 * The parser rule for a written OT status: trimmed, NFC, upper-case, and whatever separates the stem from a final
 * `IM` is `_`. Nothing is added and nothing is cut: a text without the ending stays without it, for `OTAR` and
 * `OTAR_IM` lie on different sides of the target group. Never used on a B06 reason, where `IM` is a code of its own.
 */
export function canonicalSpelling(raw: string): string {
  return raw
    .trim()
    .normalize('NFC')
    .toUpperCase()
    .replace(/[-– ]IM$/, '_IM');
}
