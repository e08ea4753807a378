import { places, type Source, uncommented } from './sources.ts';

// IM is «ikke møtt» in B06 and «ikke i målgruppen» at the end of an OT code. No line may make the one of the other.

/** Where the ending occurs alone for a good reason: the parser rule, and the code of B06. */
const KNOWN = [
  'src/core/codelists/otSpelling.ts',
  'src/core/codelists/leaveConsequence.ts',
  // Titles of tests.
  'src/core/rules/data/ruleTests.ts',
];

/** The ending alone, outside a whole code: something is put on, cut off or looked for. */
const ENDING = /(?<![A-Za-z_])_?IM(?![A-Za-z_])/;
/** An OT code put together of `OT` and something. */
const STEM = /['"`]OT(?:['"`]|\$\{)|['"`/]\^?OT\(?\[/;

/** Places where an OT code is put together or taken apart. */
export function joints(files: readonly Source[]): string[] {
  const asked = files.filter(
    ({ path }) => !KNOWN.includes(path) && !path.startsWith('src/core/codelists/data/'),
  );
  return [...places(asked, ENDING, uncommented), ...places(asked, STEM, uncommented)];
}
