// Runs on any Node from 18: says what is wrong before the first line that an older Node cannot read.
const major = Number(process.versions.node.split('.')[0]);
if (!(major >= 26)) {
  console.error(
    `OT Bridge trenger Node 26 eller nyere, men dette er Node ${process.versions.node}: på Linux henter «npm ci» Node 26 selv ` +
      '(start så med «npm start» eller «npm test»), på andre systemer må Node 26 eller nyere ligge på PATH.',
  );
  process.exit(1);
}
