import { parseArgs } from 'node:util';
import { restoreBackup } from '../backup/restore-backup';
import { readConfig } from '../config';
import { RunLock } from '../run-lock';
import { SetupProblem } from '../setup-problem';
import { Supervisor } from '../supervisor';
import { logFolder } from '../system';
import { runCommand } from './run-command';
import { verifyAudits } from './verify-audits';

/** `BACKUP_FOLDER=… npm run restore [-- --until 2026-11-23T12:00:00Z]`: brings the data back, with everything stopped, and proves the audit trails. */
runCommand(async () => {
  const { values } = parseArgs({ args: process.argv.slice(2), options: { until: { type: 'string' } } });
  const { backupFolder, dataFolder, ports } = readConfig();
  if (backupFolder === undefined) throw new SetupProblem('Say where from: BACKUP_FOLDER=/somewhere/else npm run restore');
  const lock = await RunLock.take(dataFolder);
  const supervisor = new Supervisor({ logFolder: logFolder(dataFolder), report: console.log });
  lock.note({ guardPid: supervisor.guardPid });
  let code = 1;
  try {
    const check = async (): Promise<void> => void (code = await verifyAudits([]));
    await restoreBackup({ dataFolder, backupFolder, until: instant(values.until), port: ports.postgres, supervisor, report: console.log, check });
  } finally {
    await supervisor.stopAll();
    lock.release();
  }
  console.log(code === 0 ? 'Restored. npm start goes on from here; then look at npm run exchange:status.' : 'Restored, but an audit trail does not hold: see above, and docs/operations.md.');
  return code;
});

function instant(text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const at = new Date(text);
  if (Number.isNaN(at.getTime()) || !/Z$|[+-]\d\d:\d\d$/.test(text)) throw new SetupProblem(`--until: expected an instant with its offset, as in 2026-11-23T12:00:00+08:00, found "${text}".`);
  return at;
}
