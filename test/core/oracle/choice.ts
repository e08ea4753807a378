import { accompanies } from './accompany.ts';
import { COUNTY_PART, MEASURES, NAV_PART, ORDINARY, PAIRS, SPEAKS, WITHOUT_CONTACT } from './tables.ts';

// §1.6 and the precedence at its end, as one reads it from top to bottom.

export interface Said {
  /** With «no» to viaOT counted in. */
  code: string;
  via: string;
  stated: readonly string[];
  /** What is known besides, as grounds. */
  known: readonly string[];
  contacted: boolean;
  reasoned: boolean;
  /** Another source has reported what the code says. */
  borneOut?: boolean;
  /** What is known against it. */
  contradicted?: { rule: string; proposed: string[] } | null;
}

export interface Judged {
  verdict: 'ok' | 'refused' | 'waits' | 'warned';
  rule?: string;
  proposed?: string[];
}

export function judged(said: Said): Judged {
  const { code, stated, known, contacted, reasoned } = said;
  if (code === 'OTNO' && stated.includes('IKKE_SVART'))
    return { verdict: 'refused', rule: 'R24', proposed: ['OTUK'] };
  const founded = SPEAKS.some(([name, , codes]) => stated.includes(name) && codes.split(' ').includes(code));
  if (
    !contacted &&
    code !== 'OTUK' &&
    !(WITHOUT_CONTACT.includes(code) && (founded || said.borneOut === true))
  )
    return { verdict: 'waits', rule: stated.includes('IKKE_SVART') ? 'R03' : 'R02', proposed: ['OTUK'] };
  if (reasoned) return { verdict: 'ok' };
  const forbidden = forbids(said, stated).find(({ strict }) => strict);
  if (forbidden !== undefined)
    return { verdict: 'refused', rule: forbidden.rule, proposed: forbidden.proposed };
  const spokenAgainst =
    said.contradicted ??
    forbids(said, [...stated, ...known]).find(({ own }) => own?.(stated) ?? true) ??
    unspoken(said);
  if (spokenAgainst === undefined) return { verdict: 'ok' };
  return { verdict: 'warned', rule: spokenAgainst.rule, proposed: spokenAgainst.proposed };
}

interface Against {
  rule: string;
  proposed: string[];
  strict: boolean;
  /** The adviser's own grounds must ask it too. */
  own?: (stated: readonly string[]) => boolean;
}

function forbids({ code, via }: Said, grounds: readonly string[]): Against[] {
  const any = (...names: readonly string[]) => names.some((name) => grounds.includes(name));
  const against: Against[] = [];
  const line = (rule: string, proposed: string[], strict = true) => against.push({ rule, proposed, strict });
  const pair = PAIRS.find((each) => each.includes(code));
  const side = sideOf(code, via);
  const works = any('FOLGES_OPP_AKTIVT', 'ONSKER_MER_AKTIVITET');
  const soft = (rule: string, proposed: string[]) => line(rule, proposed, false);
  const own = (applies: (names: readonly string[]) => boolean, rule: string, proposed: string[]) => {
    if (applies(grounds)) against.push({ rule, proposed, strict: false, own: applies });
  };
  // Not to be registered at all.
  if (code !== 'FEIL' && code !== 'OTUK' && any('FULLFORT', 'FEILREGISTRERT')) line('R39', ['FEIL']);
  // Already in activity?
  if (pair !== undefined && side === 'JA' && any('VAR_I_AKTIVITET'))
    line(pair[0] === 'OTAR' ? 'R19' : 'R11', [pair[1]]);
  if (pair !== undefined && side === 'NEI' && any('KOM_I_AKTIVITET'))
    line(pair[0] === 'OTAR' ? 'R18' : 'R12', [pair[0]]);
  // Actively followed up?
  if (pair?.[0] === 'OTAR' && any('ONSKER_MER_AKTIVITET')) line('R20', ['OTOV']);
  if (pair?.[0] === 'OTAR' && any('FOLGES_OPP_AKTIVT')) soft('R20', ['OTOV']);
  if (code === 'OTFU_IM' && any('ELEV_UTLAND')) line('R21', ['OTEV', 'OTEV_IM']);
  if (code === 'OTFU_IM' && (works || any('DIALOG', 'HENVIST_NAV', 'NEI_TIL_TILTAK'))) line('R38', ['OTOV']);
  // The specific code before OTNO.
  if (code === 'OTNO' && (works || any('NEI_TIL_TILTAK'))) line('R25', ['OTOV']);
  if (code === 'OTNO') {
    const specific = wanted(grounds, side).filter((each) => each !== 'OTNO' && each !== 'OTOV');
    const over = any('TILBUD_AVSLATT', 'TILTAK_VIRKET_IKKE');
    const has = SPEAKS.some(
      ([name, , codes]) =>
        grounds.includes(name) && !['', 'OTOV', 'OTNO'].includes(codes) && !(over && MEASURES.includes(name)),
    );
    if (has) line('R26', specific, false);
    const says = (names: readonly string[]) =>
      SPEAKS.some(([name, , codes]) => names.includes(name) && codes !== '');
    own((names) => !says(names), 'R24', ['OTOV']);
  }
  // Group 4 is whom OT does not work with.
  if (code === 'OTSY' && works) soft('R30', ['OTOV']);
  if ((code === 'OTMI' || code === 'OTBA') && works) soft('R32', ['OTOV']);
  // Is NAV involved?
  if (code === 'OTOA' && any(...NAV_PART)) line('R14', ['OTKO']);
  if (code === 'OTAP' && any(...COUNTY_PART)) line('R17', ['OTKO']);
  if (code === 'OTKO') {
    const none = (names: readonly string[], parts: readonly string[]) =>
      !parts.some((part) => names.includes(part));
    own((names) => names.includes('FYLKETS_TILTAK') && none(names, ['FYLKET_DELTAR', ...NAV_PART]), 'R13', [
      'OTOA',
    ]);
    own(
      (names) => names.includes('NAV_TILTAK') && none(names, ['NAV_PRAKSIS', 'NAV_MIDLER', ...COUNTY_PART]),
      'R15',
      ['OTAP'],
    );
  }
  // Private before public.
  if (pair?.[0] === 'OTEV' && any('ELEV_PRIVAT')) line('R22', ofSide(['OTVF', 'OTVF_IM'], side));
  // Ordinary training is no measure, and a youth in activity is not only followed up.
  if (code === 'OTOA' && any(...ORDINARY)) line('R13', wanted(only(grounds, ORDINARY), side));
  if (code === 'OTOV') {
    const failed = any('TILBUD_AVSLATT', 'TILTAK_VIRKET_IKKE', 'NEI_TIL_TILTAK');
    const active =
      any(...ORDINARY, 'KURS_UTEN_KOMPETANSE') ||
      (any(...MEASURES) && !failed) ||
      (any('I_ARBEID') && !works);
    const activity = [...ORDINARY, ...MEASURES, 'KURS_UTEN_KOMPETANSE', 'I_ARBEID'];
    if (active) line('R10', wanted(only(grounds, activity), side));
  }
  return against;
}

/** None of the grounds speaks for the code. */
function unspoken({ code, via, stated, known }: Said): Against | undefined {
  const side = sideOf(code, via);
  const abroad = stated.includes('FOLGES_OPP_AKTIVT');
  const speaking = (names: readonly string[]) =>
    SPEAKS.filter(
      ([name, , codes]) => names.includes(name) && codes !== '' && !(abroad && codes === 'OTFU_IM'),
    );
  const first = speaking(stated);
  const speaks = ([, , codes]: (typeof SPEAKS)[number]) => codes.split(' ').includes(code);
  const followed = code === 'OTOV' && abroad;
  if (first.length > 0 && !first.some(speaks) && !followed)
    return { rule: first[0]![1], proposed: wanted(stated, side), strict: false };
  const asked = PAIRS.find((each) => each.includes(code))?.[0] ?? code;
  const unexplained = first.filter((each) => !speaks(each) && !accompanies(each[0], asked, stated));
  if (unexplained.length > 0) {
    const names = unexplained.map(([name]) => name);
    return { rule: unexplained[0]![1], proposed: wanted(names, side), strict: false };
  }
  const training = PAIRS.some((each) => each[0] !== 'OTAR' && each.includes(code));
  if (!training || known.length === 0) return undefined;
  const places = only([...stated, ...known], ORDINARY);
  const then = speaking(places);
  if (then.length === 0 || then.some(([, , codes]) => codes.split(' ').includes(code))) return undefined;
  return { rule: then[0]![1], proposed: wanted(places, side), strict: false };
}

/** The codes that the grounds ask for, on the side that is answered. */
function wanted(grounds: readonly string[], side: string): string[] {
  const codes = new Set<string>();
  for (const [name, , list] of SPEAKS) {
    if (!grounds.includes(name) || list === '' || MEASURES.includes(name)) continue;
    if (list.startsWith('OTEV') && grounds.includes('ELEV_PRIVAT')) continue;
    for (const code of list.split(' ')) codes.add(code);
  }
  const county = COUNTY_PART.some((name) => grounds.includes(name));
  const nav = NAV_PART.some((name) => grounds.includes(name));
  if (grounds.includes('FYLKET_DELTAR') || (county && nav)) codes.add('OTKO');
  else if (county) codes.add('OTOA').add('OTKO');
  else if (nav) codes.add('OTAP').add('OTKO');
  else if (grounds.includes('I_TILTAK')) codes.add('OTOA').add('OTAP').add('OTKO');
  return ofSide([...codes], side);
}

function sideOf(code: string, via: string): string {
  return PAIRS.some(([, no]) => no === code) ? 'NEI' : via;
}

function ofSide(codes: readonly string[], side: string): string[] {
  return codes.filter((code) => {
    if (side === 'JA') return !PAIRS.some(([, no]) => no === code);
    return side !== 'NEI' || !PAIRS.some(([yes]) => yes === code);
  });
}

const only = (grounds: readonly string[], names: readonly string[]) =>
  grounds.filter((name) => names.includes(name));
