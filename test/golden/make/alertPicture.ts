// The README's picture of an alert: the command line's answers as a screen, drawn as SVG text. It brings its own
// background, so that it reads the same on a light and on a dark page.

export const ALERT_PICTURE = new URL('../../../docs/alert.svg', import.meta.url);

const COLUMNS = 96;
/** Pixels, at a font size of 13: no monospace font is wider than 0.62 of its size. */
const [CELL, LINE, MARGIN, HEAD] = [8.1, 20, 22, 34] as const;

/** @param answers a command as typed, and what it printed */
export function alertPicture(answers: readonly { command: string; output: string }[]): string {
  const lines = answers.flatMap(({ command, output }, at) => [
    ...(at === 0 ? [] : ['']),
    `$ ${command}`,
    ...output.split('\n').flatMap(wrapped),
  ]);
  const width = Math.ceil(COLUMNS * CELL + 2 * MARGIN);
  const height = HEAD + lines.length * LINE + MARGIN;
  const text = lines.flatMap((line, at) =>
    line === ''
      ? []
      : [`  <text x="${MARGIN}" y="${HEAD + LINE * (at + 1)}"${styleOf(line)}>${escaped(line)}</text>`],
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    '  <title>Et varsel slik kommandolinjen viser det</title>',
    `  <desc>${escaped(answers.map(({ output }) => output).join(' '))}</desc>`,
    '  <style>text { font: 13px ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; fill: #e6edf3; white-space: pre }',
    '    .typed { fill: #7ee787 } .first { fill: #ffffff; font-weight: 700 }</style>',
    `  <rect width="${width}" height="${height}" rx="10" fill="#0d1117" stroke="#57606a"/>`,
    ...['#ff7b72', '#e3b341', '#7ee787'].map(
      (colour, at) => `  <circle cx="${MARGIN + at * 18}" cy="18" r="5.5" fill="${colour}"/>`,
    ),
    ...text,
    '</svg>',
    '',
  ].join('\n');
}

function styleOf(line: string): string {
  if (line.startsWith('$ ')) return ' class="typed"';
  return /^(VARSEL|KONTROLL|FORSLAG|HASTER|VANLIG) /.test(line) ? ' class="first"' : '';
}

/** A line longer than the screen goes on below, two columns further in than it began; a line of parts after a whole part. */
function wrapped(line: string): string[] {
  if (line.length <= COLUMNS) return [line];
  const indent = ' '.repeat(line.search(/\S/) + 2);
  const part = line.lastIndexOf(' · ', COLUMNS);
  const cut = part < 0 ? line.lastIndexOf(' ', COLUMNS) : part + 2;
  return [line.slice(0, cut), ...wrapped(indent + line.slice(cut + 1))];
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
