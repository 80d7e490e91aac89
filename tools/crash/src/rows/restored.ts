import { rm } from 'node:fs/promises';
import { backupFolderOf } from '@lianfang/demo';
import { findPostgresData, restoreBackup, saveLog, takeBackup } from '@lianfang/setup';
import { runUnderLoad } from '../accident';
import type { House } from '../house/house';
import type { Prepared } from '../design';
import type { Row } from '../row';

/** What stands on the machine that is lost; the identity provider stands elsewhere. */
const lost = ['gateway', 'police', 'banks', 'postgres'];

/** Orders of each flow. */
const ORDERS = 4;

/** The whole machine is lost and comes back from its backup: what was executed before is not executed again, and what was under way goes on. */
export const restored: Row = {
  name: 'restored-from-backup',
  what: 'the machine is lost with all its data and restored from the backup',
  where: 'Postgres of both agencies, police, banks, gateway',
  how: 'a copy taken under load, more orders, everything killed (-9) in the midst of further ones, the data folder deleted; then the copy and the log since',
  inSample: false,
  system: { isBackedUp: true },
  of: 'Lianfang',
  run: async (run) => {
    const { design } = run;
    await runUnderLoad(run, { flows: 3, orders: ORDERS, meanwhile: async () => (await copy(design), 0) });
    const stopped = await design.prepare(ORDERS);
    await design.order(stopped);
    await design.settle(stopped);
    const underWay = await design.prepare(ORDERS);
    await design.order(underWay);
    await saveLog(design.own.system.databases.adminUrlOf('police'));
    await loseAndRestore(design, run.say);
    await goOn(design, [stopped, underWay]);
    return 1;
  },
};

const copy = async ({ own: { folder, system } }: House): Promise<string> =>
  takeBackup({ adminUrl: system.databases.adminUrlOf('police'), postgresData: await findPostgresData(folder), dataFolder: folder, backupFolder: backupFolderOf(folder) });

async function loseAndRestore({ own }: House, say: (line: string) => void): Promise<void> {
  const { supervisor, ports } = own.system;
  const plans = lost.map((name) => supervisor.planOf(name));
  for (const name of lost) supervisor.kill(name);
  for (const name of lost) await supervisor.stop(name);
  await rm(await findPostgresData(own.folder), { recursive: true });
  await restoreBackup({ dataFolder: own.folder, backupFolder: backupFolderOf(own.folder), port: ports.postgres, supervisor, report: say, check: async () => undefined });
  for (const plan of plans.reverse()) await supervisor.start(plan);
}

async function goOn(design: House, flows: readonly Prepared[]): Promise<void> {
  for (const flow of flows) {
    await design.settle(flow);
    await design.release(flow);
  }
}
