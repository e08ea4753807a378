type Value = string | number | boolean | null | readonly Value[] | { readonly [name: string]: Value };

/** Plain data as YAML in block style. Strings are quoted as in JSON, which is YAML too. */
export function yaml(value: { readonly [name: string]: Value }): string {
  return `${lines(value, '').join('\n')}\n`;
}

function lines(value: { readonly [name: string]: Value }, indent: string): string[] {
  return Object.entries(value).flatMap(([name, each]) => {
    const key = /^[A-Za-z][\w-]*$/.test(name) ? name : JSON.stringify(name);
    if (isFilledObject(each)) return [`${indent}${key}:`, ...lines(each, `${indent}  `)];
    return [`${indent}${key}: ${JSON.stringify(each)}`];
  });
}

function isFilledObject(value: Value): value is { readonly [name: string]: Value } {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0
  );
}
