import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AccessStore } from '../access/accessStore.ts';
import type { LoginSettings } from '../access/people/loginSettings.ts';
import type { MaskinportenConfig } from '../config/access.ts';
import type { Organisation } from '../core/organisation.ts';
import type { Vault } from '../store/vault.ts';

export interface LocalIssuerParts {
  /** Of the server it answers on, e.g. `http://127.0.0.1:8080`. */
  origin: string;
  organisations: readonly Organisation[];
  loginTag: Vault['loginTag'];
}

/** An issuer of logins and machine tokens in this very process. */
export interface LocalIssuer {
  login: LoginSettings;
  maskinporten: MaskinportenConfig;
  /** What its persons and tokens may do, on top of what the installation itself has given. */
  access(own: AccessStore): AccessStore;
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
}
