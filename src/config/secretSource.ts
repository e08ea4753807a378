/** Where a secret is: read when it is needed, not kept in the configuration. */
export type SecretSource = { from: 'file'; path: string } | { from: 'value'; value: string };
