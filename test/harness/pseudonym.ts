import { contentDigest } from '../../adapters/reading/contentDigest.ts';
import type { Fodselsnummer } from '../../src/core/person/fodselsnummer.ts';

/** Replaces the vault's keyed pseudonym where no vault is needed: stable, so that fixtures can name ids. */
export function pseudonym(fodselsnummer: Fodselsnummer): string {
  return contentDigest(fodselsnummer.reveal()).slice(0, 24);
}

/** The same for names. */
export function nameTag(name: string): string {
  return contentDigest(name).slice(0, 12);
}
