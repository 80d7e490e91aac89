import type { Row } from './row';
import { atCommit } from './rows/at-commit';
import { atPoint } from './rows/at-point';
import { killedOutside, postgresKilled } from './rows/from-outside';
import { inPairs, inRecovery } from './rows/together';

/** The fault matrix, row by row. A new kind of fault is a new row here: it gets the design, the seed and the checker. */
export const rows: readonly Row[] = [...atPoint, atCommit, inRecovery, inPairs, killedOutside, postgresKilled];
