import { PURPOSE } from '../sentences/purposes.ts';

/** Purposes for which an adviser may look up the person behind a reference; the code is stored in the lookup log. */
export const PURPOSES = PURPOSE.nb;

export type Purpose = keyof typeof PURPOSES;

export const PURPOSE_NAMES = Object.keys(PURPOSES) as [Purpose, ...Purpose[]];
