#!/usr/bin/env bash
# @asteasolutions/zod-to-openapi 9.1.0 with zod 4.6.7: how a regular expression with a flag is described.
#
# One would guess that `z.string().regex(/^[^<]{1,5}$/u)` is described by its source, `^[^<]{1,5}$`, as zod's own
# `z.toJSONSchema` does: JSON Schema's `pattern` has no place for flags.
# The description says `^[^<]{1,5}$/u`: the text of the expression without its first slash. With two flags it is the same,
# and `i` is lost as a rule and kept as text.
# A reader takes the end of that pattern for literal text after the end of the line, which nothing can match: a client made
# from the description refuses each right value, and one that gives up on the pattern checks nothing.
# The cure is to give the pattern by hand: `.openapi({ pattern: rule.source })`, or to do without the flag.
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
const rules = { none: /^[^<]{1,5}$/, u: /^[^<]{1,5}$/u, i: /^[a-f]{2}$/i, iu: /^[a-f]{2}$/iu };
for (const [name, rule] of Object.entries(rules)) {
  const registry = new OpenAPIRegistry();
  registry.register('Text', z.string().regex(rule));
  const { components } = new OpenApiGeneratorV31(registry.definitions).generateComponents();
  const described = components.schemas.Text.pattern;
  const right = name.startsWith('i') ? 'ab' : 'abc';
  console.log(name, described, 'zod:', z.toJSONSchema(z.string().regex(rule)).pattern, 'right value:', new RegExp(described).test(right));
}
JS
node play.js > said

echo "zod-to-openapi $(node -p "require('./node_modules/@asteasolutions/zod-to-openapi/package.json').version"), zod $(node -p "require('./node_modules/zod/package.json').version"), node $(node -v)"
cat said
cat > expected <<'EXPECTED'
none ^[^<]{1,5}$ zod: ^[^<]{1,5}$ right value: true
u ^[^<]{1,5}$/u zod: ^[^<]{1,5}$ right value: false
i ^[a-f]{2}$/i zod: ^[a-f]{2}$ right value: false
iu ^[a-f]{2}$/iu zod: ^[a-f]{2}$ right value: false
EXPECTED
cmp -s said expected || { echo 'this has changed'; exit 1; }
