// The same name as other systems write it: without the letters their alphabet lacks, or two words in one. Only for asking
// whether a name fits a known number: two people may well be called Møller and Moller.

/** Letters of their own, and what they become in systems without them. `Å`, `Æ` and `Ä` all become `A` somewhere, and
 *  `AA` or `AE` elsewhere: one letter represents all of them. */
const FOLDED: Readonly<Record<string, string>> = {
  Å: 'A',
  Æ: 'A',
  Ä: 'A',
  Ë: 'E',
  Ï: 'I',
  Ÿ: 'Y',
  Ø: 'O',
  Ö: 'O',
  Ü: 'U',
  Đ: 'D',
  Ð: 'D',
  Ł: 'L',
  Ŋ: 'N',
  Ŧ: 'T',
  Þ: 'TH',
};

/** Longest particle of a family name that some write as a part of it: `Al Hassan`, `Mc Donald`. */
const LONGEST_PARTICLE = 3;

/**
 * Folded forms of a name whose compared form is `exact`, without that one; none when it can be written in one way only.
 * @param given its words in capital letters, hyphens left in; so are those of `family`.
 */
export function otherSpellings(
  exact: string,
  given: readonly string[],
  family: readonly string[],
): readonly string[] {
  const firsts = wordsOr(given[0] ?? '', 0);
  const lasts = wordsOr(family.at(-1) ?? '', -1);
  const particles = particlesOf(family);
  if (particles !== '') lasts.push(particles + joined(family.at(-1) ?? ''));
  const forms = new Set(firsts.flatMap((first) => lasts.map((last) => `${fold(first)} ${fold(last)}`)));
  forms.delete(exact);
  return [...forms];
}

/** Of a word with a hyphen the part that is compared, and the whole in one. */
function wordsOr(word: string, part: 0 | -1): string[] {
  const parts = word.split('-').filter((each) => each !== '');
  const [chosen = ''] = part === 0 ? parts : parts.slice(-1);
  return parts.length < 2 ? [chosen] : [chosen, joined(word)];
}

function joined(word: string): string {
  return word.replaceAll('-', '');
}

function particlesOf(family: readonly string[]): string {
  let particles = '';
  for (let at = family.length - 2; at >= 0; at -= 1) {
    const word = joined(family[at] ?? '');
    if (word.length > LONGEST_PARTICLE) break;
    particles = word + particles;
  }
  return particles;
}

function fold(word: string): string {
  return word
    .replace(/[^A-Z]/gu, (letter) => FOLDED[letter] ?? letter)
    .replace(/A[AE]+/g, 'A')
    .replace(/OE/g, 'O')
    .replace(/UE/g, 'U');
}
