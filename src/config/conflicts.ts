import { accessConflicts } from './accessRules.ts';
import type { Conflict } from './conflict.ts';
import { organisationsOf, portsOf } from './defaults.ts';
import type { Settings, Variable } from './environment.ts';
import { transportConflicts } from './transportConflicts.ts';

// Rules that concern several variables together.

/** @param given whether a variable is set at all, also to an unreadable value */
export function conflicts(set: Settings, given: (name: Variable) => boolean): Conflict[] {
  return [
    ...missing(given),
    ...realParts(set, given),
    ...repeatedOrganisations(set),
    ...portClashes(set, given),
    ...vigo(set, given),
    ...accessConflicts(set, given),
    ...transportConflicts(set, given),
    ...audit(set, given),
  ];
}

function missing(given: (name: Variable) => boolean): Conflict[] {
  const found: Conflict[] = [];
  const database = given('DATABASE_URL');
  if ((database || given('KAFKA_BROKERS')) && !given('ORGANISATIONS')) {
    found.push({ name: 'ORGANISATIONS', text: 'må settes når KAFKA_BROKERS eller DATABASE_URL er satt' });
  }
  if (database && !given('OT_ENVIRONMENT')) {
    found.push({
      name: 'OT_ENVIRONMENT',
      text: 'må settes når DATABASE_URL er satt (test eller production)',
    });
  }
  if (database && !given('VAULT_KEY') && !given('VAULT_KEY_FILE')) {
    found.push({ name: 'VAULT_KEY_FILE', text: 'eller VAULT_KEY må settes når DATABASE_URL er satt' });
  }
  if (given('VAULT_KEY') && given('VAULT_KEY_FILE')) {
    found.push({ name: 'VAULT_KEY', text: 'og VAULT_KEY_FILE kan ikke begge være satt' });
  }
  if (given('POLICY') && given('POLICY_FILE')) {
    found.push({ name: 'POLICY', text: 'og POLICY_FILE kan ikke begge være satt' });
  }
  return found;
}

function realParts(set: Settings, given: (name: Variable) => boolean): Conflict[] {
  const found: Conflict[] = [];
  if (set.OT_ENVIRONMENT === 'production' && !(given('KAFKA_BROKERS') && given('DATABASE_URL'))) {
    const text =
      'kan ikke være production uten både KAFKA_BROKERS og DATABASE_URL: innebygde deler er ikke for drift';
    found.push({ name: 'OT_ENVIRONMENT', text });
  }
  if (!given('KAFKA_BROKERS') && (set.TOPIC_REPLICATION ?? 1) > 1) {
    found.push({ name: 'TOPIC_REPLICATION', text: 'kan bare være 1 med innebygd Kafka, som er én node' });
  }
  return found;
}

/** A key made in passing, next to what it signs, proves nothing. */
function audit(set: Settings, given: (name: Variable) => boolean): Conflict[] {
  if (set.OT_ENVIRONMENT !== 'production' || !given('DATABASE_URL')) return [];
  const needed = ['AUDIT_KEY_FILE', 'AUDIT_CHECKPOINT_DIR'] as const;
  return needed
    .filter((name) => !given(name))
    .map((name) => ({ name, text: 'må settes når OT_ENVIRONMENT er production' }));
}

function repeatedOrganisations({ ORGANISATIONS = [] }: Settings): Conflict[] {
  const names = new Set(ORGANISATIONS.map(({ id }) => id));
  const counties = new Set(ORGANISATIONS.map(({ county }) => county));
  const repeated = names.size < ORGANISATIONS.length || counties.size < ORGANISATIONS.length;
  return repeated
    ? [{ name: 'ORGANISATIONS', text: 'nevner en organisasjon eller et fylkesnummer to ganger' }]
    : [];
}

function portClashes(set: Settings, given: (name: Variable) => boolean): Conflict[] {
  const { kafka, postgres, http } = portsOf(set);
  const uses: [Variable, number][] = [['HTTP_PORT', http]];
  if (set.INTERNAL_PORT !== undefined) uses.push(['INTERNAL_PORT', set.INTERNAL_PORT]);
  if (!given('DATABASE_URL')) uses.push(['EMBEDDED_PG_PORT', postgres]);
  if (!given('KAFKA_BROKERS')) uses.push(['EMBEDDED_KAFKA_PORT', kafka], ['EMBEDDED_KAFKA_PORT', kafka + 1]);
  return uses.flatMap(([name, port], index) => {
    const other = uses.slice(0, index).find(([, taken]) => taken === port);
    return other
      ? [{ name, text: `og ${other[0]} bruker samme port (innebygd Kafka bruker også porten etter sin)` }]
      : [];
  });
}

const NEED_VIGO_URL = [
  'VIGO_API_KEY_FILE',
  'VIGO_API_KEY',
  'VIGO_COUNTIES',
  'VIGO_OT_AT',
  'VIGO_LAKTIV_AT',
  'VIGO_SHRINKAGE_LIMIT',
] as const;

function vigo(set: Settings, given: (name: Variable) => boolean): Conflict[] {
  if (!given('VIGO_URL')) {
    return NEED_VIGO_URL.filter(given).map((name) => ({ name, text: 'virker ikke uten VIGO_URL' }));
  }
  const found: Conflict[] = [];
  if (!given('VIGO_API_KEY') && !given('VIGO_API_KEY_FILE')) {
    found.push({ name: 'VIGO_API_KEY_FILE', text: 'eller VIGO_API_KEY må settes når VIGO_URL er satt' });
  }
  if (given('VIGO_API_KEY') && given('VIGO_API_KEY_FILE')) {
    found.push({ name: 'VIGO_API_KEY', text: 'og VIGO_API_KEY_FILE kan ikke begge være satt' });
  }
  const counties = organisationsOf(set).map(({ county }) => county);
  if (set.VIGO_COUNTIES?.some((county) => !counties.includes(county))) {
    found.push({ name: 'VIGO_COUNTIES', text: 'nevner et fylke som ikke står i ORGANISATIONS' });
  }
  return found;
}
