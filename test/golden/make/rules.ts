import { WISH_STATUSES } from '../../../src/core/codelists/data/wishStatuses.ts';
import { statusIn } from '../../../src/core/codelists/otStatus.ts';
import { type WishSays, wishStatusOf } from '../../../src/core/codelists/wishStatus.ts';
import { TILMELDINGSKODER } from '../../../src/core/report/stock.ts';
import { CONTACT_REASONS } from '../../../src/core/rules/contactReason.ts';
import { GROUNDS } from '../../../src/core/rules/ground.ts';
import { OVERRIDES } from '../../../src/core/rules/override.ts';
import { PRECEDENCE } from '../../../src/core/rules/precedence.ts';
import { RULES, type RuleEntry } from '../../../src/core/rules/rules.ts';
import { ALERT_KINDS, type Deadline } from '../../../src/core/youth/youthEvent.ts';

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
      sortedRules().map((rule) => [rule.id, WHO[rule.kind], rule.text, outcomes(rule), rule.source]),
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

/** Numbered rules first, then decisions and the rest, each by number. */
function sortedRules(): RuleEntry[] {
  const place = ({ id }: RuleEntry) => `${id.startsWith('R') ? 0 : id.startsWith('Q') ? 1 : 2}${id}`;
  return [...RULES].sort((one, other) => (place(one) < place(other) ? -1 : 1));
}

/** The official codes and alert kinds in what the rule leads to, in their order. */
function outcomes({ leadsTo }: RuleEntry): string {
  const found = new Set<string>();
  collect(leadsTo, found);
  return [...found].join(', ') || '–';
}

/** Words of the code's own (`ADVISER`, `GROUNDS`) mean nothing to an adviser. */
function isOfficial(text: string): boolean {
  return (
    statusIn('OT-2016-07', text) !== undefined ||
    [ALERT_KINDS, TILMELDINGSKODER, DEADLINES].some((names) => names.some((name) => name === text))
  );
}

const DEADLINES: readonly Deadline['what'][] = [
  'KONTAKT',
  'VEILEDNINGSTIME',
  'AVKLARINGSSAMTALE',
  'AVKLARINGSMOTE',
  'OPPFOLGING',
];

function collect(value: unknown, found: Set<string>): void {
  if (typeof value === 'string') {
    if (isOfficial(value)) found.add(value);
  } else if (value instanceof Map) {
    for (const content of value.values()) collect(content, found);
  } else if (value instanceof Set || Array.isArray(value)) {
    for (const content of value) collect(content, found);
  } else if (typeof value === 'object' && value !== null) {
    for (const content of Object.values(value)) collect(content, found);
  }
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}
