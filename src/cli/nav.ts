import type { z } from 'zod';
import { DisclosuresSchema, YouthDisclosuresSchema } from '../api/schema/disclosureSchema.ts';
import { NavBatchListSchema, NavBatchSchema, NavDeliveryListSchema } from '../api/schema/navSchema.ts';
import { UUID } from '../core/uuid.ts';
import { disclosureLines, looseDeliveryLines, navListLines } from '../text/navLines.ts';
import { found, told } from './answer.ts';
import { type Ask, CommandFailed, EXIT } from './ask.ts';
import type { Command } from './command.ts';
import { withoutJson } from './flags.ts';
import { agreements } from './navAgreements.ts';
import { extract } from './navList.ts';
import { everyPage } from './pages.ts';
import { USAGE } from './usage.ts';

export const nav: Command = {
  ...USAGE.nav,
  run: act,
};

async function act(ask: Ask, args: readonly string[]): Promise<string> {
  const { words, json } = withoutJson(args);
  const [what, org = '', ...rest] = words;
  const [which, file] = rest;
  const at = `/organisations/${encodeURIComponent(org)}/nav`;
  switch (what) {
    case 'uttrekk':
      if (which === undefined) throw usage();
      return extract(ask, { org, month: which, file, json });
    case 'status': {
      const { batches } = found(NavBatchListSchema, await ask(`${at}/batches`), org);
      const { deliveries } = found(NavDeliveryListSchema, await ask(`${at}/deliveries`), org);
      if (json) return JSON.stringify({ batches, deliveries }, null, 2);
      const loose = deliveries.filter(({ batch }) => batches.every(({ id }) => id !== batch));
      const lists =
        batches.length === 0 ? [`Ingen liste er laget for ${org} ennå.`] : batches.map(navListLines);
      return [...lists, ...looseDeliveryLines(loose)].join('\n');
    }
    case 'batch': {
      if (which === undefined) throw usage();
      const path = `${at}/batches/${encodeURIComponent(which)}`;
      return told(json, found(NavBatchSchema, await ask(path), org), manifest);
    }
    case 'utlevert':
      if (which === undefined) throw usage();
      return disclosed(ask, { org, about: which, json });
    case 'avtale':
      return agreements(ask, { org, json }, rest);
    default:
      throw usage();
  }
}

/** Of a youth by its reference, or of a month's list. */
async function disclosed(
  ask: Ask,
  { org, about, json }: { org: string; about: string; json: boolean },
): Promise<string> {
  const at = `/organisations/${encodeURIComponent(org)}`;
  if (UUID.test(about)) {
    const path = `${at}/youths/${about}/disclosures?limit=500`;
    const pages = await everyPage(ask, { schema: YouthDisclosuresSchema, path, org });
    const all = pages.flatMap(({ disclosures }) => disclosures);
    if (json) return JSON.stringify({ ...pages[0], disclosures: all, next: null }, null, 2);
    return all.length === 0 ? 'NAV har ikke fått vite noe om ungdommen.' : disclosureLines(all, 'one');
  }
  if (!/^B-\d{4}-\d{2}$/.test(about))
    throw new CommandFailed(
      'Oppgi referansen til ungdommen, slik den står i varsler, eller en liste, for eksempel B-2026-11.',
      EXIT.usage,
    );
  const path = `${at}/nav/disclosures?batch=${about}&limit=500`;
  const pages = await everyPage(ask, { schema: DisclosuresSchema, path, org });
  const all = pages.flatMap(({ disclosures }) => disclosures);
  if (json) return JSON.stringify({ ...pages[0], disclosures: all, next: null }, null, 2);
  return all.length === 0 ? `Ingenting i ${about} er utlevert.` : disclosureLines(all, 'several');
}

type Batch = z.infer<typeof NavBatchSchema>;

function manifest(batch: Batch): string {
  const { extracted, recipient, agreement, sha256, sha256Csv } = batch;
  return [
    navListLines(batch),
    `trukket ut ${extracted}, til ${recipient}, avtale ${agreement}`,
    ...(sha256 === null ? [] : [`sha256 ${sha256} (.jsonl)`]),
    ...(sha256Csv === null ? [] : [`sha256 ${sha256Csv} (.csv)`]),
  ].join('\n');
}

function usage(): CommandFailed {
  return new CommandFailed(`Skriv ${nav.form}.`, EXIT.usage);
}
