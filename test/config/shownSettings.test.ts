import { describe, expect, it } from 'vitest';
import { environment } from '../../src/config/environment.ts';
import { shownSettings } from '../../src/config/shownSettings.ts';

const CANARY = 'kanarifugl-7c1e';

describe('the settings that may be shown', () => {
  it('are all the variables, each with where it comes from', () => {
    const shown = shownSettings({ HTTP_PORT: '9090', LOG_LEVEL: ' ' });
    expect(shown.map(({ name }) => name)).toEqual(Object.keys(environment.shape));
    expect(shown.find(({ name }) => name === 'HTTP_PORT')).toMatchObject({
      value: '9090',
      from: 'MILJOVARIABEL',
    });
    expect(shown.find(({ name }) => name === 'LOG_LEVEL')).toMatchObject({ value: null, from: 'STANDARD' });
  });

  it('no variable that holds a secret itself shows it, and a new one is hidden until it is listed', () => {
    const secrets = Object.keys(environment.shape).filter((name) =>
      /(^|_)(KEY|PASSWORD|SECRET|PRIVATE_KEY|CERTIFICATE|CA)$|^POLICY$/.test(name),
    );
    expect(secrets).toContain('VAULT_KEY');
    const shown = shownSettings(Object.fromEntries(secrets.map((name) => [name, CANARY])));
    expect(JSON.stringify(shown)).not.toContain(CANARY);
    for (const { name, value, from } of shown)
      if (secrets.includes(name)) expect([value, from]).toEqual([null, 'MILJOVARIABEL']);
  });

  it('an address shows where it leads, and neither user, password nor query', () => {
    const addresses = [
      'DATABASE_URL',
      'EGRESS_PROXY',
      'VIGO_URL',
      'OTEL_EXPORTER_OTLP_ENDPOINT',
      'LOGIN_ISSUER',
    ];
    const env = Object.fromEntries(
      addresses.map((name) => [
        name,
        `https://${CANARY}:${CANARY}@db.fylke.no:5433/ot?token=${CANARY}#${CANARY}`,
      ]),
    );
    const shown = shownSettings(env).filter(({ name }) => addresses.includes(name));
    expect(shown.map(({ value }) => value)).toEqual(addresses.map(() => 'https://db.fylke.no:5433/ot'));
  });
});
