import { texts } from '../language.ts';

/** Why a youth is in a worklist, where it is no rule's sentence. */
export const LISTED = texts({
  nb: {
    notDelivered: 'Ikke åpnet, og ikke levert til noe system: ring OT-enheten, og se på abonnementene.',
    notOpened: (day: string) => `Levert ${day}, og ikke åpnet: ring OT-enheten.`,
    registered: 'Er registrert for neste skoleår; skolen kan få vite det ungdommen vil at den skal vite.',
    notRegistered:
      'Er i målgruppen i år og ikke registrert for neste skoleår: spør om oppfølging ved skolestart.',
    limitRaised: 'Grensen er hevet siden saken ble avsluttet, og ungdommen er i aldersgruppen igjen.',
    birthUnknown: 'Fødselsdatoen er ukjent: spør ungdommen, og finn den ut før noen foresatt spørres.',
    guardiansUnknown:
      'Det er ikke kjent om én eller to har foreldreansvar: finn det ut, og send det med svarene (antallForesatte).',
    tooYoung:
      'Ungdommen er for ung til å samtykke alene: avklar med ungdommen først, og spør alle som har foreldreansvar, hver for seg.',
    allConsent: 'Svar fra NAV brukes bare når alle som skal samtykke, har sagt ja.',
  },
  nn: {
    notDelivered: 'Ikkje opna, og ikkje levert til noko system: ring OT-eininga, og sjå på abonnementa.',
    notOpened: (day) => `Levert ${day}, og ikkje opna: ring OT-eininga.`,
    registered: 'Er registrert for neste skuleår; skulen kan få vite det ungdomen vil at han skal vite.',
    notRegistered:
      'Er i målgruppa i år og ikkje registrert for neste skuleår: spør om oppfølging ved skulestart.',
    limitRaised: 'Grensa er heva etter at saka blei avslutta, og ungdomen er i aldersgruppa igjen.',
    birthUnknown: 'Fødselsdatoen er ukjend: spør ungdomen, og finn han ut før nokon føresett blir spurd.',
    guardiansUnknown:
      'Det er ikkje kjent om éin eller to har foreldreansvar: finn det ut, og send det med svara (antallForesatte).',
    tooYoung:
      'Ungdomen er for ung til å samtykkje åleine: avklar med ungdomen først, og spør alle som har foreldreansvar, kvar for seg.',
    allConsent: 'Svar frå NAV blir berre brukte når alle som skal samtykkje, har sagt ja.',
  },
});
