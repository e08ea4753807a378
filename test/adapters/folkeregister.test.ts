import { judgesItsFixtures } from './fixtures.ts';

judgesItsFixtures('folkeregister');
