import { judgesItsFixtures } from './fixtures.ts';

judgesItsFixtures('consent');
