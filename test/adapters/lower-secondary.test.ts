import { judgesItsFixtures } from './fixtures.ts';

judgesItsFixtures('lower-secondary');
