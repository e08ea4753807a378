import type { AccessConfig } from '../../config/access.ts';
import { readText, type Secret } from '../../config/secret.ts';
import { readClientKey, UnusableClientKey } from './clientKey.ts';
import type { LoginSettings } from './loginSettings.ts';

/** @param address of the API, where no public one is configured */
export function loadLogin(
  { login, publicUrl }: Pick<AccessConfig, 'login' | 'publicUrl'>,
  address: string,
): Secret<LoginSettings | undefined> {
  if (login === null) return { ok: true, value: undefined };
  const { clientKeyFile, ...settings } = login;
  const key = readText(clientKeyFile, 'LOGIN_CLIENT_KEY_FILE');
  if (!key.ok) return key;
  try {
    readClientKey(key.value);
  } catch (error) {
    if (error instanceof UnusableClientKey) return { ok: false, message: error.message };
    throw error;
  }
  return { ok: true, value: { ...settings, clientKey: key.value, publicUrl: publicUrl ?? address } };
}
