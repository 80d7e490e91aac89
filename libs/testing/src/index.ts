export { setClock } from '@lianfang/vocabulary';
export { eventually, type Patience } from './eventually';
export { aCaller, callers, units } from './people/callers';
export { inventedCard, inventedId, inventedPhone } from './people/invented-numbers';
export { inventedRegions } from './people/invented-region';
export { inventPerson, inventedPrefixes, people, type InventedInstitution, type InventedPerson } from './people/people';
export { testServerUrl } from './config';
export { testDatabase, type Schema, type TestDatabase } from './test-database';
export { standardClaims, startTestRealm, type TestRealm, type TokenOverrides } from './test-realm';
