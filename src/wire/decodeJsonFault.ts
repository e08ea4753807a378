// Where a text stops being JSON. Only run on a text that has been refused already: the engine's own message either
// lacks the place or quotes the text.

const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

type Expected = 'value' | 'value or end' | 'name' | 'name or end' | 'colon' | 'comma or end' | 'nothing';

/** Offset of the first fault; the length of the text when it only ends too early. */
export function jsonFault(text: string): number {
  const open: ('{' | '[')[] = [];
  let expected: Expected = 'value';
  let at = 0;
  const closed = (): Expected => (open.length === 0 ? 'nothing' : 'comma or end');
  for (;;) {
    while (at < text.length && ' \t\n\r'.includes(text[at] ?? '')) at += 1;
    const char = text[at];
    if (char === undefined) return at;
    const start = at;
    at += 1;
    switch (expected) {
      case 'nothing':
        return start;
      case 'colon':
        if (char !== ':') return start;
        expected = 'value';
        break;
      case 'comma or end':
        if (char === ',') expected = open.at(-1) === '{' ? 'name' : 'value';
        else if (char === (open.pop() === '{' ? '}' : ']')) expected = closed();
        else return start;
        break;
      case 'name':
      case 'name or end':
        if (char === '}' && expected === 'name or end') {
          open.pop();
          expected = closed();
        } else if (char === '"') {
          at = stringEnd(text, at);
          if (at < 0) return -at - 1;
          expected = 'colon';
        } else return start;
        break;
      case 'value':
      case 'value or end':
        if (char === '{' || char === '[') {
          open.push(char);
          expected = char === '{' ? 'name or end' : 'value or end';
        } else if (char === ']' && expected === 'value or end') {
          open.pop();
          expected = closed();
        } else {
          at = char === '"' ? stringEnd(text, at) : scalarEnd(text, start);
          if (at < 0) return -at - 1;
          expected = closed();
        }
        break;
    }
  }
}

/** Offset after the closing quote, or the place of the fault as −place − 1. */
function stringEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const char = text[at] ?? '';
    if (char === '"') return at + 1;
    if (char === '\\') {
      ESCAPE.lastIndex = at;
      if (!ESCAPE.test(text)) return -at - 1;
      at = ESCAPE.lastIndex;
    } else if (char < ' ') return -at - 1;
    else at += 1;
  }
  return -text.length - 1;
}

function scalarEnd(text: string, from: number): number {
  SCALAR.lastIndex = from;
  return SCALAR.test(text) ? SCALAR.lastIndex : -from - 1;
}
