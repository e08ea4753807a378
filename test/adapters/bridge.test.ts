import { judgesItsFixtures } from './fixtures.ts';

judgesItsFixtures('bridge');
