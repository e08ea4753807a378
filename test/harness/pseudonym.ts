import { contentDigest } from '../../adapters/reading/contentDigest.ts';

/** Stands in for the vault's keyed pseudonym where no vault is needed: stable, so that fixtures can name ids. */
export function pseudonym(number: string): string {
  return contentDigest(number).slice(0, 24);
}

/** The same for names. */
export function nameTag(name: string): string {
  return contentDigest(name).slice(0, 12);
}
