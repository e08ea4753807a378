import { judgesItsFixtures } from './fixtures.ts';

judgesItsFixtures('private-school');
