#!/usr/bin/env bash
# @asteasolutions/zod-to-openapi 9.1.0 with zod 4.6.7: how `z.literal` with several values is described.
#
# zod 4 takes a list: `z.literal(['ready', 'making'])` accepts both, and zod's own `z.toJSONSchema` describes
# `enum: ['ready', 'making']`. One would guess that the OpenAPI description has both too.
# It has the first alone, as `enum: ['ready']`. `z.enum` of the same values has both.
# The description then calls answers wrong that are right: a client that is made from it, or checks by it, refuses each value
# but the first. Of numbers it is the same. The cure is `z.enum`, or `z.union` of single literals.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

echo '{"type":"module"}' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts @asteasolutions/zod-to-openapi@9.1.0 zod@4.6.7
cat > play.js <<'JS'
import { extendZodWithOpenApi, OpenAPIRegistry, OpenApiGeneratorV31 } from '@asteasolutions/zod-to-openapi';
import * as z from 'zod';

extendZodWithOpenApi(z);
const schemas = {
  literal: z.literal(['ready', 'making', 'failed']),
  numbers: z.literal([1, 2]),
  enum: z.enum(['ready', 'making', 'failed']),
  union: z.union([z.literal('ready'), z.literal('making')]),
};
for (const [name, schema] of Object.entries(schemas)) {
  const registry = new OpenAPIRegistry();
  registry.register('State', schema);
  const { components } = new OpenApiGeneratorV31(registry.definitions).generateComponents();
  const own = z.toJSONSchema(schema);
  console.log(name, JSON.stringify(components.schemas.State), 'zod:', JSON.stringify(own.enum ?? own.anyOf));
}
console.log('accepted', schemas.literal.safeParse('failed').success, schemas.numbers.safeParse(2).success);
JS
node play.js > said

echo "zod-to-openapi $(node -p "require('./node_modules/@asteasolutions/zod-to-openapi/package.json').version"), zod $(node -p "require('./node_modules/zod/package.json').version"), node $(node -v)"
cat said
cat > expected <<'EXPECTED'
literal {"type":"string","enum":["ready"]} zod: ["ready","making","failed"]
numbers {"type":"number","enum":[1]} zod: [1,2]
enum {"type":"string","enum":["ready","making","failed"]} zod: ["ready","making","failed"]
union {"anyOf":[{"type":"string","enum":["ready"]},{"type":"string","enum":["making"]}]} zod: [{"type":"string","const":"ready"},{"type":"string","const":"making"}]
accepted true true
EXPECTED
cmp -s said expected || { echo 'this has changed'; exit 1; }
