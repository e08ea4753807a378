#!/usr/bin/env node
// The command `ot` of this checkout. Plain JavaScript: an older Node gets a sentence instead of a syntax error.
import '../config/requireNode.mjs';

const { keepCompiled } = await import('../config/keepCompiled.ts');
keepCompiled();
await import('./ot.ts');
