import { judgesItsFixtures } from './fixtures.ts';

judgesItsFixtures('vigo-intake');
