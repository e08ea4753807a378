import { judgesItsFixtures } from './fixtures.ts';

judgesItsFixtures('nav-oppfolging');
