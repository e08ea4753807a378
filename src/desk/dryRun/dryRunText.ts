import type { DryRun } from '../../pipeline/dryRun/dryRun.ts';
import type { TriedRow } from '../../pipeline/dryRun/rowResult.ts';
import { alertTitle } from '../../text/alertLines.ts';
import type { DryRunEffect } from './dryRunEffect.ts';

// A dry run in sentences, for the secretary who is about to send the list.

export function sumText({ rows, counts }: Pick<DryRun, 'rows' | 'counts'>): string {
  const parts = [
    [counts.applied, 'ville blitt godtatt'],
    [counts.duplicate, counts.duplicate === 1 ? 'duplikat' : 'duplikater'],
    [counts.rejected, 'gjelder ikke denne strømmen'],
    [counts.quarantined, 'må rettes'],
    [counts.parked, 'ville ventet på en tidligere melding'],
  ] as const;
  const counted = parts.filter(([number]) => number > 0).map(([number, what]) => `${number} ${what}`);
  return `${rows.length} ${rows.length === 1 ? 'rad' : 'rader'}: ${counted.join(', ')}. Dette er en prøve: ingenting er lagret eller sendt.`;
}

export function listText({ verdict, missing }: NonNullable<DryRun['list']>): string {
  switch (verdict) {
    case 'concluded':
      return missing === 0
        ? 'Ingen mangler i listen sammenlignet med de forrige.'
        : `${missing} som sto i de forrige listene, mangler i denne og ville blitt meldt som borte. Ingen regnes som sluttet av den grunn.`;
    case 'refused':
      return `${missing} som sto i forrige liste, mangler i denne. Det er så mange at listen må bekreftes før noe sluttes av den.`;
    case 'incomplete':
      return 'Listen er ikke hel: rader mangler eller må rettes. Ingen ville blitt regnet som borte.';
    case 'held':
      return 'Radene ville ventet til hele leveransen var kommet.';
  }
}

/** @param effects null: not for the sender to know */
export function rowText(row: TriedRow, effects: readonly DryRunEffect[] | null): string {
  switch (row.outcome) {
    case 'quarantined':
      return 'Må rettes: raden ville havnet i karantene.';
    case 'rejected':
      return row.notOurs ?? 'Gjelder ikke denne strømmen.';
    case 'parked':
      return 'Ville ventet: en tidligere melding om samme person kan ikke behandles ennå.';
    case 'duplicate':
      return row.repeats === null
        ? 'Kjent fra før: endrer ingenting.'
        : `Sier det samme som rad ${row.repeats}.`;
    case 'applied':
      if (row.problems.length > 0) return `${effectsText(effects)} Godtatt, men noe annet i raden er galt.`;
      if (row.held) return 'Ville ventet til hele leveransen var kommet.';
      return effectsText(effects);
  }
}

function effectsText(effects: readonly DryRunEffect[] | null): string {
  if (effects === null) return 'Ville blitt godtatt.';
  return effects.length === 0
    ? 'Ville blitt lagret; endrer verken tilmelding, status eller varsler.'
    : effects.map(effectText).join(' ');
}

/** One thing that a row would do, in a sentence. */
export function effectText(effect: DryRunEffect): string {
  const { schoolYear, tilmeldingskode, code, kind, proposed } = effect;
  const codes = proposed.length === 0 ? '' : ` (${proposed.join(' eller ')})`;
  const alert = kind === null ? '' : `«${alertTitle(kind)}»${codes}`;
  switch (effect.what) {
    case 'TILMELDING_APNES':
      return `Ny tilmelding ${tilmeldingskode ?? 'uten kode'} for ${schoolYear} med status ${code ?? 'ukjent'}.`;
    case 'TILMELDING_ENDRES':
      return `Tilmeldingen for ${schoolYear} endres til ${tilmeldingskode ?? 'uten kode'}.`;
    case 'TILMELDING_ANNULLERES':
      return `Tilmeldingen for ${schoolYear} annulleres.`;
    case 'STATUS_SETTES':
      return `Status ${code} settes for ${schoolYear}.`;
    case 'VARSEL_SENDES':
      return `Varsel ${alert}.`;
    case 'VARSEL_ENDRES':
      return `Endret varsel ${alert}.`;
    case 'VARSEL_TREKKES':
      return `Trukket varsel ${alert}.`;
    case 'ELDRE_VERSJON':
      return 'En nyere versjon er kjent: endrer ingenting.';
    case 'HOLDES_TILBAKE':
      // Never why: a no to the other side is not the sender's to hear of.
      return 'Svaret holdes tilbake: samtykkene det krever, gjelder ikke nå.';
    case 'PERSONER_SLAS_SAMMEN':
      return 'To numre regnes som samme person.';
  }
}
