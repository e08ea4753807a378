import { judgesItsFixtures } from './fixtures.ts';

judgesItsFixtures('ot-adviser');
