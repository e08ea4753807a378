import type { SignatureFault } from '../../relay/signatureFault.ts';

/** Why a call was refused, and what to look at, for the one who makes the receiver. */
export function faultSentence(fault: SignatureFault): string {
  switch (fault.kind) {
    case 'header-missing':
      return `Headeren ${fault.header} mangler. Se om en proxy foran mottakeren fjerner den.`;
    case 'header-repeated':
      return `Headeren ${fault.header} kom mer enn én gang. Ingen av verdiene kan brukes.`;
    case 'timestamp-malformed':
      return 'webhook-timestamp er ikke et helt tall sekunder siden 1970.';
    case 'timestamp-in-milliseconds':
      return 'webhook-timestamp er i millisekunder. Den skal være i sekunder.';
    case 'too-old':
      return `Kallet er ${fault.seconds} sekunder gammelt; grensen er 300. Se om klokken her går for fort, eller om kallet er spilt av på nytt.`;
    case 'too-new':
      return `Kallet er datert ${fault.seconds} sekunder fram i tid; grensen er 300. Se om klokken her går for sakte.`;
    case 'signature-damaged':
      return `Signaturen (${fault.schemes.join(', ')}) er ikke hel base64 av riktig lengde. Se om headeren er kuttet eller omkodet på veien.`;
    case 'scheme-unknown':
      return 'Ingen av signaturene er v1 eller v1a.';
    case 'no-key':
      return `Kallet er signert med ${fault.schemes.join(' og ')}, og mottakeren har ingen nøkkel for det. Oppgi --hemmelighet for v1 eller --nokler for v1a.`;
    case 'key-retired':
      return `Kallet er signert med en gammel nøkkel (${fault.name}) som ikke gjelder lenger.`;
    case 'id-changed':
      return 'webhook-id er endret etter at kallet ble signert: signaturen stemmer med id-en i kroppen.';
    case 'id-differs':
      return 'Signaturen stemmer, men webhook-id er en annen id enn den i kroppen.';
    case 'body-changed':
      return BODY[fault.how];
    case 'key-wrong':
      return fault.scheme === 'v1'
        ? 'Hemmeligheten er en annen enn den kallet er signert med, eller kroppen er endret på veien. Prøv hemmeligheten fra da abonnementet ble laget eller sist fikk ny nøkkel.'
        : 'Ingen av de offentlige nøklene passer, eller kroppen er endret på veien. Se at --nokler er adressen til samme installasjon som sender.';
  }
}

const BODY: Readonly<Record<Extract<SignatureFault, { kind: 'body-changed' }>['how'], string>> = {
  rewritten:
    'Kroppen er skrevet om etter at den ble signert (mellomrom, linjeskift eller tegnsett). Kontroller signaturen over bytene som kom, før noe tolker dem.',
  unreadable: 'Kroppen er endret etter at den ble signert: den er ikke lenger JSON i UTF-8.',
  undecided:
    'Verken hemmeligheten eller de offentlige nøklene passer: kroppen, id-en eller tidspunktet er endret etter at kallet ble signert.',
};
