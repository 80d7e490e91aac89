import { CreateIdempotencyKey1764000000000 } from './migrations/1764000000000-create-idempotency-key';
import { IdempotencyKey } from './once';

export { agencyOf } from './agency-of';
export { canonical, sha256 } from './canonical';
export { CodeColumn, FenColumn, IdColumn, InstantColumn } from './columns';
export { Database, type DatabaseOptions, type Reading } from './database';
export { failpointNames, failpoints, failpointsOf, type FailingProcess, type FailpointName, type FailpointPlace } from './failpoint/failpoints';
export { accidentText, armFailpoints, FailpointReached, failures, mayFail, PAUSE, reach, readAccident, type Accident, type FailpointSettings, type Failure } from './failpoint/reach';
export { isId, newId } from './ids';
export { Keyring, type Place } from './keyring';
export { keyringOf } from './keyring-of';
export { startLoop, type Loop, type Repetition } from './loop';
export { migrate, type Migration } from './migrate';
export { IdempotencyKey, once, type Submission } from './once';
export { loginName, provision, type Login, type ProvisionOptions } from './provision';
export { rowSecurity, type RowSecurity } from './row-security';
export { saveLocked } from './save-locked';
export { Sealed, SealedColumn } from './sealed';
export { together } from './together';

/** What every agency's data source lists from this library. */
export const databaseEntities = [IdempotencyKey];

/** What every agency's database runs from this library. */
export const databaseMigrations = [CreateIdempotencyKey1764000000000];
