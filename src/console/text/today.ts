import { texts } from './texts.ts';

export const TODAY = texts({
  nb: {
    canOpen: 'Dette kan du gjøre her',
    nothing:
      'Rollen din har ingen egne sider i konsollen ennå. Du finner det du trenger i API-et og på kommandolinjen.',
    notAll: 'Konsollen er under bygging. Det som ikke står her, finnes i API-et og på kommandolinjen.',
    apiLink: 'Se hva broen svarer på',
  },
  nn: {
    canOpen: 'Dette kan du gjere her',
    nothing:
      'Rolla di har inga eiga side i konsollen enno. Du finn det du treng i API-et og på kommandolinja.',
    notAll: 'Konsollen er under bygging. Det som ikkje står her, finst i API-et og på kommandolinja.',
    apiLink: 'Sjå kva brua svarer på',
  },
});
