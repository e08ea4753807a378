import { WISH_STATUSES } from '../../../src/core/codelists/data/wishStatuses.ts';
import { type WishSays, wishStatusOf } from '../../../src/core/codelists/wishStatus.ts';
import { CONTACT_REASONS } from '../../../src/core/rules/contactReason.ts';
import { GROUNDS } from '../../../src/core/rules/ground.ts';
import { outcomesOf } from '../../../src/core/rules/outcomes.ts';
import { OVERRIDES } from '../../../src/core/rules/override.ts';
import { PRECEDENCE } from '../../../src/core/rules/precedence.ts';
import { type RuleEntry, rulesInOrder } from '../../../src/core/rules/rules.ts';

// All rules as a page that an adviser or a lawyer can read, straight from the objects that the deciding code asks.

export const RULES_PAGE = new URL('../../../src/core/rules/RULES.md', import.meta.url);

/** Who does it: the marks of the domain reference's table. */
const WHO: Record<RuleEntry['kind'], string> = {
  decides: 'A',
  proposes: 'P',
  validates: 'V',
  informs: '–',
};

export function rulesPage(): string {
  return [
    '# Reglene',
    '',
    'Skrevet av `npm run rules` rett fra koden. Hvem: **A** broen gjør det selv, **P** broen foreslår og en rådgiver avgjør, **V** broen vurderer det en rådgiver har satt, **–** opplysning, ingenting å beregne. Kildene K, V, H, Å og N er de fem dokumentene i domenereferansen.',
    '',
    table(
      ['Regel', 'Hvem', 'Hvorfor', 'Fører til', 'Kilde'],
      rulesInOrder().map((rule) => [rule.id, WHO[rule.kind], rule.text, outcomes(rule), rule.source]),
    ),
    '',
    '## Rekkefølgen når en rådgivers valg vurderes',
    '',
    'Et avslag går foran en advarsel; ellers gjelder den første linjen som passer. Et valg som får avslag, blir ikke status; et valg med advarsel blir stående. «Kan fastholdes» betyr at rådgiver kan la valget stå med en begrunnelse (`fastholdtFordi`), og det telles. Det som bare er kjent fra andre kilder, gir aldri mer enn en advarsel.',
    '',
    table(
      ['Nr.', 'Regel', 'Svar', 'Kan fastholdes', 'Foreslår'],
      PRECEDENCE.map(({ rule, verdict, mayStand, instead }, at) => [
        String(at + 1),
        rule.id,
        verdict === 'REFUSED' ? 'avslag' : 'advarsel',
        mayStand ? 'ja' : 'nei',
        instead.proposed.join(', ') + (instead.among === undefined ? '' : ' (det som passer)'),
      ]),
    ),
    '',
    'Til slutt: når ingen av grunnlagene taler for koden, gir det første som taler for en annen, en advarsel. Det gjør også det første som ikke kan være sant ved siden av koden, selv om et annet taler for den: et grunnlag som passer, skjuler ikke et som ikke gjør det.',
    '',
    '## Grunnlag (`grunnlag`)',
    '',
    table(
      ['Stikkord', 'Betyr', 'Regel', 'Taler for'],
      Object.entries(GROUNDS).map(([key, { text, rule, codes }]) => [
        key,
        text,
        rule,
        codes.join(', ') || '–',
      ]),
    ),
    '',
    '## Hva som hindrer kontakt (`grunn`)',
    '',
    table(
      ['Stikkord', 'Betyr', 'Kilde'],
      Object.entries(CONTACT_REASONS).map(([key, { text, source }]) => [key, text, source]),
    ),
    '',
    '## Begrunnelse for å fastholde (`fastholdtFordi`)',
    '',
    table(
      ['Stikkord', 'Betyr'],
      Object.entries(OVERRIDES).map(([key, text]) => [key, text]),
    ),
    '',
    '## Ønskestatus fra VIGO (`onskestatus`)',
    '',
    'Én ungdom har flere ønsker, og de leses samlet for hvert skoleår (Q16): en plass går foran alt; et nei teller først når verken en plass eller et tilbud står; det som ikke sier noe, avgjør ingenting. Kodene og tekstene er VIGOs (kodeverk.vigo.no, wish-statuses); hva de betyr, er lest ut av tekstene og skal bekreftes av fylket.',
    '',
    table(
      ['Nr.', 'Kode', 'Tekst', 'Sier', 'Tilmeldingskode'],
      WISH_STATUSES.map(({ number, code, text }) => {
        const { says, meaning } = wishStatusOf({ code });
        const no = meaning === 'declined' ? 'TAKKET_NEI' : 'ANDRE_GRUNNER';
        return [String(number), code, text, SAYS[says], says === 'no' ? no : '–'];
      }),
    ),
    '',
  ].join('\n');
}

const SAYS: Record<WishSays, string> = {
  place: 'plass',
  offer: 'åpent tilbud',
  no: 'nei',
  nothing: 'ingenting',
};

/** The official codes and alert kinds in what the rule leads to, in their order. */
function outcomes(rule: RuleEntry): string {
  return (
    outcomesOf(rule)
      .map(({ code }) => code)
      .join(', ') || '–'
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}
