import { judgesItsFixtures } from './fixtures.ts';

judgesItsFixtures('apprenticeship');
