import { judgesItsFixtures } from './fixtures.ts';

judgesItsFixtures('school-dropout');
