import { setTimeout as pause } from 'node:timers/promises';
import { lookInside } from '@lianfang/demo';
import { runUnderLoad } from '../accident';
import { failFlushes } from '../house/failing-disk';
import type { House } from '../house/house';
import { fillDisk } from '../house/small-disk';
import { NotReached, type Row } from '../row';

/** How long the disk stays full, in milliseconds. */
const FULL_FOR = 6_000;

/** No byte is left where Postgres, the logs and everything else of the system is; later there is room again. */
export const diskFull: Row = {
  name: 'disk-full',
  what: 'the disk is full, later there is room again',
  where: 'the data folder of Postgres, on a disk of 700 MB in memory, orders under way',
  how: `a file takes the last byte for ${FULL_FOR / 1000} s and new write-ahead log is asked for; twice (needs root to mount)`,
  inSample: false,
  system: { diskMegabytes: 700 },
  of: 'Lianfang',
  run: async (run) => {
    let happened = 0;
    for (let time = 0; time < 2; time += 1) happened += await runUnderLoad(run, { flows: 4, orders: 4, meanwhile: () => fillForAWhile(run.design, run.random()) });
    return happened;
  },
};

async function fillForAWhile({ own }: House, chance: number): Promise<number> {
  await pause(chance * 500);
  const makeRoom = await fillDisk(own.folder);
  const end = Date.now() + FULL_FOR;
  let refused = 0;
  while (Date.now() < end) {
    // Each needs a new segment of the log: what has been reserved would else last for a while.
    await lookInside(own.system, 'banks', 'select pg_switch_wal()').catch(() => (refused += 1));
    await pause(200);
  }
  await makeRoom();
  if (refused === 0) throw new NotReached('a write without room');
  return 1;
}

/** How long flushes fail, in milliseconds. */
const FLUSHES_FAIL_FOR = 4_000;

/** The disk says that it could not keep what was written: Postgres must stop and replay, never go on. */
export const flushFails: Row = {
  name: 'fsync-fails',
  what: 'fsync and fdatasync fail with EIO',
  where: 'every process of Postgres, orders under way',
  how: 'strace -e inject=fsync,fdatasync:error=EIO at the nth flush of each, n drawn by the seed (needs strace)',
  inSample: false,
  of: 'Lianfang',
  run: async (run) => {
    let happened = 0;
    for (let time = 0; time < 4; time += 1) {
      const nth = 1 + Math.floor(run.random() * 6);
      const meanwhile = async (): Promise<number> => {
        const pid = run.design.own.system.supervisor.pidOf('postgres');
        const failed = pid === undefined ? 0 : await failFlushes(pid, { nth, milliseconds: FLUSHES_FAIL_FOR });
        run.say(`${failed} flushes failed, each process at its flush ${nth}`);
        return failed;
      };
      happened += await runUnderLoad(run, { flows: 4, orders: 4, meanwhile });
    }
    if (happened === 0) throw new NotReached('a failing flush');
    return happened;
  },
};
