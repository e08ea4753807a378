/** Numbers of the county's schools; which school it is has no influence on the youths. */
export const SCHOOLS = [
  '38001',
  '38004',
  '38007',
  '38011',
  '38015',
  '38018',
  '38023',
  '38027',
  '38032',
  '38036',
  '38041',
];

/** No organisation number begins with 3: these are unassigned. */
export const COMPANIES = ['380000012', '380000023', '380000034', '380000045', '380000056', '380000067'];
