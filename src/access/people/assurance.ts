// Levels of assurance (`acr`). Issuers may answer with less than what was asked for and say nothing about it.

/** ID-porten, Ansattporten, and ID-porten's names until 2023. */
const LEVELS: Readonly<Record<string, number>> = {
  'idporten-loa-substantial': 3,
  substantial: 3,
  Level3: 3,
  'idporten-loa-high': 4,
  high: 4,
  Level4: 4,
};
const HIGH = 4;

/** Authentication contexts of Entra ID, e.g. `c1`: the county decides what each demands. */
const CONTEXT = /^c\d{1,2}$/;

export interface Assurance {
  /** In the issuer's word. */
  acr: string | null;
  high: boolean;
  /** At least what was asked for. */
  enough: boolean;
}

/** @param wanted null: any level will do */
export function assuranceOf(claims: { acr?: unknown; acrs?: unknown }, wanted: string | null): Assurance {
  const acr = typeof claims.acr === 'string' ? claims.acr : null;
  if (wanted !== null && isContext(wanted)) {
    const given = Array.isArray(claims.acrs) && claims.acrs.includes(wanted);
    return { acr: given ? wanted : acr, high: given, enough: given };
  }
  const level = levelOf(acr);
  const asked = levelOf(wanted);
  const enough = wanted === null || acr === wanted || (asked > 0 && level >= asked);
  return { acr, high: level >= HIGH, enough };
}

export function isContext(acr: string): boolean {
  return CONTEXT.test(acr);
}

function levelOf(acr: string | null): number {
  return acr !== null && Object.hasOwn(LEVELS, acr) ? (LEVELS[acr] ?? 0) : 0;
}
