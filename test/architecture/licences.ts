/** What a dependency of the program may be under: all of them permissive, none asks anything of those who run it. */
const PERMITTED = ['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'BlueOak-1.0.0'];

export interface LockedPackage {
  dev?: boolean;
  devOptional?: boolean;
  optional?: boolean;
  license?: string;
}

/**
 * Packages the program is installed with, transitive ones too, whose licence is not permitted, each with the licence.
 * @param locked `packages` of the lock file: a place in `node_modules` → its entry
 * @param licenceOf what the installed package says itself; undefined when it is not installed
 */
export function strayLicences(
  locked: Readonly<Record<string, LockedPackage>>,
  licenceOf: (place: string) => unknown,
): string[] {
  return Object.entries(locked).flatMap(([place, entry]) => {
    if (place === '' || entry.dev || entry.devOptional) return [];
    // Built for another platform: not installed here, so the lock file's word is taken.
    const licence = licenceOf(place) ?? (entry.optional ? entry.license : undefined);
    return typeof licence === 'string' && PERMITTED.includes(licence)
      ? []
      : [`${place.replace('node_modules/', '')} ${JSON.stringify(licence) ?? 'says no licence'}`];
  });
}
