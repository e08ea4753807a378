import type { z } from 'zod';
import { DisclosuresSchema, YouthDisclosuresSchema } from '../api/schema/disclosureSchema.ts';
import { NavBatchListSchema, NavBatchSchema, NavDeliveryListSchema } from '../api/schema/navSchema.ts';
import { UUID } from '../core/uuid.ts';
import { disclosureLines, looseDeliveryLines, navListLines } from '../text/navLines.ts';
import { found } from './answer.ts';
import { type Ask, CommandFailed, EXIT } from './ask.ts';
import type { Command } from './command.ts';
import { agreements } from './navAgreements.ts';
import { extract } from './navList.ts';
import { everyPage } from './pages.ts';

export const nav: Command = {
  form: 'nav <uttrekk|status|batch|utlevert|avtale> <org> [måned|liste|referanse|registrer|godkjenn|avslå|trekk] …',
  help: 'månedens liste til NAV: lag den (og skriv den som .csv eller .jsonl), se hvor langt den er kommet; hva NAV har fått vite om en ungdom eller i en liste; avtalene: registrer, godkjenn, avslå eller trekk en tilbake',
  // An agreement is registered by its six flags; `motpart` has more too (navCounterpart.ts).
  takes: [2, 15],
  run: act,
};

async function act(ask: Ask, [what, org = '', ...rest]: readonly string[]): Promise<string> {
  const [which, file] = rest;
  const at = `/organisations/${encodeURIComponent(org)}/nav`;
  switch (what) {
    case 'uttrekk':
      if (which === undefined) throw usage();
      return extract(ask, { org, month: which, file });
    case 'status': {
      const { batches } = found(NavBatchListSchema, await ask(`${at}/batches`), org);
      const { deliveries } = found(NavDeliveryListSchema, await ask(`${at}/deliveries`), org);
      const loose = deliveries.filter(({ batch }) => batches.every(({ id }) => id !== batch));
      const lists =
        batches.length === 0 ? [`Ingen liste er laget for ${org} ennå.`] : batches.map(navListLines);
      return [...lists, ...looseDeliveryLines(loose)].join('\n');
    }
    case 'batch': {
      if (which === undefined) throw usage();
      const path = `${at}/batches/${encodeURIComponent(which)}`;
      return manifest(found(NavBatchSchema, await ask(path), org));
    }
    case 'utlevert':
      if (which === undefined) throw usage();
      return disclosed(ask, { org, about: which });
    case 'avtale':
      return agreements(ask, org, rest);
    default:
      throw usage();
  }
}

/** Of a youth by its reference, or of a month's list. */
async function disclosed(ask: Ask, { org, about }: { org: string; about: string }): Promise<string> {
  const at = `/organisations/${encodeURIComponent(org)}`;
  if (UUID.test(about)) {
    const path = `${at}/youths/${about}/disclosures?limit=500`;
    const pages = await everyPage(ask, { schema: YouthDisclosuresSchema, path, org });
    const all = pages.flatMap(({ disclosures }) => disclosures);
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
