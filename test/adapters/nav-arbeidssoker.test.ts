import { judgesItsFixtures } from './fixtures.ts';

judgesItsFixtures('nav-arbeidssoker');
