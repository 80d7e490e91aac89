import type { Row } from './row';
import { atCommit } from './rows/at-commit';
import { atPoint } from './rows/at-point';
import { badLine, receiptsLost } from './rows/bad-line';
import { partnerAway } from './rows/backlog';
import { awayForHours, clockActs, clocksDiffer } from './rows/clocks';
import { diskFull, flushFails } from './rows/disk';
import { blocked, killedOutside, postgresKilled, rollingRestart, storm } from './rows/from-outside';
import { everyByteFlipped, yearOldReplayed } from './rows/old-batches';
import { overload } from './rows/overload';
import { restored } from './rows/restored';
import { subgraphUnwell } from './rows/subgraph';
import { recordsTampered } from './rows/tampered';
import { inPairs, inRecovery } from './rows/together';

/** The fault matrix, row by row. A new kind of fault is a new row here: it gets the design, the seed and the checker. */
export const rows: readonly Row[] = [...atPoint, ...atCommit, inRecovery, inPairs, killedOutside, storm, rollingRestart, blocked, postgresKilled, flushFails, diskFull, badLine, receiptsLost, everyByteFlipped, yearOldReplayed, partnerAway, awayForHours, clocksDiffer, clockActs, subgraphUnwell, overload, recordsTampered, restored];
