import { afterEach, expect, test } from 'vitest';
import type { LoginSettings } from '../../src/access/people/loginSettings.ts';
import type { AccessHolder } from '../../src/store/accessPort.ts';
import { createBrowser } from '../harness/browser.ts';
import { type LoginServer, startLoginServer } from '../harness/loginServer.ts';
import { type OidcServer, startOidcServer } from '../harness/oidcServer.ts';

// The three issuers a county may use, each as a real server set up like it.

const TENANT = '11111111-2222-3333-4444-555555555555';
let closing: (LoginServer | OidcServer)[] = [];
afterEach(async () => {
  await Promise.all(closing.map((each) => each.close()));
  closing = [];
});

async function logIn(
  settings: Pick<LoginSettings, 'acr' | 'resource' | 'tenant'>,
  person: OidcServer['person'],
) {
  const asked: AccessHolder[] = [];
  let issuer: OidcServer | undefined;
  const server = await startLoginServer({
    async settings(origin) {
      issuer = await startOidcServer(origin);
      issuer.person = person;
      const { issuer: name, clientId, clientKey } = issuer;
      return { issuer: name, clientId, clientKey, ...settings };
    },
    async rolesOf(who) {
      asked.push(who);
      return [];
    },
  });
  if (issuer === undefined) throw new Error('no issuer');
  closing.push(server, issuer);
  const { url, text } = await createBrowser().go(`${server.url}/login?return=/me`);
  return { url, answer: JSON.parse(text), issuer, who: asked.at(-1), logged: server.logged };
}

test('Ansattporten: roles by the organisation that the person represents', async () => {
  const party = { orgno: { authority: 'iso6523-actorid-upis', ID: '0192:889640782' }, resource: 'ot-bridge' };
  const { issuer, who, answer } = await logIn(
    { acr: 'high', resource: 'ot-bridge', tenant: null },
    {
      sub: 's1',
      acr: 'high',
      claims: {
        pid: '14830989960',
        authorization_details: [
          {
            type: 'ansattporten:altinn:resource',
            resource: 'urn:altinn:resource:ot-bridge',
            authorized_parties: [party],
          },
        ],
      },
    },
  );
  expect(issuer.asked[0]?.authorization_details).toContain('urn:altinn:resource:ot-bridge');
  expect(who).toMatchObject({ orgnrs: ['889640782'], groups: [] });
  expect(answer).toMatchObject({ kind: 'person', high: true });
});

test('ID-porten: the person alone, as a key that differs from the number and between issuers', async () => {
  const settings = { acr: 'idporten-loa-high', resource: null, tenant: null };
  const person = { sub: 's1', acr: 'idporten-loa-high', claims: { pid: '14830989960' } };
  const one = await logIn(settings, person);
  const other = await logIn(settings, person);
  expect(one.who?.person).toMatch(/^[0-9a-f]{64}$/);
  expect(one.who?.person).not.toBe(other.who?.person);
  expect(one.who).toMatchObject({ orgnrs: [], groups: [] });
});

test('Entra ID: roles by the groups of the county’s own tenant', async () => {
  const settings = { acr: null, resource: null, tenant: TENANT };
  const claims = { tid: TENANT, oid: 'o1', groups: ['group-ot'] };
  const own = await logIn(settings, { sub: 's1', acr: 'high', claims });
  expect(own.who).toMatchObject({ groups: ['group-ot'] });
  const foreign = await logIn(settings, { sub: 's1', acr: 'high', claims: { ...claims, tid: 'another' } });
  expect(foreign.answer).toMatchObject({ type: 'urn:ot-bridge:LOGIN_FOREIGN' });
  expect(foreign.who).toBeUndefined();
});
