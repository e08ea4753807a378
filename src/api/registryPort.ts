/** The schema registry's read endpoint as the API sees it: path below `/schema-registry` in, Confluent's JSON out.
 *  Errors are Confluent's own bodies, because its clients read them. */
export type SchemaRegistryPort = (path: string) => { status: number; body: unknown };
