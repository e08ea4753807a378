import type { Config } from '../config/config.ts';
import { loadPolicies } from '../config/policy.ts';
import { agreementAt, endingAgreement } from '../core/nav/agreement.ts';
import type { OrgId } from '../core/organisation.ts';
import { instantOf } from '../core/time/date.ts';
import { osloDate } from '../core/time/oslo.ts';
import type { Installation } from '../store/postgres/examination.ts';
import { type Finding, ok, warning } from '../text/findings.ts';
import { norwegianDate } from '../text/norwegian.ts';

type Found = Installation['agreements'][number];

/** The agreement with NAV of each organisation that is configured: without one NAV is asked about none, and answers wait. */
export function examineAgreements(
  config: Pick<Config, 'organisations' | 'policy'>,
  { agreements }: Pick<Installation, 'agreements'>,
): Finding[] {
  const read = loadPolicies(config.policy, config.organisations);
  const dayOf = (org: OrgId) => (read.ok ? (read.value.get(org)?.navListDay ?? null) : null);
  return config.organisations.map(({ id }) => {
    const known = agreements.find(({ org }) => org === id) ?? { org: id, now: null, terms: [], waiting: 0 };
    return finding(`Avtalen med NAV, ${id}`, known, dayOf(id));
  });
}

const CURE = 'Se NAV_NO_AGREEMENT i docs/driftshandbok.md';

/** @param day of the month on which the list is asked for; null: when someone asks */
function finding(name: string, { now, terms, waiting }: Found, day: number | null): Finding {
  const at = now ?? instantOf(Date.now());
  const waits = waiting === 0 ? '' : `; ${waiting} venter på godkjenning av en person til`;
  const agreement = agreementAt(terms, at);
  if (agreement === null && terms.length === 0)
    return day === null && waiting === 0
      ? ok(name, 'ingen er registrert: NAV spørres ikke om noen')
      : warning(
          name,
          `ingen er registrert${waits}${day === null ? '' : `, men listen skal lages den ${day}. i måneden`}`,
          `Registrer og godkjenn avtalen («ot nav avtale»), eller sett navListDay til null. ${CURE}.`,
        );
  if (agreement === null) {
    const next = terms
      .filter(({ from, revoked }) => revoked === null && from > osloDate(at))
      .sort(byFirst)[0];
    const what = next === undefined ? lastOf(terms) : `neste begynner ${norwegianDate(next.from)}`;
    return warning(
      name,
      `ingen gjelder nå: ${what}${waits}`,
      `Registrer den nye, eller godkjenn den som venter («ot nav avtale»). Svar fra NAV venter imens. ${CURE}.`,
    );
  }
  const ending = endingAgreement(terms, at);
  if (ending !== null)
    return warning(
      name,
      `slutter ${norwegianDate(ending.last)}, om mindre enn ${ending.step + 1} dager, og ingen følger den${waits}`,
      'Registrer den nye avtalen før den slutter. Se AGREEMENT_ENDS i docs/driftshandbok.md.',
    );
  return ok(name, `gjelder til ${norwegianDate(agreement.to)}${waits}`);
}

function byFirst(one: { from: string }, other: { from: string }): number {
  return one.from < other.from ? -1 : 1;
}

function lastOf(terms: Found['terms']): string {
  const last = terms.toSorted((one, other) => (one.to < other.to ? 1 : -1))[0];
  if (last === undefined) return '';
  return last.revoked === null
    ? `den siste sluttet ${norwegianDate(last.to)}`
    : `den siste ble trukket tilbake ${norwegianDate(osloDate(last.revoked.at))}`;
}
