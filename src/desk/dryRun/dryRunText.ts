import { TRIED } from '../../core/sentences/tried.ts';
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
      return missing === 0 ? TRIED.nb.listSame : TRIED.nb.listGone(String(missing));
    case 'refused':
      return TRIED.nb.listShrunk(String(missing));
    case 'incomplete':
      return TRIED.nb.listBroken;
    case 'held':
      return TRIED.nb.listWaits;
  }
}

/** @param effects null: not for the sender to know */
export function rowText(row: TriedRow, effects: readonly DryRunEffect[] | null): string {
  switch (row.outcome) {
    case 'quarantined':
      return TRIED.nb.mend;
    case 'rejected':
      return row.notOurs ?? TRIED.nb.notOurs;
    case 'parked':
      return TRIED.nb.parked;
    case 'duplicate':
      return row.repeats === null ? TRIED.nb.known : TRIED.nb.repeats(String(row.repeats));
    case 'applied':
      if (row.problems.length > 0) return `${effectsText(effects)} ${TRIED.nb.butWrong}`;
      if (row.held) return TRIED.nb.waits;
      return effectsText(effects);
  }
}

function effectsText(effects: readonly DryRunEffect[] | null): string {
  if (effects === null) return TRIED.nb.accepted;
  return effects.length === 0 ? TRIED.nb.stored : effects.map(effectText).join(' ');
}

/** One thing that a row would do, in a sentence. */
export function effectText(effect: DryRunEffect): string {
  const { schoolYear, tilmeldingskode, code, kind, proposed } = effect;
  const t = TRIED.nb;
  const year = String(schoolYear);
  const codes = proposed.length === 0 ? '' : ` (${proposed.join(' eller ')})`;
  const alert = kind === null ? '' : `«${alertTitle(kind)}»${codes}`;
  switch (effect.what) {
    case 'TILMELDING_APNES':
      if (tilmeldingskode === null) return t.openedBare(year, code ?? '–');
      return code === null ? t.openedUnknown(tilmeldingskode, year) : t.opened(tilmeldingskode, year, code);
    case 'TILMELDING_ENDRES':
      return tilmeldingskode === null ? t.changedBare(year) : t.changed(year, tilmeldingskode);
    case 'TILMELDING_ANNULLERES':
      return t.annulled(year);
    case 'STATUS_SETTES':
      return t.status(String(code), year);
    case 'VARSEL_SENDES':
      return t.alert(alert);
    case 'VARSEL_ENDRES':
      return t.alertChanged(alert);
    case 'VARSEL_TREKKES':
      return t.alertWithdrawn(alert);
    case 'ELDRE_VERSJON':
      return TRIED.nb.older;
    case 'HOLDES_TILBAKE':
      // Never why: a no to the other side is not the sender's to hear of.
      return TRIED.nb.withheld;
    case 'PERSONER_SLAS_SAMMEN':
      return TRIED.nb.joined;
  }
}
