import { contentDigest } from '../../adapters/reading/contentDigest.ts';
import type { Fodselsnummer } from '../../src/core/person/fodselsnummer.ts';
import { type PersonRef, personRef } from '../../src/core/person/reference.ts';
import { PAIRWISE } from '../../src/store/pairwise.ts';

/** Replaces the vault's keyed pseudonym where no vault is needed: stable, so that fixtures can name ids. */
export function pseudonym(fodselsnummer: Fodselsnummer): string {
  return contentDigest(fodselsnummer.reveal()).slice(0, 24);
}

/** The same for names. */
export function nameTag(name: string): string {
  return contentDigest(name).slice(0, 12);
}

/** The same for match ids: one reference for all. */
export function askedRef(_batch: string, matchId: string): PersonRef | undefined {
  return PAIRWISE.test(matchId) ? personRef('6f1c0e9d-2b7a-4583-a1d4-c6e8f0b29375') : undefined;
}
