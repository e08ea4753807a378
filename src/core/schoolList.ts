/** One private school's list of its pupils. The school is in the name: a list of one school says nothing about the
 *  pupils of another, so each school's lists are compared with its own alone. */
export type SchoolList = `private-school:${string}`;

const PREFIX = 'private-school:';

/** @param institution VIGO school number, five digits. */
export function schoolListOf(institution: string): SchoolList {
  return `${PREFIX}${institution}`;
}

export function isSchoolList(name: string): name is SchoolList {
  return name.startsWith(PREFIX) && /^\d{5}$/.test(name.slice(PREFIX.length));
}
