import { fetchIssuerKeys, IssuerTrouble } from '../access/machine/fetchIssuerKeys.ts';
import type { AccessConfig, LoginConfig, MaskinportenConfig } from '../config/access.ts';
import { errorFields } from '../telemetry/errorFields.ts';
import { type Finding, ok, warning } from '../text/findings.ts';

const PATIENCE_MS = 5_000;

/** The issuers of machine tokens and of logins, and the address others use. */
export async function examineIssuers(access: AccessConfig): Promise<Finding[]> {
  const { maskinporten, login, publicUrl } = access;
  return Promise.all([
    ok('PUBLIC_URL', publicUrl ?? 'ikke satt: API-et svarer bare denne maskinen'),
    ...(maskinporten ? [machineIssuer(maskinporten)] : []),
    ...(login ? [loginIssuer(login)] : []),
  ]);
}

async function machineIssuer(addresses: MaskinportenConfig): Promise<Finding> {
  const name = 'Maskinporten';
  const cure =
    'Åpne for https dit i brannmuren, og sjekk MASKINPORTEN_ISSUER. Nøkler som alt er hentet, virker videre imens.';
  try {
    const { keys } = await fetchIssuerKeys(addresses);
    return ok(name, `${addresses.issuer} gir ${keys.length} nøkler`);
  } catch (error) {
    return warning(name, `${addresses.issuer} ${why(error)}`, cure);
  }
}

async function loginIssuer({ issuer }: LoginConfig): Promise<Finding> {
  const name = 'Innlogging';
  try {
    const answer = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, {
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (!answer.ok) throw new IssuerTrouble(`the issuer answered ${answer.status}`);
    const { issuer: named }: { issuer?: unknown } = Object(await answer.json());
    if (named !== issuer)
      return warning(
        name,
        `${issuer} kaller seg noe annet`,
        'Skriv LOGIN_ISSUER nøyaktig som utstederen gjør.',
      );
    return ok(name, `${issuer} svarer`);
  } catch (error) {
    const cure =
      'Åpne for https dit i brannmuren, og sjekk LOGIN_ISSUER. Økter som er åpne, virker videre imens.';
    return warning(name, `${issuer} ${why(error)}`, cure);
  }
}

function why(error: unknown): string {
  const { errorName, errorCode, errorCause } = errorFields(error);
  return `svarer ikke som en utsteder (${errorCause ?? errorCode ?? errorName})`;
}
