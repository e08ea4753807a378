/** Where people log in, and as which client. */
export interface LoginSettings {
  /** OpenID Connect issuer, e.g. `https://ansattporten.no`. */
  issuer: string;
  clientId: string;
  /** Private key of the client: JWK or PEM. */
  clientKey: string;
  /** Altinn resource that Ansattporten asks whom the person represents for; null: no organisation is asked for. */
  resource: string | null;
  /** Level of assurance to ask for; null: the issuer's own choice. */
  acr: string | null;
  /** The county's tenant in Entra ID; null with other issuers. */
  tenant: string | null;
  /** Origin that browsers know the bridge by, e.g. `https://ot.fylke.no`. */
  publicUrl: string;
}
